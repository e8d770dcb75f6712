internal import CLibuv
internal import CSwitchboard
internal import Glibc

/// A listening socket of our own.
///
/// libwebsockets would accept by itself, but it spins when descriptors run out, and asks us about an address only after
/// the connection exists. So we accept, count, and hand over what may stay.
@safe final class Listener {
    let port: Int
    var onConnection: ((Int32, IPAddress) -> Void)?
    /// No descriptor or memory left; accepting rests until `resume`.
    var onExhausted: ((Int32) -> Void)?

    private let descriptor: Int32
    private let handle: UnsafeMutablePointer<uv_poll_t>
    private var isOpen = true
    /// Connections taken in one wake-up, so that a storm does not keep the loop from those who are in.
    private static let acceptsMax = 64

    init(loop: Loop, host: String, port: Int) throws(TransportError) {
        descriptor = try Listener.listen(host: host, port: port)
        self.port = Listener.boundPort(descriptor) ?? port
        unsafe handle = .allocate(capacity: 1)
        let code = unsafe uv_poll_init(loop.handle, handle, descriptor)
        guard code == 0 else {
            Glibc.close(descriptor)
            unsafe handle.deallocate()
            throw .loop(code: code)
        }
        unsafe handle.pointee.data = Unmanaged.passUnretained(self).toOpaque()
        resume()
    }

    func resume() {
        guard isOpen else { return }
        unsafe uv_poll_start(handle, Int32(UV_READABLE.rawValue), listenerReadable)
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        unsafe uv_poll_stop(handle)
        unsafe uv_close(UnsafeMutableRawPointer(handle).assumingMemoryBound(to: uv_handle_t.self), freeHandle)
        Glibc.close(descriptor)
    }

    func acceptReady() {
        for _ in 0..<Listener.acceptsMax where isOpen {
            var storage = sockaddr_storage()
            let accepted = unsafe CSwitchboard_accept(descriptor, &storage)
            guard accepted >= 0 else {
                switch errno {
                case EINTR, ECONNABORTED, EPROTO: continue
                case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                    unsafe uv_poll_stop(handle)
                    onExhausted?(errno)
                    return
                default: return
                }
            }
            guard let peer = IPAddress(&storage) else {
                Glibc.close(accepted)
                continue
            }
            onConnection?(accepted, peer)
        }
    }

    // MARK: Sockets

    /// A reader that never reads must not cost megabytes of kernel memory, and a dead peer must be noticed.
    static func tune(_ descriptor: Int32, sendBufferBytes: Int) {
        set(descriptor, SOL_SOCKET, SO_SNDBUF, Int32(clamping: sendBufferBytes))
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, 20_000)
    }

    static func closeDescriptor(_ descriptor: Int32) { Glibc.close(descriptor) }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func listen(host: String, port: Int) throws(TransportError) -> Int32 {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV | (host == "localhost" ? 0 : AI_NUMERICHOST)
        unsafe hints.ai_family = host == "localhost" ? AF_INET : AF_UNSPEC
        var found: UnsafeMutablePointer<addrinfo>? = nil
        guard unsafe getaddrinfo(host, String(port), &hints, &found) == 0, let address = unsafe found else {
            throw .unknownHost(host)
        }
        defer { unsafe freeaddrinfo(address) }
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = unsafe socket(address.pointee.ai_family, type, 0)
        guard descriptor >= 0 else { throw .listen(host: host, port: port, errno: errno) }
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        guard unsafe bind(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0,
            Glibc.listen(descriptor, 1_024) == 0
        else {
            let code = errno
            Glibc.close(descriptor)
            throw .listen(host: host, port: port, errno: code)
        }
        return descriptor
    }

    private static func boundPort(_ descriptor: Int32) -> Int? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let failed = unsafe withUnsafeMutablePointer(to: &storage) {
            unsafe getsockname(descriptor, UnsafeMutableRawPointer($0).assumingMemoryBound(to: sockaddr.self), &length)
        }
        guard failed == 0 else { return nil }
        // The port stands at the same place in both families.
        return unsafe withUnsafeBytes(of: &storage) { unsafe Int($0[2]) << 8 | Int($0[3]) }
    }
}
