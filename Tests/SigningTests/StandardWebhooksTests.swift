import Basics
import Signing
import Testing

@Suite struct StandardWebhooksTests {
    private let secret = Redacted("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
    private let now = Timestamp(seconds: 1_795_000_000)
    private let body = Array(#"{"type":"call.ringing"}"#.utf8)

    private func refusal(
        id: String? = "msg_1",
        timestamp: String? = nil,
        body: [UInt8]? = nil,
        signature: String?? = nil,
        secrets: [Redacted<String>]? = nil,
        signedAt: Timestamp? = nil
    ) throws -> SignatureRefusal? {
        let headers = try StandardWebhooks.sign(id: "msg_1", at: signedAt ?? now, body: self.body, secret: secret)
        do throws(SignatureRefusal) {
            try StandardWebhooks.verify(
                id: id,
                timestamp: timestamp ?? headers.timestamp,
                body: body ?? self.body,
                signatureHeader: signature ?? headers.signature,
                secrets: secrets ?? [secret],
                now: now
            )
            return nil
        } catch { return error }
    }

    @Test(arguments: try Vector.all(of: "standardwebhooks"))
    func `every vector answers as it says`(_ vector: Vector) throws {
        let now = Timestamp(seconds: try #require(vector.now))
        let accepted: Bool
        do throws(SignatureRefusal) {
            try StandardWebhooks.verify(
                id: vector.headers["webhook-id"],
                timestamp: vector.headers["webhook-timestamp"],
                body: Array(vector.body.utf8),
                signatureHeader: vector.headers["webhook-signature"],
                secrets: [Redacted(vector.secret)],
                now: now
            )
            accepted = true
        } catch { accepted = false }
        #expect(accepted == vector.valid, "\(vector.id)")
    }

    @Test func `the replay window is closed on both sides`() throws {
        #expect(try refusal(signedAt: now - .seconds(300)) == nil)
        #expect(try refusal(signedAt: now - .seconds(301)) == .tooOld)
        #expect(try refusal(signedAt: now + .seconds(300)) == nil)
        #expect(try refusal(signedAt: now + .seconds(301)) == .tooNew)
    }

    @Test func `while a secret rotates, the old one and the new one are believed, a third is not`() throws {
        let other = StandardWebhooks.makeSecret()
        #expect(try refusal(secrets: [other, secret]) == nil)
        #expect(try refusal(secrets: [secret, other]) == nil)
        #expect(try refusal(secrets: [other]) == .forged)
    }

    @Test func `a secret has 24 to 64 bytes`() {
        func secret(_ count: Int) -> Redacted<String> {
            Redacted("whsec_" + ByteText.base64([UInt8](repeating: 7, count: count)))
        }
        #expect(!StandardWebhooks.isUsable(secret(23)))
        #expect(StandardWebhooks.isUsable(secret(24)))
        #expect(StandardWebhooks.isUsable(secret(64)))
        #expect(!StandardWebhooks.isUsable(secret(65)))
        #expect(StandardWebhooks.isUsable(StandardWebhooks.makeSecret()))
    }

    @Test func `without a usable secret nothing is believed`() throws {
        #expect(try refusal(secrets: []) == .noSecret)
        #expect(try refusal(secrets: [Redacted("whsec_")]) == .noSecret)
        #expect(try refusal(secrets: [Redacted("not base 64")]) == .noSecret)
    }

    @Test func `what is missing or cannot be read has its own name`() throws {
        #expect(try refusal(id: nil) == .missing)
        #expect(try refusal(id: "") == .missing)
        #expect(try refusal(signature: .some(nil)) == .missing)
        #expect(try refusal(id: "msg.1") == .malformed)
        for timestamp in ["-1", "+1795000000", "1795000000.5", "٣", "1795000000 ", "9999999999999"] {
            #expect(try refusal(timestamp: timestamp) == .malformed)
        }
    }

    @Test func `no flipped bit of a signature, an id, a timestamp or a body passes`() throws {
        let headers = try StandardWebhooks.sign(id: "msg_1", at: now, body: body, secret: secret)
        for changed in bitFlips(of: headers.signature) { #expect(try refusal(signature: changed) != nil) }
        for changed in bitFlips(of: "msg_1") { #expect(try refusal(id: changed) != nil) }
        for changed in bitFlips(of: headers.timestamp) { #expect(try refusal(timestamp: changed) != nil) }
        for index in body.indices {
            var changed = body
            changed[index] ^= 1
            #expect(try refusal(body: changed) == .forged)
        }
    }

    @Test func `garbage in the headers is refused and breaks nothing`() throws {
        for bytes in garbage(seed: 0x57_EB, count: 2_000, pieces: ["v1,", " ", ",", "v1a,", "=", "whsec_"]) {
            let text = String(repairing: bytes)
            #expect(try refusal(id: text) != nil)
            #expect(try refusal(timestamp: text) != nil)
            #expect(try refusal(signature: text) != nil)
            #expect(try refusal(secrets: [Redacted(text)]) != nil)
        }
    }
}
