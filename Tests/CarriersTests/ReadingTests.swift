import Basics
import Signing
import Testing

@testable import Carriers

@Suite struct JSONReaderTests {
    private func read(_ text: String) throws(CarrierRefusal) -> JSONValue { try JSONReader.read(Array(text.utf8)) }

    @Test func `every kind of value is read`() throws {
        let text = #" {"a": [1, -2.5e+3, true, false, null], "b": {"c": "\u00e9\ud83d\ude00\n\/"}, "": ""} "#
        let expected = JSONValue.object([
            "a": .array([.number("1"), .number("-2.5e+3"), .bool(true), .bool(false), .null]),
            "b": .object(["c": .string("é😀\n/")]), "": .string(""),
        ])
        #expect(try read(text) == expected)
        #expect(try read("[]") == .array([]))
        #expect(try read(#""王""#) == .string("王"))
    }

    @Test(arguments: [
        "", " ", "{", "[", "]", "{]", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "01",
        "-",
        "1.", ".5", "1e", "+1", "0x1", "NaN", "tru", "nul", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"",
        "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\n\"", "1 2", "{} {}", "[1 2]", "// x\n1", "{\"a\":1,\"\\u0061\":2}",
    ])
    func `what is not JSON, or says one name twice, is refused`(text: String) {
        #expect(throws: CarrierRefusal.malformed) { try read(text) }
    }

    @Test func `bytes that are no text are refused`() {
        #expect(throws: CarrierRefusal.malformed) { try JSONReader.read([0x22, 0xFF, 0x22]) }
        #expect(throws: CarrierRefusal.malformed) { try JSONReader.read([0x22, 0xC0, 0x80, 0x22]) }
    }

    @Test func `each limit is admitted and one more is not`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        func keys(_ count: Int) -> String { "{" + (0..<count).map { "\"\($0)\":0" }.joined(separator: ",") + "}" }
        func list(_ count: Int) -> String { "[" + Array(repeating: "0", count: count).joined(separator: ",") + "]" }
        func text(_ count: Int) -> String { "\"" + String(repeating: "x", count: count) + "\"" }
        let limits: [(Limit, (Int) -> String)] = [
            (JSONReader.depthMax, nested), (JSONReader.keysMax, keys), (JSONReader.elementsMax, list),
            (JSONReader.stringBytesMax, text),
        ]
        for (limit, make) in limits {
            _ = try read(make(limit.value))
            #expect(throws: CarrierRefusal.tooLarge(limit)) { try read(make(limit.value + 1)) }
        }
        #expect(throws: CarrierRefusal.tooLarge(JSONReader.depthMax)) { try read(nested(100_000)) }
    }
}

@Suite struct EventTimeTests {
    @Test func `the three ways to write a time agree`() {
        let moment = Timestamp(milliseconds: 1_795_000_000_000)
        for text in [
            "Wed, 18 Nov 2026 11:06:40 +0000", "18 Nov 2026 11:06:40 GMT", "Wed, 18 Nov 2026 19:06:40 +0800",
            "Wed, 18 Nov 2026 03:36:40 -0730",
        ] {
            #expect(EventTime.rfc2822(text) == moment, "\(text)")
        }
        for text in [
            "2026-11-18T11:06:40Z", "2026-11-18 11:06:40Z", "2026-11-18T19:06:40+08:00", "2026-11-18T11:06:40.000000Z",
            "2026-11-18T03:36:40-0730",
        ] {
            #expect(EventTime.rfc3339(text) == moment, "\(text)")
        }
        #expect(EventTime.rfc3339("2026-11-18T11:06:40.25Z") == moment + .milliseconds(250))
        #expect(EventTime.milliseconds("1795000000000") == moment)
    }

    @Test func `leap days are counted`() {
        #expect(EventTime.rfc3339("1970-01-01T00:00:00Z") == Timestamp(milliseconds: 0))
        #expect(EventTime.rfc3339("2000-02-29T00:00:00Z") == Timestamp(seconds: 951_782_400))
        #expect(EventTime.rfc3339("2024-03-01T00:00:00Z") == Timestamp(seconds: 1_709_251_200))
        #expect(EventTime.rfc3339("2100-02-29T00:00:00Z") == nil)
        #expect(EventTime.rfc3339("2023-02-29T00:00:00Z") == nil)
    }

    @Test(arguments: [
        "", "yesterday", "Thurs, 20 July 1989 18:30:43 +0000", "Wed, 18 Nov 26 11:06:40 +0000",
        "Wed, 18 Nov 2026 11:06 +0000", "Wed, 18 Nov 2026 24:00:00 +0000", "Wed, 31 Nov 2026 11:06:40 +0000",
        "Wed, 18 Nov 2026 11:06:40", "Wed, 18 Nov 2026 11:06:40 CEST", "2026-11-18T11:06:40", "2026-13-01T00:00:00Z",
        "2026-11-18T11:06:40.Z", "-1795000000000", "1795000000000.5", "99999999999999999999",
    ])
    func `what is no time is none`(text: String) {
        #expect(EventTime.rfc2822(text) == nil)
        #expect(EventTime.rfc3339(text) == nil)
        #expect(EventTime.milliseconds(text) == nil)
    }

    @Test func `a clock that is far off is not believed`() {
        let (hour, week) = (Span.hours(1).milliseconds, Span.days(7).milliseconds)
        let edges: [(Int64, Bool)] = [(hour, true), (hour + 1, false), (-week, true), (-week - 1, false)]
        for (distance, isBelieved) in edges {
            let time = receivedAt + .milliseconds(distance)
            #expect(EventTime.plausible(time, receivedAt: receivedAt) == (isBelieved ? time : nil))
        }
    }
}

@Suite struct MultipartFormTests {
    private let type = "multipart/form-data; boundary=XYZ"
    private func read(_ text: String, type: String? = nil) throws(CarrierRefusal) -> [FormParameter] {
        try MultipartForm.read(Array(text.utf8), contentType: type ?? self.type)
    }
    private func part(_ head: String, _ value: String) -> String { "--XYZ\r\n\(head)\r\n\r\n\(value)\r\n" }

    @Test func `fields come in order, with line ends inside`() throws {
        let text =
            part("Content-Disposition: form-data; name=\"a\"", "1\r\n2")
            + part("content-type: text/plain\r\ncontent-disposition: form-data; name=b", "") + "--XYZ--\r\n"
        #expect(try read(text) == [FormParameter("a", "1\r\n2"), FormParameter("b", "")])
    }

    @Test func `an unfinished or strange form is refused`() {
        let field = part("Content-Disposition: form-data; name=\"a\"", "1")
        let file = part("Content-Disposition: form-data; name=\"a\"; filename=\"x\"", "1") + "--XYZ--"
        let nameless = part("Content-Disposition: form-data", "1") + "--XYZ--"
        for text in [field, "--XYZ\r\n", "", "--XYZ", "--XYZ\r\na\r\n--XYZ--", file, nameless, "x" + field + "--XYZ--"]
        {
            #expect(throws: CarrierRefusal.malformed) { try read(text) }
        }
        #expect(throws: CarrierRefusal.malformed) { try read(field + "--XYZ--", type: "multipart/form-data") }
    }

    @Test func `as many fields as a form may have`() throws {
        let field = part("Content-Disposition: form-data; name=\"a\"", "1")
        let limit = FormBody.parametersMax
        #expect(try read(String(repeating: field, count: limit.value) + "--XYZ--").count == limit.value)
        #expect(throws: CarrierRefusal.tooLarge(limit)) {
            try read(String(repeating: field, count: limit.value + 1) + "--XYZ--")
        }
    }
}
