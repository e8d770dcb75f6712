import Basics
import Signing
import Testing

@Suite struct FormBodyTests {
    private func read(_ text: String, max: Limit = FormBody.parametersMax) throws(FormRefusal) -> [FormParameter] {
        try FormBody(decoding: Array(text.utf8), parametersMax: max).parameters
    }

    @Test func `blank values, repeated names and their order are kept`() throws {
        #expect(
            try read("b=2&a=&a=1&c&&=v&d=x=y") == [
                .init("b", "2"), .init("a", ""), .init("a", "1"), .init("c", ""), .init("", "v"), .init("d", "x=y"),
            ]
        )
        #expect(try read("").isEmpty)
        #expect(try read("&&").isEmpty)
    }

    @Test func `plus is a space, escapes are bytes, bytes are UTF-8`() throws {
        #expect(try read("To=%2B86+138&%E4%B8%AD=%e6%96%87") == [.init("To", "+86 138"), .init("中", "文")])
        #expect(PercentText.decode("a+b%20c") == "a+b c")
        #expect(PercentText.decode("a+b", plusIsSpace: true) == "a b")
    }

    @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%-1", "%C3=1", "a=%FF", "a=%ED%A0%80", "a=%C0%80"])
    func `a bad escape or bytes that are not UTF-8 refuse the whole form`(_ text: String) {
        #expect(throws: FormRefusal.malformed) { try read(text) }
    }

    @Test func `a thousand parameters pass, one more does not`() throws {
        let thousand = Array(repeating: "a=1", count: 1_000).joined(separator: "&")
        #expect(try read(thousand).count == 1_000)
        #expect(throws: FormRefusal.tooManyParameters(FormBody.parametersMax)) { try read(thousand + "&a=1") }
    }

    @Test func `what is encoded is read back as it was`() throws {
        for (index, bytes) in garbage(seed: 11, count: 500, pieces: ["a", "=", "&", "%", "+", "é", "文"]).enumerated() {
            let form = FormBody([.init("n\(index)", String(repairing: bytes)), .init(String(repairing: bytes), "v")])
            #expect(try FormBody(decoding: form.encoded) == form)
        }
    }

    @Test func `garbage breaks nothing`() {
        for bytes in garbage(seed: 12, count: 5_000, pieces: ["%", "%4", "%41", "&", "=", "+", ";"]) {
            _ = try? FormBody(decoding: bytes)
            _ = PercentText.decode(bytes)
        }
    }

    @Test func `the first value of a name, and all of them`() throws {
        let form = try FormBody(query: "a=1&b=2&a=3")
        #expect(form["a"] == "1")
        #expect(form["c"] == nil)
        #expect(form.values(named: "a") == ["1", "3"])
    }
}
