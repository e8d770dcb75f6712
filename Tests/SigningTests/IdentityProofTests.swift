import Basics
import Signing
import Testing

@Suite struct IdentityProofTests {
    private let now = Timestamp(seconds: 1_795_000_000)
    private let secret = Redacted("0123456789abcdef0123456789abcdef")

    private func claims(
        inbox: String = "acme",
        issued: Timestamp? = nil,
        expires: Timestamp? = nil,
        subject: String = "user-7",
        email: String? = "wang@example.com"
    ) -> IdentityClaims {
        IdentityClaims(
            subject: subject,
            audience: inbox,
            proofID: "p-1",
            email: email.map(Redacted.init),
            phone: Redacted("+8613800138000"),
            name: Redacted("王小明"),
            issuedAt: issued ?? now,
            expiresAt: expires ?? (issued ?? now) + .hours(1)
        )
    }

    private func refusal(_ token: String, secrets: [Redacted<String>]? = nil) -> IdentityRefusal? {
        do throws(IdentityRefusal) {
            _ = try IdentityProof.verify(token, inbox: "acme", secrets: secrets ?? [secret], now: now)
            return nil
        } catch { return error }
    }

    /// A token with any header and claims, signed as the header pretends.
    private func token(header: String = #"{"alg":"HS256"}"#, claims: String, key: String? = nil) -> String {
        let signed = ByteText.base64URL(Array(header.utf8)) + "." + ByteText.base64URL(Array(claims.utf8))
        let key = Array((key ?? secret.reveal()).utf8)
        let code = MessageAuthentication.hmac(.sha256, key: key, message: Array(signed.utf8))
        return signed + "." + ByteText.base64URL(code)
    }

    private func standard(_ changes: String = "", aud: String = #""acme""#) -> String {
        #"{"sub":"u","aud":\#(aud),"jti":"j","iat":1795000000,"exp":1795000600\#(changes)}"#
    }

    @Test func `claims come back as the site made them`() throws {
        let made = claims()
        let text = try IdentityProof.sign(made, secret: secret)
        #expect(try IdentityProof.verify(text, inbox: "acme", secrets: [secret], now: now) == made)
        let other = Redacted("another secret of thirty-two bytes")
        #expect(refusal(text, secrets: [other, secret]) == nil)
        #expect(refusal(text, secrets: [other]) == .forged)
    }

    @Test func `the token of RFC 7515 appendix A.1 has a good signature, and lives in 2011`() throws {
        // Its key is binary; read as text it cannot be configured, so only the refusal order is looked at here.
        let text =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6"
            + "Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        #expect(refusal(text) == .forged)
    }

    @Test(arguments: [
        #"{"alg":"none"}"#, #"{"alg":"None"}"#, #"{"alg":"HS512"}"#, #"{"alg":"RS256"}"#, #"{"alg":"hs256"}"#,
        #"{"alg":""}"#,
        #"{"alg":"HS256","crit":["exp"]}"#,
    ])
    func `another algorithm than HS256 is refused, signed or not`(_ header: String) {
        let signed = token(header: header, claims: standard())
        #expect(refusal(signed) == .unsupportedAlgorithm)
        let unsigned = signed.split(separator: ".").prefix(2).joined(separator: ".") + "."
        #expect(refusal(unsigned) == .unsupportedAlgorithm)
    }

    @Test func `an empty signature or secret proves nothing`() throws {
        let good = token(claims: standard())
        #expect(refusal(good) == nil)
        #expect(refusal(good.split(separator: ".").prefix(2).joined(separator: ".") + ".") == .forged)
        #expect(refusal(token(claims: standard(), key: ""), secrets: [Redacted("")]) == .noSecret)
        let short = String(repeating: "s", count: 31)
        #expect(refusal(token(claims: standard(), key: short), secrets: [Redacted(short)]) == .noSecret)
        #expect(refusal(token(claims: standard(), key: short + "s"), secrets: [Redacted(short + "s")]) == nil)
        #expect(throws: IdentityRefusal.noSecret) { try IdentityProof.sign(claims(), secret: Redacted(short)) }
    }

    @Test func `a proof is for one inbox`() {
        #expect(refusal(token(claims: standard(aud: #"["acme"]"#))) == nil)
        #expect(refusal(token(claims: standard(aud: #""other""#))) == .wrongAudience)
        #expect(refusal(token(claims: standard(aud: #"["acme","other"]"#))) == .wrongAudience)
        #expect(refusal(token(claims: standard(aud: "[]"))) == .wrongAudience)
        #expect(refusal(token(claims: standard(aud: #""ACME""#))) == .wrongAudience)
        #expect(throws: IdentityRefusal.wrongAudience) {
            try IdentityProof.verify(token(claims: standard(aud: "[]")), inbox: "", secrets: [secret], now: now)
        }
    }

    @Test func `a proof lives an hour at most, and only then`() throws {
        func answer(_ issued: Timestamp, _ expires: Timestamp) throws -> IdentityRefusal? {
            refusal(try IdentityProof.sign(claims(issued: issued, expires: expires), secret: secret))
        }
        #expect(try answer(now, now + .seconds(3_600)) == nil)
        #expect(try answer(now, now + .seconds(3_601)) == .wrongLifetime)
        #expect(try answer(now - .seconds(5), now - .seconds(5)) == .wrongLifetime)
        #expect(try answer(now - .seconds(5), now - .seconds(6)) == .wrongLifetime)
        #expect(try answer(now - .seconds(10), now + .seconds(1)) == nil)
        #expect(try answer(now - .seconds(10), now) == .expired)
        #expect(try answer(now + .seconds(60), now + .seconds(90)) == nil)
        #expect(try answer(now + .seconds(61), now + .seconds(90)) == .notYetValid)
    }

    @Test func `a proof names its user, its times and itself`() {
        for claim in ["sub", "aud", "jti", "iat", "exp"] {
            #expect(refusal(token(claims: standard().replacing("\"\(claim)\"", with: "\"x\""))) == .malformed)
        }
        #expect(refusal(token(claims: standard().replacing("\"u\"", with: "\"\""))) == .malformed)
        #expect(refusal(token(claims: standard().replacing("1795000000", with: "1e300"))) == .malformed)
        #expect(refusal(token(claims: standard().replacing("1795000000", with: "-1"))) == .malformed)
        #expect(refusal(token(claims: standard().replacing("1795000000", with: "1795000000.25"))) == nil)
        #expect(refusal(token(claims: standard(#","email":7"#))) == .malformed)
    }

    @Test func `a claim has 255 bytes at most, a token 8,192`() throws {
        let longest = String(repeating: "s", count: 255)
        #expect(refusal(try IdentityProof.sign(claims(subject: longest), secret: secret)) == nil)
        #expect(refusal(try IdentityProof.sign(claims(subject: longest + "s"), secret: secret)) == .malformed)
        // Header and code take 20 + 43 bytes and two full stops; the rest is claims in base 64.
        let room = (8_192 - 65) / 4 * 3 + 2
        let padding = room - standard(#","pad":"""#).utf8.count
        let full = token(claims: standard(#","pad":"\#(String(repeating: "p", count: padding))""#))
        #expect(full.utf8.count <= 8_192 && full.utf8.count > 8_188)
        #expect(refusal(full) == nil)
        let over = token(claims: standard(#","pad":"\#(String(repeating: "p", count: padding + 3))""#))
        #expect(refusal(over) == .malformed)
    }

    @Test func `no flipped bit passes, and garbage breaks nothing`() throws {
        for changed in bitFlips(of: try IdentityProof.sign(claims(), secret: secret)) {
            #expect(refusal(changed) != nil)
        }
        let pieces = ["{", "}", "\"sub\":", "\"alg\":\"HS256\"", "[[", ".", "null", "1e999", ","]
        for bytes in garbage(seed: 31, count: 2_000, pieces: pieces) {
            let text = String(repairing: bytes)
            #expect(refusal(text) != nil)
            #expect(refusal(token(claims: text)) != nil)
            #expect(refusal(token(header: text, claims: standard())) != nil)
        }
        let deep = String(repeating: "[", count: 5_000)
        #expect(refusal(token(claims: deep)) == .malformed)
    }
}
