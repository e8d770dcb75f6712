import Basics
import Testing

@testable import Transport

struct ValueTests {
    @Test func `chunks may be split anywhere`() {
        let bytes = Array("3\r\nabc\r\nA;name=value\r\n0123456789\r\n0\r\n\r\n".utf8)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                var decoder = ChunkedDecoder(limitBytes: 13)
                var outcome = ChunkedDecoder.Outcome.needsMore
                for piece in [bytes[..<first], bytes[first..<second], bytes[second...]] where outcome == .needsMore {
                    outcome = decoder.append(Array(piece))
                }
                #expect(outcome == .complete(unused: 0))
                #expect(decoder.body == Array("abc0123456789".utf8))
            }
        }
    }

    @Test func `chunks are limited together`() {
        func outcome(_ text: String, limit: Int) -> ChunkedDecoder.Outcome {
            var decoder = ChunkedDecoder(limitBytes: limit)
            return decoder.append(Array(text.utf8))
        }
        #expect(outcome("3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", limit: 12) == .tooLarge)
        #expect(outcome("3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", limit: 13) == .complete(unused: 0))
        #expect(outcome("3\r\nabc\r\n0\r\n\r\nGET", limit: 3) == .complete(unused: 3))
        #expect(outcome("1;\(String(repeating: "x", count: 256))\r\n", limit: 10) == .needsMore)
        #expect(outcome("1;\(String(repeating: "x", count: 257))\r\n", limit: 10) == .malformed)
    }

    @Test func `an outbox refuses beyond either limit and owes a drained`() {
        var outbox = Outbox()
        let frame = OutboundFrame(text: "12345678")  // 10 bytes on the wire
        #expect(frame.byteCount == 10)
        let byCount = (0..<4).map { _ in outbox.offer(frame, frameLimit: 3, byteLimit: 100) }
        #expect(byCount == [true, true, true, false])
        let byBytes = [39, 40].map { outbox.offer(frame, frameLimit: 9, byteLimit: $0) }
        #expect(byBytes == [false, true])
        #expect(outbox.byteCount == 40)
        let batches = [25, 1].map { outbox.takeBatch(bytesMax: $0).count }
        #expect(batches == [20, 10])
        let early = outbox.settleDrained()
        let last = outbox.takeBatch(bytesMax: 100).count
        #expect(last == 10)
        #expect(outbox.byteCount == 0)
        let settled = [early, outbox.settleDrained(), outbox.settleDrained()]
        #expect(settled == [false, true, false])
    }

    @Test func `a small use of the outbox owes nothing`() {
        var outbox = Outbox()
        _ = outbox.offer(OutboundFrame(text: "a"), frameLimit: 4, byteLimit: 1_000)
        _ = outbox.takeBatch(bytesMax: 100)
        let owed = outbox.settleDrained()
        #expect(!owed)
    }

    @Test(arguments: [(0, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10)])
    func `a frame header is as long as its payload needs`(payload: Int, header: Int) {
        let frame = OutboundFrame(binary: [UInt8](repeating: 0, count: payload))
        #expect(frame.byteCount == payload + header)
        #expect(frame.wire[0] == 0x82)
    }

    @Test func `addresses have networks`() {
        #expect(IPAddress("192.0.2.7")?.network == "192.0.2.7")
        #expect(IPAddress("2001:db8:1:2:3::4")?.network == "2001:db8:1:2::/64")
        #expect(IPAddress("::ffff:192.0.2.7")?.description == "192.0.2.7")
        #expect(IPAddress("2001:0db8::0001")?.description == "2001:db8::1")
        #expect(IPAddress("300.1.1.1") == nil)
        #expect(IPAddress("10.0.0.1:80") == nil)
    }

    @Test func `ranges contain what they say`() throws {
        let range = try #require(AddressRange("10.1.0.0/23"))
        #expect(range.contains(try #require(IPAddress("10.1.1.255"))))
        #expect(!range.contains(try #require(IPAddress("10.1.2.0"))))
        #expect(!range.contains(try #require(IPAddress("::1"))))
        #expect(try #require(AddressRange("::1")).contains(try #require(IPAddress("::1"))))
        #expect(try #require(AddressRange("0.0.0.0/0")).contains(try #require(IPAddress("8.8.8.8"))))
        for text in ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "", "/8", "10.0.0.0/8/8"] {
            #expect(AddressRange(text) == nil)
        }
    }

    @Test func `the right-most untrusted hop is the client`() throws {
        let proxy = try #require(IPAddress("10.0.0.1"))
        let trusted = [AddressRange("10.0.0.0/8")].compactMap(\.self)
        func client(_ header: String?, _ peer: IPAddress) -> String {
            ClientAddress.resolve(peer: peer, forwardedFor: header, trusted: trusted).description
        }
        #expect(client("1.1.1.1, 2.2.2.2", proxy) == "2.2.2.2")
        #expect(client("1.1.1.1, 2.2.2.2, 10.9.9.9", proxy) == "2.2.2.2")
        #expect(client("10.2.2.2", proxy) == "10.2.2.2")
        #expect(client("1.1.1.1, unknown, 10.9.9.9", proxy) == "10.9.9.9")
        #expect(client("unknown", proxy) == "10.0.0.1")
        #expect(client(nil, proxy) == "10.0.0.1")
        #expect(client("1.1.1.1", try #require(IPAddress("9.9.9.9"))) == "9.9.9.9")
    }

    @Test func `nothing can end a header line from inside`() {
        for text in ["a\r\nb", "a\nb", "a\rb", "a\u{0}b", "a\u{7F}"] { #expect(HeaderValue(text) == nil) }
        let plain = "plain text, ümlaut\tand tab"
        #expect(HeaderValue(plain)?.text == plain)
        for text in ["", "a b", "a:b", "a\r", "ä"] { #expect(HeaderName(text) == nil) }
        let name = "X-Frame-Options"
        #expect(HeaderName(name)?.text == "x-frame-options")
    }

    @Test func `own headers of the transport cannot be overridden`() {
        let response = Response(status: 200, headers: ["content-length": "99", "connection": "x", "a": "b"], body: [1])
        let head = String(decoding: response.headBytes(closes: false, date: "now"), as: UTF8.self)
        #expect(head == "HTTP/1.1 200 OK\r\na: b\r\ndate: now\r\ncontent-length: 1\r\nconnection: keep-alive\r\n\r\n")
    }

    @Test func `targets are spelled canonically`() {
        #expect(PercentEncoding.path(Array("/a b/ü?%".utf8)) == "/a%20b/%C3%BC%3F%25")
        #expect(PercentEncoding.query(["a=1+2/3 =", "flag", ""].map { Array($0.utf8) }) == "a=1%2B2%2F3+%3D&flag&")
    }
}
