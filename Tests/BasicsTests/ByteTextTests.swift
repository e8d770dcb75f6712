import Basics
import Testing

@Suite struct ByteTextTests {
    // The vectors of RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ])
    func `base 64 agrees with the standard`(plain: String, encoded: String) {
        #expect(ByteText.base64(Array(plain.utf8)) == encoded)
        #expect(ByteText.fromBase64(encoded) == Array(plain.utf8))
    }

    @Test(arguments: ["A", "AB", "Zm9v!", "Zh=="]) func `what is no base 64 is refused`(text: String) {
        #expect(ByteText.fromBase64(text) == nil)
    }

    @Test func `any bytes survive both ways`() {
        var random = SeededGenerator(seed: 7)
        for count in 0..<100 {
            let bytes = random.bytes(count)
            #expect(ByteText.fromBase64(ByteText.base64URL(bytes)) == bytes)
            #expect(ByteText.fromHex(ByteText.hex(bytes)) == bytes)
        }
    }
}
