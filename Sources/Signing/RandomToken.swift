public import Basics

/// A secret that is shown once and stored as its digest: what a stolen database holds opens nothing.
public protocol RandomToken: Sendable {
    /// What the holder shows.
    var text: Redacted<String> { get }
    /// What we keep: the SHA-256 of `text`.
    var digest: [UInt8] { get }
    init(text: Redacted<String>, digest: [UInt8])
}

extension RandomToken {
    /// A fresh one of 256 random bits.
    public static func make() -> Self {
        let text = ByteText.base64URL(SecureRandom.bytes(32))
        return Self(text: Redacted(text), digest: Digest.sha256(Array(text.utf8)))
    }

    /// The digest to look up for what somebody shows; nothing for what cannot be one of ours.
    public static func digest(of text: String) -> [UInt8]? {
        guard text.utf8.count == 43, ByteText.fromBase64(text)?.count == 32 else { return nil }
        return Digest.sha256(Array(text.utf8))
    }
}
