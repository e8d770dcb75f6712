import Basics
import Testing

@testable import Signing

@Suite struct DigestTests {
    @Test func `hashes answer as FIPS 180-4 says`() {
        #expect(
            ByteText.hex(Digest.sha256(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(ByteText.hex(Digest.sha256([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(ByteText.hex(Digest.sha1(Array("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    }

    @Test func `keyed hashes answer as RFC 2202 and RFC 4231 say`() {
        let key = Array("Jefe".utf8)
        let message = Array("what do ya want for nothing?".utf8)
        #expect(
            ByteText.hex(MessageAuthentication.hmac(.sha1, key: key, message: message))
                == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        )
        #expect(
            ByteText.hex(MessageAuthentication.hmac(.sha256, key: key, message: message))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        )
        #expect(MessageAuthentication.hmac(.sha256, key: [], message: []).count == 32)
    }

    @Test func `comparison in constant time knows lengths, bytes and spellings apart`() {
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal([1, 2, 3], [1, 2, 3]))
        #expect(!ConstantTime.equal([1, 2, 3], [1, 2]))
        #expect(!ConstantTime.equal([1, 2, 3], [1, 2, 4]))
        #expect(!ConstantTime.equal("\u{E9}", "e\u{301}"))
    }
}
