public import Basics

/// The secret of a signed-in session, for its cookie.
public struct SessionSecret: RandomToken {
    public let text: Redacted<String>
    public let digest: [UInt8]
    public init(text: Redacted<String>, digest: [UInt8]) {
        self.text = text
        self.digest = digest
    }
}
