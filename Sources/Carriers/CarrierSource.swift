public import Basics

/// One configured sender: a customer's account at a carrier, or one telephone system.
public struct CarrierSource: Sendable {
    public var carrier: String
    public var account: String
    /// Every secret that counts now: two while one replaces the other.
    public var secrets: [Redacted<String>]
    /// Secrets that the sender calls by name (shared keys of Twilio).
    public var namedSecrets: [String: Redacted<String>]
    /// Whether a request without any proof is taken; one with a wrong proof never is.
    public var allowsUnsigned: Bool
    /// Scheme, host and port by which the carrier reaches us, without a slash at the end.
    public var publicBaseURL: String
    /// Answers in the words of the carrier, where it asks what to do; the adapter says which names there are.
    public var replies: [String: String]

    public init(
        carrier: String,
        account: String,
        secrets: [Redacted<String>],
        namedSecrets: [String: Redacted<String>] = [:],
        allowsUnsigned: Bool = false,
        publicBaseURL: String,
        replies: [String: String] = [:]
    ) {
        self.carrier = carrier
        self.account = account
        self.secrets = secrets
        self.namedSecrets = namedSecrets
        self.allowsUnsigned = allowsUnsigned
        self.publicBaseURL = publicBaseURL.hasSuffix("/") ? String(publicBaseURL.dropLast()) : publicBaseURL
        self.replies = replies
    }
}
