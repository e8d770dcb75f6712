public import Basics

/// Who the site says its signed-in visitor is.
///
/// Names and addresses are kept from log lines; the site answers for their truth.
public struct IdentityClaims: Hashable, Sendable {
    /// The site's own id of this user.
    public let subject: String
    /// The inbox that the proof was made for.
    public let audience: String
    /// The name of this one proof; a proof is used once.
    public let proofID: String
    public let email: Redacted<String>?
    public let phone: Redacted<String>?
    public let name: Redacted<String>?
    public let issuedAt: Timestamp
    public let expiresAt: Timestamp

    public init(
        subject: String,
        audience: String,
        proofID: String,
        email: Redacted<String>? = nil,
        phone: Redacted<String>? = nil,
        name: Redacted<String>? = nil,
        issuedAt: Timestamp,
        expiresAt: Timestamp
    ) {
        self.subject = subject
        self.audience = audience
        self.proofID = proofID
        self.email = email
        self.phone = phone
        self.name = name
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}
