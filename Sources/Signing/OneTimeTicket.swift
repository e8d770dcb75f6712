public import Basics

/// A pass for one use soon, such as opening the socket of a session.
public struct OneTimeTicket: RandomToken {
    public let text: Redacted<String>
    public let digest: [UInt8]
    public init(text: Redacted<String>, digest: [UInt8]) {
        self.text = text
        self.digest = digest
    }
}
