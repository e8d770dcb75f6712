import Basics
import Foundation
import Testing

@testable import Transport

struct LimitTests {
    @Test func `each address has a share of the connections`() throws {
        let server = try TestServer { $0.limits.connectionsPerAddress = 2 }
        let first = try SocketClient(port: server.port)
        let second = try SocketClient(port: server.port)
        let third = try RawClient(port: server.port)
        #expect(third.readToEnd() == "")
        let elsewhere = try RawClient(port: server.port, from: "127.0.0.2")
        elsewhere.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try elsewhere.readResponse().status == 200)
        first.raw.reset()
        #expect(server.owner.saw(.closed))
        let again = try SocketClient(port: server.port)
        #expect(again.handshake.hasPrefix("HTTP/1.1 101"))
        second.send(text: "still here")
        #expect(try second.readText() == "still here")
        #expect(server.statistics.refused[.tooManyFromAddress] == 1)
        server.stop()
    }

    @Test func `a trusted proxy has no share of its own`() throws {
        let server = try TestServer {
            $0.limits.connectionsPerAddress = 1
            $0.trustedProxies = [AddressRange("127.0.0.1")].compactMap(\.self)
        }
        let clients = try (0..<3).map { _ in try SocketClient(port: server.port) }
        #expect(clients.allSatisfy { $0.handshake.hasPrefix("HTTP/1.1 101") })
        server.stop()
    }

    @Test func `all connections together are limited`() throws {
        let server = try TestServer { $0.limits.connectionsTotal = 2 }
        let first = try SocketClient(port: server.port)
        let second = try SocketClient(port: server.port)
        #expect(try RawClient(port: server.port).readToEnd() == "")
        #expect(first.handshake.hasPrefix("HTTP/1.1 101") && second.handshake.hasPrefix("HTTP/1.1 101"))
        #expect(server.statistics.refused[.tooManyConnections] == 1)
        server.stop()
    }

    @Test(arguments: ["", "GET / HT", "GET / HTTP/1.1\r\nHost: h\r\nX-Slow: "])
    func `a head that does not come is not waited for`(start: String) throws {
        let server = try TestServer { $0.limits.headerDeadline = .milliseconds(100) }
        let client = try RawClient(port: server.port)
        client.send(start)
        #expect(client.readToEnd() == "")
        #expect(server.statistics.refused[.headerDeadline] == 1)
        #expect(server.statistics.openConnections == 0)
        server.stop()
    }

    @Test func `a body that drips is cut at its deadline, however busy it is`() throws {
        let server = try TestServer { $0.limits.requestDeadline = .milliseconds(200) }
        let client = try RawClient(port: server.port)
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n")
        // A second connection paces the drip: one byte for each of its round trips.
        let pace = try SocketClient(port: server.port)
        var drops = 0
        while drops < 100_000, server.owner.happenings.count >= 0, !isClosed(client) {
            client.send("x")
            pace.send(text: "tick")
            _ = try pace.readText()
            drops += 1
        }
        #expect(drops < 100_000)
        #expect(server.statistics.refused[.requestDeadline] == 1)
        #expect(!server.owner.happenings.contains(.abandoned))
        server.stop()
    }

    @Test func `an idle connection is closed after its response`() throws {
        let server = try TestServer { $0.limits.keepAliveIdle = .milliseconds(100) }
        let client = try RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.readResponse().headers["connection"] == "keep-alive")
        #expect(client.readToEnd() == "")
        server.stop()
    }

    @Test func `a reader that does not read its response is dropped`() throws {
        let owner = Owner()
        owner.answer = { _ in Response(status: 200, body: [UInt8](repeating: 1, count: 5_000_000)) }
        let server = try TestServer(owner) { $0.limits.responseDeadline = .milliseconds(100) }
        let client = try RawClient(port: server.port, receiveBuffer: 4_096)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(owner.saw(.received(method: "GET", path: "/", query: "", body: [])))
        #expect(throws: RawClient.Failure.self) {
            try client.readSlowly(until: { server.statistics.openConnections == 0 })
        }
        #expect(server.statistics.refused[.responseDeadline] == 1)
        server.stop()
    }

    @Test func `idle sockets have no deadline`() throws {
        let server = try TestServer {
            $0.limits.headerDeadline = .milliseconds(50)
            $0.limits.keepAliveIdle = .milliseconds(50)
        }
        let idle = try SocketClient(port: server.port)
        let late = try RawClient(port: server.port)
        #expect(late.readToEnd() == "")
        idle.send(text: "awake")
        #expect(try idle.readText() == "awake")
        server.stop()
    }

    /// Whether the server has closed; does not wait.
    private func isClosed(_ client: RawClient) -> Bool { client.hasEnded }
}
