public import Basics

// Standard Webhooks, symmetric: https://github.com/standard-webhooks/standard-webhooks
//
//   webhook-id: msg_1
//   webhook-timestamp: 1795000000                          seconds since 1970
//   webhook-signature: v1,<base64> v1,<base64> …           HMAC-SHA256 over  id "." timestamp "." raw body
//   secret: whsec_<base64 of 24 to 64 random bytes>
//
// A sender that rotates its secret sends one signature for each; a receiver that rotates holds two secrets. Any pair may fit.

/// The signature scheme of generic senders, both directions.
public enum StandardWebhooks {
    public static let toleranceDefault = Span.seconds(300)
    public static let secretBytesMin = Limit("webhook secret bytes, at least", 24)
    public static let secretBytesMax = Limit("webhook secret bytes, at most", 64)

    /// The three headers of a signed request.
    public struct Headers: Hashable, Sendable {
        public let id: String
        public let timestamp: String
        public let signature: String

        /// Names and values as they go over the wire.
        public var fields: [(name: String, value: String)] {
            [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature)]
        }
    }

    /// Returns if one of the signatures was made by one of the secrets, over exactly these bytes, within the replay window.
    ///
    /// Repeats inside the window are the caller's to notice, by `id`.
    public static func verify(
        id: String?,
        timestamp: String?,
        body: [UInt8],
        signatureHeader: String?,
        secrets: [Redacted<String>],
        now: Timestamp,
        tolerance: Span = toleranceDefault
    ) throws(SignatureRefusal) {
        guard let id, let timestamp, let signatureHeader, !id.isEmpty, !timestamp.isEmpty, !signatureHeader.isEmpty
        else { throw .missing }
        // The full stop separates what is signed: an id with one in it could be cut in two ways.
        guard !id.utf8.contains(UInt8(ascii: ".")), let signedAt = moment(timestamp) else { throw .malformed }
        guard now - signedAt <= tolerance else { throw .tooOld }
        guard signedAt - now <= tolerance else { throw .tooNew }

        let offered = signatureHeader.utf8.split(separator: UInt8(ascii: " ")).map(Array.init)
        let expected = secrets.compactMap { key($0) }.map { code(id, timestamp, body, key: $0) }
        guard !expected.isEmpty else { throw .noSecret }
        var matches = false
        for offer in offered {
            for answer in expected where ConstantTime.equal(offer, Array(answer.utf8)) { matches = true }
        }
        guard matches else { throw .forged }
    }

    /// The headers that make `body` ours, by the first secret.
    public static func sign(
        id: String,
        at now: Timestamp,
        body: [UInt8],
        secret: Redacted<String>
    ) throws(SignatureRefusal) -> Headers {
        guard !id.isEmpty, !id.utf8.contains(UInt8(ascii: ".")) else { throw .malformed }
        guard let key = key(secret) else { throw .noSecret }
        let timestamp = String(now.milliseconds / 1_000)
        return Headers(id: id, timestamp: timestamp, signature: code(id, timestamp, body, key: key))
    }

    /// A fresh secret of 32 random bytes.
    public static func makeSecret() -> Redacted<String> {
        Redacted("whsec_" + ByteText.base64(SecureRandom.bytes(32)))
    }

    /// Whether a configured secret can be used at all, so that a slip is found at start and not by a refused request.
    public static func isUsable(_ secret: Redacted<String>) -> Bool { key(secret) != nil }

    private static func key(_ secret: Redacted<String>) -> [UInt8]? {
        var text = secret.reveal()
        if text.hasPrefix("whsec_") { text.removeFirst("whsec_".count) }
        guard let key = ByteText.fromBase64(text) else { return nil }
        return key.count >= secretBytesMin.value && secretBytesMax.admits(key.count) ? key : nil
    }

    private static func code(_ id: String, _ timestamp: String, _ body: [UInt8], key: [UInt8]) -> String {
        let message = Array("\(id).\(timestamp).".utf8) + body
        return "v1," + ByteText.base64(MessageAuthentication.hmac(.sha256, key: key, message: message))
    }

    /// Digits only: `Int` would also read a sign.
    private static func moment(_ text: String) -> Timestamp? {
        guard text.utf8.count <= 12, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int64(text).map { Timestamp(seconds: $0) }
    }
}
