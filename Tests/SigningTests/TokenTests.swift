import Basics
import Signing
import Testing

@Suite struct TokenTests {
    private let now = Timestamp(seconds: 1_795_000_000)
    private let old = Redacted([UInt8](repeating: 1, count: 32))
    private let new = Redacted([UInt8](repeating: 2, count: 32))

    private func ring(_ keys: [String: Redacted<[UInt8]>], current: String) throws -> SigningKeyRing {
        try #require(SigningKeyRing(keys, current: current))
    }

    private func token(issued: Timestamp? = nil, expires: Timestamp? = nil) -> VisitorToken {
        VisitorToken(
            visitor: "01J0",
            inbox: "acme-中",
            issuedAt: issued ?? now,
            expiresAt: expires ?? now + .hours(24)
        )
    }

    @Test func `a token comes back as it was made`() throws {
        let ring = try ring(["k1": old], current: "k1")
        for token in [token(), VisitorToken(visitor: "", inbox: "", issuedAt: now, expiresAt: now + .seconds(1))] {
            let text = token.encode(with: ring)
            #expect(text.hasPrefix("v1.k1."))
            #expect(try VisitorToken.decode(text, with: ring, now: now) == token)
        }
    }

    @Test func `a token is valid from its issue to the moment it expires`() throws {
        let ring = try ring(["k1": old], current: "k1")
        func refusal(_ token: VisitorToken) -> TokenRefusal? {
            do throws(TokenRefusal) {
                _ = try VisitorToken.decode(token.encode(with: ring), with: ring, now: now)
                return nil
            } catch { return error }
        }
        #expect(refusal(token(expires: now + .milliseconds(1))) == nil)
        #expect(refusal(token(expires: now)) == .expired)
        #expect(refusal(token(issued: now + .seconds(60))) == nil)
        #expect(refusal(token(issued: now + .milliseconds(60_001))) == .notYetValid)
    }

    @Test func `keys rotate: the old one is believed until it leaves the ring`() throws {
        let text = token().encode(with: try ring(["k1": old], current: "k1"))
        let both = try ring(["k1": old, "k2": new], current: "k2")
        #expect(try VisitorToken.decode(text, with: both, now: now) == token())
        #expect(token().encode(with: both).hasPrefix("v1.k2."))
        let without = try ring(["k2": new], current: "k2")
        #expect(throws: TokenRefusal.unknownKey) { try VisitorToken.decode(text, with: without, now: now) }
        let swapped = try ring(["k1": new], current: "k1")
        #expect(throws: TokenRefusal.forged) { try VisitorToken.decode(text, with: swapped, now: now) }
    }

    @Test func `a ring holds its current key, keys of 32 bytes, and ids without full stops`() {
        #expect(SigningKeyRing(["k1": old], current: "k2") == nil)
        #expect(SigningKeyRing(["k1": Redacted([UInt8](repeating: 1, count: 31))], current: "k1") == nil)
        #expect(SigningKeyRing(["": old], current: "") == nil)
        #expect(SigningKeyRing(["a.b": old], current: "a.b") == nil)
        let longest = String(repeating: "k", count: 32)
        #expect(SigningKeyRing([longest: old], current: longest) != nil)
        #expect(SigningKeyRing([longest + "k": old], current: longest + "k") == nil)
    }

    @Test func `no flipped bit passes, and a signature of another payload fits none`() throws {
        let ring = try ring(["k1": old, "k2": new], current: "k1")
        for changed in bitFlips(of: token().encode(with: ring)) {
            #expect(throws: TokenRefusal.self) { try VisitorToken.decode(changed, with: ring, now: now) }
        }
        let sealed = SignedToken.seal([1, 2, 3], with: ring)
        #expect(try SignedToken.open(sealed, with: ring) == [1, 2, 3])
        #expect(throws: TokenRefusal.malformed) { try VisitorToken.decode(sealed, with: ring, now: now) }
    }

    @Test func `a token has 2,048 bytes at most`() throws {
        let ring = try ring(["k1": old], current: "k1")
        // "v1.k1." and "." and 43 bytes of code leave 1,998 for the payload in base 64.
        let full = SignedToken.seal([UInt8](repeating: 0, count: 1_498), with: ring)
        #expect(full.utf8.count == 2_048)
        #expect(try SignedToken.open(full, with: ring).count == 1_498)
        let over = SignedToken.seal([UInt8](repeating: 0, count: 1_499), with: ring)
        #expect(throws: TokenRefusal.malformed) { try SignedToken.open(over, with: ring) }
    }

    @Test func `garbage is refused and breaks nothing, signed or not`() throws {
        let ring = try ring(["k1": old], current: "k1")
        for bytes in garbage(seed: 21, count: 3_000, pieces: ["v1", ".", "k1", "AAAA", "v1.k1.", "\0\0\0\u{1}"]) {
            let text = String(repairing: bytes)
            #expect(throws: TokenRefusal.self) { try VisitorToken.decode(text, with: ring, now: now) }
            let sealed = SignedToken.seal(bytes, with: ring)
            #expect(throws: TokenRefusal.self) { try VisitorToken.decode(sealed, with: ring, now: now) }
        }
    }

    @Test func `session secrets and tickets are random, and stored as digests`() {
        let secret = SessionSecret.make()
        #expect(secret.text.reveal().utf8.count == 43)
        #expect(secret.text != SessionSecret.make().text)
        #expect(SessionSecret.digest(of: secret.text.reveal()) == secret.digest)
        #expect(secret.digest.count == 32)
        let ticket = OneTimeTicket.make()
        #expect(OneTimeTicket.digest(of: ticket.text.reveal()) == ticket.digest)
        for text in ["", "short", secret.text.reveal() + "A", String(secret.text.reveal().dropLast()) + "!"] {
            #expect(SessionSecret.digest(of: text) == nil)
        }
    }
}
