import Basics
import Signing
import Testing

@Suite struct TwilioSignatureTests {
    private let url = "https://switchboard.example.com/hooks/twilio/acme"
    private let token = Redacted("12345678901234567890123456789012")
    private let form = TwilioSignature.Payload.form([
        FormParameter("To", "+442079460001"), FormParameter("CallSid", "CA35"), FormParameter("City", ""),
    ])

    private func refusal(
        _ url: String,
        _ payload: TwilioSignature.Payload,
        _ signature: String?,
        settings: String? = nil,
        secrets: TwilioSignature.Secrets? = nil
    ) -> SignatureRefusal? {
        do throws(SignatureRefusal) {
            try TwilioSignature.verify(
                url: url,
                payload: payload,
                signatureHeader: signature,
                settingsHeader: settings,
                secrets: secrets ?? .init(authTokens: [token])
            )
            return nil
        } catch { return error }
    }

    @Test(arguments: try Vector.all(of: "twilio"))
    func `every vector answers as it says`(_ vector: Vector) throws {
        let isJSON = vector.headers["Content-Type"] == "application/json"
        let body = Array(vector.body.utf8)
        let payload = isJSON ? .json(body) : TwilioSignature.Payload.form(try FormBody(decoding: body).parameters)
        let secrets = TwilioSignature.Secrets(
            authTokens: [Redacted(vector.secret)],
            sharedKeys: ["webhooks_sharedkey_01hxyz": Redacted(vector.secret), "x": Redacted(vector.secret)]
        )
        let answer = refusal(
            vector.url,
            payload,
            vector.headers["X-Twilio-Signature"],
            settings: vector.headers["X-Twilio-Webhooks-Signature-Settings"],
            secrets: secrets
        )
        #expect((answer == nil) == vector.valid, "\(vector.id)")
    }

    @Test func `the port may be added or dropped on the way, and nothing else`() {
        let pairs = [
            ("https://a.example/x?y=1", "https://a.example:443/x?y=1"), ("http://a.example", "http://a.example:80"),
            ("https://u:p@a.example/x", "https://u:p@a.example:443/x"),
            ("https://[2001:db8::1]/x", "https://[2001:db8::1]:443/x"),
        ]
        for (bare, full) in pairs {
            #expect(refusal(bare, form, TwilioSignature.sign(url: full, payload: form, authToken: token)) == nil)
            #expect(refusal(full, form, TwilioSignature.sign(url: bare, payload: form, authToken: token)) == nil)
        }
        let signature = TwilioSignature.sign(url: "https://a.example:8443/x", payload: form, authToken: token)
        #expect(refusal("https://a.example/x", form, signature) == .forged)
        #expect(refusal("https://b.example:8443/x", form, signature) == .forged)
    }

    @Test func `order does not matter, repeated values count once, and letters are told apart by their bytes`() {
        func sign(_ pairs: [(String, String)]) -> String {
            let parameters = pairs.map { FormParameter($0.0, $0.1) }
            return TwilioSignature.sign(url: url, payload: .form(parameters), authToken: token)
        }
        #expect(sign([("b", "2"), ("a", "1"), ("a", "0")]) == sign([("a", "0"), ("a", "1"), ("b", "2"), ("a", "1")]))
        #expect(sign([("a", "\u{E9}"), ("a", "e\u{301}")]) != sign([("a", "\u{E9}")]))
        // In Swift's order of texts, "é" written as two scalars would come elsewhere than its bytes say.
        #expect(sign([("z", "1"), ("e\u{301}", "2")]) == sign([("e\u{301}", "2"), ("z", "1")]))
    }

    @Test func `a shared key is chosen by its id, and only by its id`() {
        let secrets = TwilioSignature.Secrets(
            authTokens: [token],
            sharedKeys: ["k1": Redacted("s1"), "k2": Redacted("s2")]
        )
        let signed = TwilioSignature.sign(url: url, payload: form, sharedKey: Redacted("s1"), keyID: "k1")
        func answer(_ settings: String?) -> SignatureRefusal? {
            refusal(url, form, signed.signature, settings: settings, secrets: secrets)
        }
        #expect(answer(signed.settings) == nil)
        #expect(answer("algorithm=hmac_sha256 , key=k1") == nil)
        #expect(answer("key=k2,algorithm=HMAC_SHA256") == .forged)
        #expect(answer("key=k3,algorithm=HMAC_SHA256") == .unknownKey)
        #expect(answer("key=k1,algorithm=none") == .unsupportedAlgorithm)
        #expect(answer("key=k1") == .malformed)
        #expect(answer("") == .malformed)
        #expect(answer("key=k2,key=k1,algorithm=HMAC_SHA256") == .malformed)
        #expect(answer(nil) == .forged)
    }

    @Test func `a JSON body needs its digest in the URL, once`() {
        let body = Array(#"{"a":"中文"}"#.utf8)
        let signedURL = TwilioSignature.url(url, carryingDigestOf: body)
        func answer(_ url: String, _ body: [UInt8]) -> SignatureRefusal? {
            refusal(url, .json(body), TwilioSignature.sign(url: url, payload: .json([]), authToken: token))
        }
        #expect(answer(signedURL, body) == nil)
        #expect(answer(TwilioSignature.url(url + "?x=1", carryingDigestOf: body), body) == nil)
        #expect(answer(signedURL, body + [32]) == .wrongBody)
        #expect(answer(url, body) == .missing)
        #expect(answer(url + "#?bodySHA256=00", body) == .missing)
        #expect(answer(url + "?bodySHA256=zz", body) == .malformed)
        #expect(answer(TwilioSignature.url(signedURL, carryingDigestOf: []), body) == .malformed)
    }

    @Test func `two tokens are believed while they rotate, an empty one never`() {
        let signature = TwilioSignature.sign(url: url, payload: form, authToken: token)
        #expect(refusal(url, form, signature, secrets: .init(authTokens: [Redacted("new"), token])) == nil)
        let byNothing = TwilioSignature.sign(url: url, payload: form, authToken: Redacted(""))
        #expect(refusal(url, form, byNothing, secrets: .init(authTokens: [Redacted("")])) == .noSecret)
        #expect(refusal(url, form, byNothing, secrets: .init(authTokens: [])) == .noSecret)
        #expect(refusal(url, form, nil) == .missing)
    }

    @Test func `no flipped bit of a signature or of the URL passes`() {
        let signature = TwilioSignature.sign(url: url, payload: form, authToken: token)
        for changed in bitFlips(of: signature) { #expect(refusal(url, form, changed) != nil) }
        for changed in bitFlips(of: url) { #expect(refusal(changed, form, signature) != nil) }
    }

    @Test func `garbage in any place is refused and breaks nothing`() {
        let pieces = [
            "https", "://", ":", "/", "?", "#", "[", "]", "@", "bodySHA256=", "key=", "algorithm=", ",", "&", "%2",
        ]
        for bytes in garbage(seed: 0x7A_11, count: 3_000, pieces: pieces) {
            let text = String(repairing: bytes)
            #expect(refusal(text, form, "AAAA") == .forged)
            #expect(refusal(text, .json(bytes), "AAAA") != nil)
            #expect(refusal(url, form, text) != nil)
            #expect(refusal(url, form, "AAAA", settings: text) != nil)
        }
    }
}
