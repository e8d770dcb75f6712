import Basics
import Foundation
import Testing

@testable import Transport

struct HTTPTests {
    @Test func `a request is answered and the loop ends cleanly`() throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        client.send("POST /hooks/a%20b?x=1&y=a+b%26c HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello")
        let response = try client.readResponse()
        #expect(response.status == 200)
        #expect(response.body == Array("hello".utf8))
        #expect(response.headers["connection"] == "keep-alive")
        let seen = Happening.received(
            method: "POST",
            path: "/hooks/a%20b",
            query: "x=1&y=a+b%26c",
            body: Array("hello".utf8)
        )
        #expect(server.owner.happenings.contains(seen))
        #expect(server.stop())
    }

    @Test func `one connection carries several requests`() throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        for number in 0..<5 {
            client.send("POST /\(number) HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n\(number)")
            #expect(try client.readResponse().body == Array("\(number)".utf8))
        }
        #expect(server.statistics.acceptedConnections == 1)
        server.stop()
    }

    @Test func `pipelined requests are answered in order`() throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        client.send(["/a", "/b", "/c"].map { "GET \($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
        for _ in 0..<3 { #expect(try client.readResponse().status == 200) }
        let admitted = server.owner.happenings.compactMap {
            if case .admitted(let path) = $0 { path } else { nil as String? }
        }
        #expect(admitted == ["/a", "/b", "/c"])
        server.stop()
    }

    @Test func `requests that pile up behind a slow answer are not served, and the answer says so`() throws {
        let owner = Owner()
        owner.answer = { _ in nil }
        let server = try TestServer(owner)
        let client = try RawClient(port: server.port)
        let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
        client.send(request + request)
        #expect(owner.saw(.received(method: "GET", path: "/", query: "", body: [])))
        client.send(request)
        // The loop looks at those who wait 50 times a second; a timer of its own tells that it had the time to.
        let looked = Event()
        server.loop.post {
            server.loop.schedule(after: .milliseconds(100)) { looked.signal() }
        }
        #expect(looked.wait())
        let exchange = try #require(owner.openExchanges.first)
        server.onLoop { $0.respond(exchange, Response(status: 200)) }
        let text = try #require(client.readToEnd())
        #expect(text.contains("connection: close"))
        #expect(text.components(separatedBy: "HTTP/1.1 ").count == 2)
        server.stop()
    }

    @Test func `a pipelined request with a body is not executed with the wrong bytes`() throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\nPOST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi")
        #expect(try client.readResponse().status == 200)
        #expect(client.readToEnd() == "")
        #expect(!server.owner.happenings.contains(.admitted("/b")))
        #expect(server.statistics.refused[.pipelinedBody] == 1)
        server.stop()
    }

    @Test(arguments: ["GET", "HEAD", "DELETE", "OPTIONS"])
    func `methods without a body are served`(method: String) throws {
        let owner = Owner()
        owner.answer = { _ in Response(status: 200, headers: ["x-test": "yes"], body: Array("body".utf8)) }
        let server = try TestServer(owner)
        let client = try RawClient(port: server.port)
        client.send("\(method) / HTTP/1.1\r\nHost: h\r\n\r\n")
        let response = try client.readResponse(bodyless: method == "HEAD")
        #expect(response.status == 200)
        #expect(response.headers["content-length"] == "4")
        #expect(response.headers["x-test"] == "yes")
        client.send("GET /again HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        #expect(try client.readResponse().body == Array("body".utf8))
        #expect(client.readToEnd() == "")
        server.stop()
    }

    @Test func `an answer may come later, from another thread through the loop`() throws {
        let owner = Owner()
        owner.answer = { _ in nil }
        let server = try TestServer(owner)
        let client = try RawClient(port: server.port)
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi")
        #expect(owner.saw(.received(method: "POST", path: "/", query: "", body: Array("hi".utf8))))
        let exchange = try #require(owner.openExchanges.first)
        server.onLoop { $0.respond(exchange, Response(status: 202)) }
        #expect(try client.readResponse().status == 202)
        server.onLoop { $0.respond(exchange, Response(status: 500)) }
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(owner.saw(.received(method: "GET", path: "/", query: "", body: [])))
        server.stop()
    }

    @Test func `a large body arrives whole and is read in pieces`() throws {
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let owner = Owner()
        owner.answer = { _ in Response(status: 200, body: body) }
        let server = try TestServer(owner)
        let client = try RawClient(port: server.port, receiveBuffer: 8_192)
        client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.readResponse().body == body)
        client.send("GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        #expect(try client.readResponse().body == body)
        #expect(client.readToEnd() == "")
        server.stop()
    }

    @Test func `statuses without a body have no length either`() throws {
        let owner = Owner()
        owner.answer = { _ in Response(status: 204, body: [1]) }
        let server = try TestServer(owner)
        let client = try RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        let response = try client.readResponse()
        #expect(response.status == 204)
        #expect(response.headers["content-length"] == nil)
        server.stop()
    }

    @Test func `an error ends the connection`() throws {
        let owner = Owner()
        owner.admission = { _ in .respond(Response(status: 404)) }
        let server = try TestServer(owner)
        let client = try RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        let text = try #require(client.readToEnd())
        #expect(text.hasPrefix("HTTP/1.1 404 "))
        #expect(text.contains("connection: close"))
        server.stop()
    }

    @Test func `a body at the limit passes, one byte more is refused before it is read`() throws {
        let owner = Owner()
        owner.admission = { _ in .body(limitBytes: 1_000) }
        let server = try TestServer(owner)
        let fits = try RawClient(port: server.port)
        fits.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n")
        fits.send([UInt8](repeating: 65, count: 1_000))
        #expect(try fits.readResponse().body.count == 1_000)
        let over = try RawClient(port: server.port)
        over.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n")
        #expect(try over.readResponse().status == 413)
        over.send([UInt8](repeating: 65, count: 1_001))
        #expect(over.readToEnd() == "")
        #expect(server.statistics.refused[.bodyTooLarge] == 1)
        server.stop()
    }

    @Test func `a refusal is seen although a large body is on its way`() throws {
        let owner = Owner()
        owner.admission = { _ in .respond(Response(status: 404)) }
        let server = try TestServer(owner)
        let client = try RawClient(port: server.port)
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n")
        client.send([UInt8](repeating: 65, count: 300_000))
        #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 404 ") == true)
        server.stop()
    }

    @Test func `no route can ask for more than the hard limit`() throws {
        let owner = Owner()
        owner.admission = { _ in .body(limitBytes: .max) }
        let server = try TestServer(owner) { $0.limits.requestBodyBytes = 10 }
        let client = try RawClient(port: server.port)
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n")
        #expect(try client.readResponse().status == 413)
        server.stop()
    }

    @Test func `Expect 100-continue is answered at once`() throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        let interim = try client.read(25)
        #expect(String(decoding: interim, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("ok")
        #expect(try client.readResponse().body == Array("ok".utf8))
        server.stop()
    }

    @Test func `a chunked body comes without its framing, and ends the connection`() throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
        client.send("6;ext=1\r\n world\r\n0\r\n\r\n")
        let response = try client.readResponse()
        #expect(response.body == Array("hello world".utf8))
        #expect(response.headers["connection"] == "close")
        #expect(client.readToEnd() == "")
        server.stop()
    }

    @Test(arguments: [
        ("5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n", 200), ("5\r\nhello\r\n6\r\nhello!\r\n0\r\n\r\n", 413),
        ("5\nhello\r\n0\r\n\r\n", 400), ("-1\r\n", 400), ("0x5\r\nhello\r\n", 400), ("5\r\nhelloX\r\n", 400),
        ("0\r\nTrailer: x\r\n\r\n", 400), ("FFFFFFFFF\r\n", 413), ("00000000F\r\n", 400),
    ])
    func `chunk framing is read strictly`(body: String, status: Int) throws {
        let owner = Owner()
        owner.admission = { _ in .body(limitBytes: 10) }
        let server = try TestServer(owner)
        let client = try RawClient(port: server.port)
        client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
        #expect(try client.readResponse().status == status)
        #expect(client.readToEnd() == "")
        server.stop()
    }

    @Test func `a peer that goes away abandons its request, and the late answer is harmless`() throws {
        for leave in [{ (client: RawClient) in client.shutdownWriting() }, { $0.reset() }] {
            let owner = Owner()
            owner.answer = { _ in nil }
            let server = try TestServer(owner)
            for request in [
                "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx",
            ] {
                let client = try RawClient(port: server.port)
                client.send(request)
                let method = String(request.prefix { $0 != " " })
                let body: [UInt8] = method == "POST" ? [120] : []
                #expect(owner.saw(.received(method: method, path: "/", query: "", body: body)))
                leave(client)
            }
            #expect(owner.saw(.abandoned, count: 2))
            let late = owner.openExchanges
            server.onLoop { server in for exchange in late { server.respond(exchange, Response(status: 200)) } }
            #expect(server.statistics.openConnections == 0)
            #expect(server.stop())
        }
    }

    @Test func `no answer in time is 503 for the peer and abandoned for the owner`() throws {
        let owner = Owner()
        owner.answer = { _ in nil }
        let server = try TestServer(owner) { $0.limits.answerDeadline = .milliseconds(100) }
        let client = try RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.readResponse().status == 503)
        #expect(owner.saw(.abandoned))
        #expect(server.statistics.refused[.answerDeadline] == 1)
        server.stop()
    }

    @Test func `kept headers are read by name, others are not kept`() throws {
        let server = try TestServer { $0.capturedHeaders = ["X-Twilio-Signature"] }
        let client = try RawClient(port: server.port)
        client.send(
            "GET / HTTP/1.1\r\nHost: Example.com:81\r\nX-Twilio-Signature:  abc/+=  \r\nX-Other: 1\r\n"
                + "User-Agent: test/1\r\nCookie: a=1\r\nSec-Fetch-Site: same-origin\r\n\r\n"
        )
        #expect(try client.readResponse().status == 200)
        let head = try #require(server.owner.lastHead)
        #expect(head["host"] == "Example.com:81")
        #expect(head["x-twilio-signature"] == "abc/+=")
        #expect(head["user-agent"] == "test/1")
        #expect(head["cookie"] == "a=1")
        #expect(head["sec-fetch-site"] == "same-origin")
        #expect(head["x-other"] == nil)
        #expect(head.peerAddress == "127.0.0.1")
        #expect(head.clientNetwork == "127.0.0.1")
        #expect(!head.isSecure)
        server.stop()
    }

    @Test func `a trusted proxy is believed about the client, nobody else`() throws {
        let request =
            "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.0.0.2\r\nX-Forwarded-Proto: https\r\n\r\n"
        for (trusted, client, isSecure) in [
            (["127.0.0.1", "10.0.0.0/8"], "203.0.113.9", true), ([], "127.0.0.1", false),
        ] {
            let server = try TestServer { $0.trustedProxies = trusted.compactMap { AddressRange($0) } }
            let raw = try RawClient(port: server.port)
            raw.send(request)
            #expect(try raw.readResponse().status == 200)
            #expect(server.owner.lastHead?.clientAddress == client)
            #expect(server.owner.lastHead?.isSecure == isSecure)
            server.stop()
        }
    }

    @Test func `after stopAccepting the port is closed and kept connections end`() throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.readResponse().headers["connection"] == "keep-alive")
        server.onLoop { $0.stopAccepting() }
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.readResponse().headers["connection"] == "close")
        #expect(throws: RawClient.Failure.self) { _ = try RawClient(port: server.port) }
        #expect(server.stop())
    }
}
