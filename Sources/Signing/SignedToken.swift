public import Basics

// A signed token is four parts with full stops between them:
//
//   v1.<key id>.<payload, base64url>.<HMAC-SHA256 over the first three parts, base64url>
//
// The payload can be read by whoever holds the token; it is signed, not hidden.

/// Bytes that come back to us unchanged or not at all.
public enum SignedToken {
    public static let textBytesMax = Limit("token bytes", 2_048)

    /// The token that carries `payload`, signed with the current key.
    public static func seal(_ payload: [UInt8], with ring: SigningKeyRing) -> String {
        let signed = "v1.\(ring.current).\(ByteText.base64URL(payload))"
        return signed + "." + code(signed, key: ring.currentKey)
    }

    /// The payload of a token that a key of the ring signed.
    public static func open(_ text: String, with ring: SigningKeyRing) throws(TokenRefusal) -> [UInt8] {
        guard textBytesMax.admits(text.utf8.count) else { throw .malformed }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "v1" else { throw .malformed }
        guard let key = ring.key(String(parts[1])) else { throw .unknownKey }
        let signed = text[..<parts[2].endIndex]
        guard ConstantTime.equal(String(parts[3]), code(String(signed), key: key)) else { throw .forged }
        guard let payload = ByteText.fromBase64(String(parts[2])) else { throw .malformed }
        return payload
    }

    private static func code(_ signed: String, key: [UInt8]) -> String {
        ByteText.base64URL(MessageAuthentication.hmac(.sha256, key: key, message: Array(signed.utf8)))
    }
}
