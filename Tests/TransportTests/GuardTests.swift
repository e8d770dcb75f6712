import Basics
import Foundation
import Testing

@testable import Transport

/// What a peer may send, and what must come back; each row goes over a real socket.
struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: String
    /// The status of the one response, or `nil` for a close without any.
    let status: Int?
    var testDescription: String { name }

    init(_ name: String, _ status: Int?, _ bytes: String) {
        self.name = name
        self.bytes = bytes
        self.status = status
    }

    static func post(_ headers: String, _ body: String = "hello") -> String {
        "POST /a HTTP/1.1\r\nHost: h\r\n\(headers)\r\n\r\n\(body)"
    }
    static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n"
    static func upgrade(_ headers: String) -> String { "GET /chat HTTP/1.1\r\nHost: h\r\n\(headers)\r\n\r\n" }
    static let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="

    static let framing: [Row] = [
        Row(
            "a length beside chunked",
            400,
            post("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + smuggled)
        ),
        Row(
            "chunked beside a length",
            400,
            post("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n" + smuggled)
        ),
        Row("two lengths", 400, post("Content-Length: 5\r\nContent-Length: 6", "hello" + smuggled)),
        Row("two equal lengths", 400, post("Content-Length: 5\r\nContent-Length: 5", "hello" + smuggled)),
        Row("a list of lengths", 400, post("Content-Length: 5, 5", "hello" + smuggled)),
        Row("a negative length", 400, post("Content-Length: -1")),
        Row("a length with letters", 400, post("Content-Length: 5abc", "hello" + smuggled)),
        Row("a signed length", 400, post("Content-Length: +5")),
        Row("a hexadecimal length", 400, post("Content-Length: 0x5")),
        Row("a length of 2 to the 64th", 400, post("Content-Length: 18446744073709551616")),
        Row("an empty length", 411, post("Content-Length:", "")),
        Row("space before the colon of a length", 400, post("Content-Length : 5", "hello" + smuggled)),
        Row("tab before the colon of a length", 400, post("Content-Length\t: 5", "hello" + smuggled)),
        Row("space before the colon of a coding", 400, post("Content-Length: 5\r\nTransfer-Encoding : chunked")),
        Row("an unknown coding", 501, post("Transfer-Encoding: gzip")),
        Row("chunked twice", 501, post("Transfer-Encoding: chunked, chunked")),
        Row("two coding headers", 501, post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")),
        Row("nearly chunked", 501, post("Transfer-Encoding: xchunked")),
        Row("chunked in HTTP/1.0", 400, "POST /a HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Row("no length", 411, post("X-Note: b", "")),
        Row("a body on GET", 400, "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"),
        Row("a chunked body on GET", 400, "GET /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Row(
            "a chunked body on DELETE",
            501,
            "DELETE /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        Row("an unknown expectation", 417, post("Content-Length: 5\r\nExpect: 200-maybe")),
    ]

    static let heads: [Row] = [
        Row("no host", 400, "GET /a HTTP/1.1\r\nX-Note: b\r\n\r\n"),
        Row("two hosts", 400, "GET /a HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n"),
        Row("a host with a slash", 400, "GET /a HTTP/1.1\r\nHost: h/x\r\n\r\n"),
        Row("a host with an at sign", 400, "GET /a HTTP/1.1\r\nHost: u@h\r\n\r\n"),
        Row("two origins", 400, "GET /a HTTP/1.1\r\nHost: h\r\nOrigin: https://a\r\nOrigin: https://b\r\n\r\n"),
        Row("two authorizations", 400, "GET /a HTTP/1.1\r\nHost: h\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n"),
        Row("a control character", 400, "GET /a HTTP/1.1\r\nHost: h\r\nUser-Agent: a\u{1}b\r\n\r\n"),
        Row("a bare ampersand in the path", 400, "GET /a&b HTTP/1.1\r\nHost: h\r\n\r\n"),
        Row("HTTP/3.0", 505, "GET /a HTTP/3.0\r\nHost: h\r\n\r\n"),
        Row("an unknown method", 403, "FOO /a HTTP/1.1\r\nHost: h\r\n\r\n"),
        Row("TRACE", 403, "TRACE /a HTTP/1.1\r\nHost: h\r\n\r\n"),
        Row("CONNECT", nil, "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n"),
        Row("the HTTP/2 preface", 403, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Row("bytes that are no HTTP", 403, "\u{16}\u{3}\u{1}\u{0}"),
        Row(
            "a 64 KB header",
            nil,
            "GET /a HTTP/1.1\r\nHost: h\r\nX-A: \(String(repeating: "a", count: 65_536))\r\n\r\n"
        ),
        Row(
            "1,000 headers",
            nil,
            "GET /a HTTP/1.1\r\nHost: h\r\n" + (0..<1_000).map { "X-Header-\($0): some value\r\n" }.joined() + "\r\n"
        ),
        Row("a 20 KB target", nil, "GET /\(String(repeating: "a", count: 20_000)) HTTP/1.1\r\nHost: h\r\n\r\n"),
    ]

    static let upgrades: [Row] = [
        Row(
            "h2c",
            403,
            upgrade("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__")
        ),
        Row("an unknown upgrade", 403, upgrade("Upgrade: foo\r\nConnection: Upgrade")),
        Row(
            "two upgrades",
            403,
            upgrade("Upgrade: websocket, h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\(key)")
        ),
        Row(
            "version 8",
            426,
            upgrade("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n\(key)")
        ),
        Row("no version", 426, upgrade("Upgrade: websocket\r\nConnection: Upgrade\r\n\(key)")),
        Row("no key", 400, upgrade("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13")),
        Row(
            "a short key",
            400,
            upgrade("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: abc=")
        ),
        Row("no connection header", 400, upgrade("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\(key)")),
        Row(
            "a connection header without upgrade",
            400,
            upgrade("Upgrade: websocket\r\nConnection: keep-alive\r\nSec-WebSocket-Version: 13\r\n\(key)")
        ),
        Row(
            "two origins at a handshake",
            400,
            upgrade(
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\(key)\r\n"
                    + "Origin: https://a\r\nOrigin: https://b"
            )
        ),
        Row(
            "a body at a handshake",
            400,
            upgrade(
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\(key)\r\nContent-Length: 3"
            )
        ),
        Row(
            "an unknown subprotocol",
            400,
            upgrade(
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\(key)\r\n"
                    + "Sec-WebSocket-Protocol: other"
            )
        ),
        Row(
            "a handshake by POST",
            400,
            "POST /chat HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\(key)\r\n\r\n"
        ),
        Row(
            "a handshake without host",
            400,
            "GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\(key)\r\n\r\n"
        ),
    ]
}

struct GuardTests {
    @Test(arguments: Row.framing + Row.heads + Row.upgrades)
    func `what is not HTTP as we read it is refused, and the connection ends`(row: Row) throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        client.send(row.bytes)
        let text = try #require(client.readToEnd(), "the server left the connection open")
        if let status = row.status {
            // The refusals of the engine itself are HTTP/1.0.
            #expect(text.hasPrefix("HTTP/1.1 \(status) ") || text.hasPrefix("HTTP/1.0 \(status) "))
            #expect(text.components(separatedBy: "HTTP/1.").count == 2, "one response only")
        } else {
            #expect(text == "")
        }
        let wasServed = server.owner.happenings.contains { happening in
            switch happening {
            case .received, .opened, .upgrade, .admitted("/smuggled"): true
            default: false
            }
        }
        #expect(!wasServed)
        let next = try RawClient(port: server.port)
        next.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try next.readResponse().status == 200)
        #expect(server.stop())
    }

    @Test(arguments: [
        "GET /a HTTP/1.1\nHost: h\n\n", "GET //a/../../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", "GET /a HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
        "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
    ])
    func `what is odd but unambiguous is served`(request: String) throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        client.send(request)
        #expect(try client.readResponse().status == 200)
        #expect(server.stop())
    }

    @Test func `a length that hides from the engine cannot smuggle a request through a proxy`() throws {
        let server = try TestServer { $0.trustedProxies = [AddressRange("127.0.0.1")].compactMap(\.self) }
        let proxy = try RawClient(port: server.port)
        proxy.send("GET /a HTTP/1.1\r\nHost: h\r\nX-A: b\r\nContent-Length: \(Row.smuggled.utf8.count)\r\n\r\n")
        let response = try proxy.readResponse()
        #expect(response.status == 200)
        #expect(response.headers["connection"] == "close")
        proxy.send(Row.smuggled)
        #expect(proxy.readToEnd() == "")
        #expect(!server.owner.happenings.contains(.admitted("/smuggled")))
        server.stop()
    }

    @Test func `the delegate decides about a handshake`() throws {
        let owner = Owner()
        owner.decide = { head in
            head["origin"] == "https://ours.example" ? .accept(limits: SocketLimits()) : .refuse(status: 403)
        }
        let server = try TestServer(owner)
        for origin in ["", "Origin: null\r\n", "Origin: https://ours.example.evil\r\n"] {
            let client = try RawClient(port: server.port)
            client.send(SocketClient.request(extra: origin))
            #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 403 ") == true)
        }
        let client = try SocketClient(port: server.port, extra: "Origin: https://ours.example\r\n")
        client.send(text: "in")
        #expect(try client.readText() == "in")
        #expect(server.statistics.refused[.upgradeRefused] == 3)
        server.stop()
    }

    @Test func `a head may arrive split anywhere`() throws {
        let server = try TestServer()
        let request = Array("POST /a?b=c HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc".utf8)
        for split in stride(from: 1, to: request.count, by: 3) {
            let client = try RawClient(port: server.port)
            client.send(Array(request[..<split]))
            // Another connection is served in between, so the first part has been read by itself.
            let other = try RawClient(port: server.port)
            other.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try other.readResponse().status == 200)
            client.send(Array(request[split...]))
            #expect(try client.readResponse().body == Array("abc".utf8))
        }
        server.stop()
    }
}
