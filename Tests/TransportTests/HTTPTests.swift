import Basics
import Foundation
import Testing

@testable import Transport

struct HTTPTests {
    @Test func `a request is answered and the loop ends cleanly`() throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        client.send("POST /hooks/a%20b?x=1&y=a+b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello")
        let response = try client.readResponse()
        #expect(response.status == 200)
        #expect(response.body == Array("hello".utf8))
        #expect(response.headers["connection"] == "keep-alive")
        #expect(server.stop())
    }

    @Test func `one connection carries several requests, pipelined too`() throws {
        let server = try TestServer()
        let client = try RawClient(port: server.port)
        for number in 0..<3 {
            client.send("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.readResponse().status == 200)
        }
        client.send(
            "GET /a HTTP/1.1\r\nHost: h\r\n\r\nPOST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhiGET /c HTTP/1.1\r\nHost: h\r\n\r\n"
        )
        #expect(try client.readResponse().body == [])
        #expect(try client.readResponse().body == Array("hi".utf8))
        #expect(try client.readResponse().status == 200)
        #expect(server.stop())
    }
}

struct SocketTests {
    @Test func `text and binary are echoed`() throws {
        let server = try TestServer()
        let client = try SocketClient(port: server.port)
        #expect(client.handshake.hasPrefix("HTTP/1.1 101"))
        client.send(text: "hello")
        #expect(try client.readText() == "hello")
        client.send(2, [UInt8](repeating: 7, count: 3_000))
        #expect(try client.read().payload.count == 3_000)
        #expect(server.stop())
        #expect(server.owner.saw(.closed))
    }
}
