import Basics
import Foundation
import Testing

@testable import Transport

struct SocketTests {
    @Test func `text and binary are echoed`() throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port, extra: "Sec-WebSocket-Protocol: other, switchboard.v1\r\n")
        #expect(client.handshake.hasPrefix("HTTP/1.1 101"))
        #expect(client.handshake.contains("Sec-WebSocket-Protocol: switchboard.v1"))
        #expect(!client.handshake.lowercased().contains("sec-websocket-extensions"))
        client.send(text: "hello")
        #expect(try client.readText() == "hello")
        client.send(2, [UInt8](repeating: 7, count: 3_000))
        #expect(try client.read().payload.count == 3_000)
        client.send(text: "")
        #expect(try client.readText() == "")
        #expect(server.statistics.openSockets == 1)
        #expect(server.stop())
        #expect(server.owner.saw(.closed))
    }

    @Test func `extensions are not negotiated`() throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port, extra: "Sec-WebSocket-Extensions: permessage-deflate\r\n")
        #expect(!client.handshake.lowercased().contains("extensions"))
        server.stop()
    }

    @Test func `a message may come in any fragments, with pings between them`() throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port)
        let message = Array("grüße, 世界".utf8)
        for split in 0...message.count {
            client.send(1, Array(message[..<split]), isFinal: false)
            client.send(9, [1])
            client.send(0, Array(message[split...]), isFinal: true)
            var frames: [(opcode: UInt8, payload: [UInt8])] = []
            while !frames.contains(where: { $0.opcode == 1 }) { frames.append(try client.read()) }
            #expect(frames.last?.payload == message)
        }
        let received = server.owner.happenings.filter { $0 != .opened && $0 != .upgrade("/chat") }
        #expect(received == Array(repeating: .text(message), count: message.count + 1))
        server.stop()
    }

    @Test func `a frame may arrive split anywhere, and spans the receive buffer`() throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port)
        let other = try SocketClient(port: server.port)
        let message = (0..<1_200).map { UInt8(truncatingIfNeeded: $0) }
        let frame = SocketClient.frame(2, message)
        for split in Array(1..<12) + [511, 512, 513, 520, 528, 536, 1_023, 1_024, 1_025, frame.count - 1] {
            client.raw.send(Array(frame[..<split]))
            other.send(text: "between")
            #expect(try other.readText() == "between")
            client.raw.send(Array(frame[split...]))
            #expect(try client.read().payload == message)
        }
        server.stop()
    }

    @Test func `a message at the limit passes, one byte more closes with 1009`() throws {
        let server = try TestServer { $0.limits.frameBytes = 1_000 }
        func outcome(_ send: (SocketClient) -> Void) throws -> Int {
            let client = try SocketClient(port: server.port)
            send(client)
            let frame = try client.read()
            if frame.opcode == 2 { return frame.payload.count }
            return frame.opcode == 8 ? Int(frame.payload[0]) << 8 | Int(frame.payload[1]) : -1
        }
        func bytes(_ count: Int) -> [UInt8] { Array(repeating: 1, count: count) }
        #expect(try outcome { $0.send(2, bytes(1_000)) } == 1_000)
        #expect(try outcome { $0.send(2, bytes(1_001)) } == 1_009)
        #expect(
            try outcome {
                $0.send(2, bytes(600), isFinal: false)
                $0.send(0, bytes(400))
            } == 1_000
        )
        #expect(
            try outcome {
                $0.send(2, bytes(600), isFinal: false)
                $0.send(0, bytes(401))
            } == 1_009
        )
        // The header alone is enough: 2^40 bytes announced, eight sent.
        #expect(try outcome { $0.raw.send([0x82, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4] + bytes(8)) } == 1_009)
        #expect(server.statistics.refused[.messageTooLarge] == 3)
        server.stop()
    }

    @Test func `a route may ask for smaller messages than the server`() throws {
        let owner = Owner()
        owner.decide = { _ in .accept(limits: SocketLimits(frameBytes: 10)) }
        let server = try TestServer(owner)
        let client = try SocketClient(port: server.port)
        client.send(text: "0123456789")
        #expect(try client.readText() == "0123456789")
        client.send(text: "0123456789a")
        #expect(client.readCloseCode() == 1_009)
        server.stop()
    }

    @Test(arguments: [(64, true), (65, false)])
    func `fragments are limited`(count: Int, passes: Bool) throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port)
        for index in 0..<count { client.send(index == 0 ? 1 : 0, [65], isFinal: index == count - 1) }
        if passes {
            #expect(try client.readText() == String(repeating: "A", count: count))
        } else {
            #expect(client.readCloseCode() == 1_008)
        }
        server.stop()
    }

    @Test(arguments: [
        [SocketClient.frame(1, [0xFF])], [SocketClient.frame(1, [0xC3])],
        [SocketClient.frame(1, [0xC3], isFinal: false), SocketClient.frame(0, [])],
        [SocketClient.frame(1, [0xED, 0xA0, 0x80])],
    ])
    func `text that is not UTF-8 closes with 1007`(frames: [[UInt8]]) throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port)
        for frame in frames { client.raw.send(frame) }
        #expect(client.readCloseCode() == 1_007)
        client.raw.reset()
        #expect(server.owner.saw(.closed))
        server.stop()
    }

    @Test(arguments: [
        [UInt8](SocketClient.frame(3, [1])), SocketClient.frame(0, [1]), SocketClient.frame(9, [1], isFinal: false),
        [0xF1, 0x80, 1, 2, 3, 4],
    ])
    func `frames against the protocol close with 1002`(frame: [UInt8]) throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port)
        client.raw.send(frame)
        #expect(client.readCloseCode() == 1_002)
        server.stop()
    }

    @Test func `a ping is answered, and too many close the socket`() throws {
        let server = try TestServer { $0.limits.controlFrames = 10 }
        let client = try SocketClient(port: server.port)
        client.send(9, Array("are you there".utf8))
        let pong = try client.read()
        #expect(pong.opcode == 10)
        #expect(pong.payload == Array("are you there".utf8))
        for _ in 0..<200 { client.send(10, [1]) }
        #expect(client.readCloseCode() == 1_008)
        client.raw.reset()
        #expect(server.owner.saw(.closed))
        #expect(server.statistics.refused[.tooManyControlFrames] == 1)
        server.stop()
    }

    @Test func `the peer's close is answered, and closed comes once`() throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port)
        client.send(8, [0x03, 0xE8])
        #expect(client.readCloseCode() == 1_000)
        #expect(server.owner.saw(.closed))
        #expect(server.statistics.openConnections == 0)
        #expect(server.owner.happenings.filter { $0 == .closed }.count == 1)
        server.stop()
    }

    @Test func `what is queued leaves before the close frame`() throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port)
        #expect(server.owner.saw(.opened))
        let id = try #require(server.owner.openSockets.first)
        let outcomes = server.onLoop { server in
            let outcomes = (0..<50).map { server.send(OutboundFrame(text: "frame \($0)"), to: id) }
            server.close(id, code: 4_401, reason: "bye")
            return outcomes + [server.send(OutboundFrame(text: "late"), to: id)]
        }
        #expect(outcomes.first == .written)
        #expect(outcomes[1] == .queued)
        #expect(outcomes.last == .gone)
        for number in 0..<50 { #expect(try client.readText() == "frame \(number)") }
        let close = try client.read()
        #expect(close.opcode == 8)
        #expect(close.payload == [0x11, 0x31] + Array("bye".utf8))
        client.send(8, [0x11, 0x31])
        #expect(client.raw.readToEnd() == "")
        #expect(server.owner.saw(.closed))
        server.stop()
    }

    @Test func `a peer that ignores the close frame is dropped at the deadline`() throws {
        let server = try TestServer { $0.limits.closeDeadline = .milliseconds(100) }
        let client = try SocketClient(port: server.port)
        #expect(server.owner.saw(.opened))
        let id = try #require(server.owner.openSockets.first)
        server.onLoop { $0.close(id, code: 1_012, reason: "restart") }
        #expect(client.readCloseCode() == 1_012)
        #expect(client.raw.readToEnd() == "")
        #expect(server.owner.saw(.closed))
        server.stop()
    }

    @Test func `a slow reader overflows its outbox, and is told when it is empty again`() throws {
        let server = try TestServer {
            $0.limits.outboxFrames = 8
            $0.limits.sendBufferBytes = 4_096
        }
        let client = try SocketClient(port: server.port, receiveBuffer: 4_096)
        #expect(server.owner.saw(.opened))
        let id = try #require(server.owner.openSockets.first)
        let frame = OutboundFrame(binary: [UInt8](repeating: 9, count: 10_000))
        let accepted = server.onLoop { server in
            var accepted = 0
            while accepted < 10_000, server.send(frame, to: id) != .overflow { accepted += 1 }
            return accepted
        }
        #expect(accepted < 10_000)
        let held = server.statistics
        #expect(held.queuedBytes > 0)
        #expect(held.outboxOverflows == 1)
        for _ in 0..<accepted { #expect(try client.read().payload.count == 10_000) }
        #expect(server.owner.saw(.drained))
        #expect(server.onLoop { $0.send(OutboundFrame(text: "again"), to: id) } == .written)
        #expect(try client.readText() == "again")
        #expect(server.statistics.queuedBytes == 0)
        server.stop()
    }

    @Test func `a discarded outbox is forgotten, and its emptiness told`() throws {
        let owner = Owner()
        owner.onDrained = { server, id in server.send(OutboundFrame(text: "drained"), to: id) }
        let server = try TestServer(owner) { $0.limits.sendBufferBytes = 4_096 }
        let client = try SocketClient(port: server.port, receiveBuffer: 4_096)
        #expect(owner.saw(.opened))
        let id = try #require(owner.openSockets.first)
        let frame = OutboundFrame(binary: [UInt8](repeating: 9, count: 10_000))
        let accepted = server.onLoop { server in
            var accepted = 0
            while accepted < 10_000, server.send(frame, to: id) != .overflow { accepted += 1 }
            server.discardOutbox(id)
            return accepted
        }
        #expect(server.statistics.queuedBytes == 0)
        var frames = 0
        while try client.read().opcode == 2 { frames += 1 }
        #expect(frames < accepted)
        #expect(owner.saw(.drained))
        server.stop()
    }

    @Test func `many frames of many turns keep their order`() throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port)
        for number in 0..<2_000 { client.send(text: "message \(number)") }
        for number in 0..<2_000 { #expect(try client.readText() == "message \(number)") }
        server.stop()
    }

    @Test func `sending to somebody who is gone says so`() throws {
        let server = try TestServer()
        do {
            let client = try SocketClient(port: server.port)
            #expect(server.owner.saw(.opened))
            client.raw.reset()
        }
        #expect(server.owner.saw(.closed))
        #expect(server.onLoop { $0.send(OutboundFrame(text: "x"), to: ConnectionID(rawValue: 1 << 32)) } == .gone)
        #expect(server.onLoop { $0.send(OutboundFrame(text: "x"), to: ConnectionID(rawValue: 77)) } == .gone)
        #expect(server.stop())
    }

    @Test func `a new connection never answers to an old number`() throws {
        let server = try TestServer()
        var numbers: Set<ConnectionID> = []
        for round in 1...5 {
            let client = try SocketClient(port: server.port)
            #expect(server.owner.saw(.opened, count: round))
            numbers.formUnion(server.owner.openSockets)
            client.raw.reset()
            #expect(server.owner.saw(.closed, count: round))
        }
        #expect(numbers.count == 5)
        server.stop()
    }
}
