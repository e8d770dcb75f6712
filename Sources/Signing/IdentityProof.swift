public import Basics
internal import Foundation

// The site that carries the widget proves who its user is by a JSON Web Token (RFC 7519), HS256:
//
//   header   {"alg":"HS256","typ":"JWT"}
//   claims   sub, aud (the inbox key), iat, exp (an hour after iat at most), jti; email, phone, name if it likes
//
// The algorithm is ours to choose, never the token's: anything but HS256 is refused before a key is touched
// (RFC 8725 §3.1). The secret holds 32 bytes at least (RFC 7518 §3.2).

/// The signed identity of a visitor, both directions.
public enum IdentityProof {
    public static let tokenBytesMax = Limit("identity proof bytes", 8_192)
    public static let secretBytesMin = Limit("identity secret bytes, at least", 32)
    public static let claimBytesMax = Limit("identity claim bytes", 255)
    public static let lifetimeMax = Span.hours(1)
    public static let clockSkewMax = Span.seconds(60)

    /// The claims of a proof made for `inbox` with one of `secrets`, valid `now`.
    ///
    /// Within its life a proof may come more than once: a browser sends the same one at every reconnect. Callers for
    /// whom it must count once look at its `proofID`.
    public static func verify(
        _ token: String,
        inbox: String,
        secrets: [Redacted<String>],
        now: Timestamp
    ) throws(IdentityRefusal) -> IdentityClaims {
        guard tokenBytesMax.admits(token.utf8.count) else { throw .malformed }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = decode(Header.self, parts[0]) else { throw .malformed }
        // An extension that must be understood is one that we do not understand (RFC 7515 §4.1.11).
        guard header.alg == "HS256", header.crit == nil else { throw .unsupportedAlgorithm }

        let keys = secrets.map { Array($0.reveal().utf8) }.filter { $0.count >= secretBytesMin.value }
        guard !keys.isEmpty else { throw .noSecret }
        let signed = String(token[..<parts[1].endIndex])
        var matches = false
        for key in keys where ConstantTime.equal(String(parts[2]), code(signed, key: key)) { matches = true }
        guard matches else { throw .forged }

        guard let claims = decode(Claims.self, parts[1])?.checked else { throw .malformed }
        guard !inbox.isEmpty, ConstantTime.equal(claims.audience, inbox) else { throw .wrongAudience }
        let lifetime = claims.expiresAt - claims.issuedAt
        guard lifetime > Span.seconds(0), lifetime <= lifetimeMax else { throw .wrongLifetime }
        guard now < claims.expiresAt else { throw .expired }
        guard claims.issuedAt <= now + clockSkewMax else { throw .notYetValid }
        return claims
    }

    /// The token that says `claims`, as the site's own server would make it.
    public static func sign(_ claims: IdentityClaims, secret: Redacted<String>) throws(IdentityRefusal) -> String {
        let key = Array(secret.reveal().utf8)
        guard key.count >= secretBytesMin.value else { throw .noSecret }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let body = try? encoder.encode(Claims(claims)) else { throw .malformed }
        let signed = ByteText.base64URL(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8)) + "." + ByteText.base64URL(body)
        return signed + "." + code(signed, key: key)
    }
}

extension IdentityProof {

    private static func decode<Value: Decodable>(_ type: Value.Type, _ part: Substring) -> Value? {
        guard let bytes = ByteText.fromBase64(String(part)) else { return nil }
        return try? JSONDecoder().decode(type, from: Data(bytes))
    }

    private static func code(_ signed: String, key: [UInt8]) -> String {
        ByteText.base64URL(MessageAuthentication.hmac(.sha256, key: key, message: Array(signed.utf8)))
    }
}
