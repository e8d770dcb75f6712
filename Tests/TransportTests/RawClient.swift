import Foundation
import Glibc

/// A TCP client that sends exactly the bytes it is given; every read is bounded.
final class RawClient {
    enum Failure: Error { case connect(Int32), timeout, closed }

    let descriptor: Int32
    private var buffered: [UInt8] = []
    private var used = 0

    init(
        port: Int,
        from source: String = "127.0.0.1",
        to host: String = "127.0.0.1",
        receiveBuffer: Int32? = nil
    ) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var mine = RawClient.address(source, port: 0)
        var theirs = RawClient.address(host, port: port)
        let bound = withUnsafePointer(to: &mine) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, 16) }
        }
        let connected = withUnsafePointer(to: &theirs) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, 16) }
        }
        guard bound == 0, connected == 0 else { throw Failure.connect(errno) }
    }

    deinit { Glibc.close(descriptor) }

    private static func address(_ host: String, port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        inet_pton(AF_INET, host, &address.sin_addr)
        return address
    }

    /// Sends everything; a peer that closed is no error here, because what it said is still to be read.
    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func shutdownWriting() { Glibc.shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends with a reset instead of an orderly close.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        var nothing = sockaddr()
        nothing.sa_family = sa_family_t(AF_UNSPEC)
        Glibc.connect(descriptor, &nothing, 16)
    }

    /// At least one byte more, or the end.
    private func fill() throws {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count > 0 {
            buffered.removeFirst(used)
            used = 0
            buffered += chunk[..<count]
        } else if count < 0, errno == EAGAIN || errno == EWOULDBLOCK {
            throw Failure.timeout
        } else {
            throw Failure.closed
        }
    }

    func read(_ count: Int) throws -> [UInt8] {
        while buffered.count - used < count { try fill() }
        defer { used += count }
        return Array(buffered[used..<used + count])
    }

    /// Everything until the server closes; `nil` when it does not within the patience of a test.
    func readToEnd() -> String? {
        while true {
            do { try fill() } catch Failure.closed { break } catch { return nil }
        }
        defer { used = buffered.count }
        return String(decoding: buffered[used...], as: UTF8.self)
    }

    /// One response: status, lower-case headers, body by its length.
    func readResponse(bodyless: Bool = false) throws -> (status: Int, headers: [String: String], body: [UInt8]) {
        var line: [UInt8] = []
        while !line.suffix(4).elementsEqual("\r\n\r\n".utf8) { line += try read(1) }
        let lines = String(decoding: line, as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[String(line[..<colon])] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        let status = Int(lines[0].split(separator: " ")[1]) ?? 0
        let length = bodyless || status == 204 || status == 304 ? 0 : Int(headers["content-length"] ?? "") ?? 0
        return (status, headers, try read(length))
    }
}

/// A WebSocket client over a raw one.
final class SocketClient {
    let raw: RawClient
    let handshake: String

    static func request(
        path: String = "/chat",
        host: String = "localhost",
        extra: String = "",
        key: Bool = true
    ) -> String {
        "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + (key ? "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" : "")
            + "Sec-WebSocket-Version: 13\r\n\(extra)\r\n"
    }

    init(port: Int, path: String = "/chat", extra: String = "", receiveBuffer: Int32? = nil) throws {
        raw = try RawClient(port: port, receiveBuffer: receiveBuffer)
        raw.send(SocketClient.request(path: path, extra: extra))
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) { head += try raw.read(1) }
        handshake = String(decoding: head, as: UTF8.self)
    }

    /// One masked frame.
    static func frame(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8] {
        let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        var bytes: [UInt8] = [(isFinal ? 0x80 : 0) | opcode]
        if payload.count < 126 {
            bytes.append(0x80 | UInt8(payload.count))
        } else if payload.count < 65_536 {
            bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        } else {
            bytes.append(0x80 | 127)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: payload.count >> shift))
            }
        }
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
    }

    func send(text: String) { raw.send(SocketClient.frame(1, Array(text.utf8))) }
    func send(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) {
        raw.send(SocketClient.frame(opcode, payload, isFinal: isFinal))
    }

    /// The next frame of the server.
    func read() throws -> (opcode: UInt8, payload: [UInt8]) {
        let head = try raw.read(2)
        var length = Int(head[1] & 0x7F)
        if length == 126 { length = try raw.read(2).reduce(0) { $0 << 8 | Int($1) } }
        if length == 127 { length = try raw.read(8).reduce(0) { $0 << 8 | Int($1) } }
        return (head[0] & 0x0F, try raw.read(length))
    }

    func readText() throws -> String {
        let frame = try read()
        return frame.opcode == 1 ? String(decoding: frame.payload, as: UTF8.self) : "opcode \(frame.opcode)"
    }

    /// The close code, skipping what comes before it; 1006 when the connection just ends.
    func readCloseCode() -> Int {
        while let frame = try? read() {
            if frame.opcode == 8 {
                return frame.payload.count < 2 ? 1005 : Int(frame.payload[0]) << 8 | Int(frame.payload[1])
            }
        }
        return 1006
    }
}

extension RawClient {
    /// Whether the server has ended the connection; does not wait.
    var hasEnded: Bool {
        var probe = pollfd(fd: descriptor, events: 0x2000, revents: 0)  // POLLRDHUP
        poll(&probe, 1, 0)
        return probe.revents != 0
    }

    /// Reads nothing until `isOver`, then everything, to the end.
    func readSlowly(until isOver: () -> Bool) throws {
        var looks = 0
        while looks < 100_000, !isOver() { looks += 1 }
        while true { _ = try read(1_024) }
    }
}
