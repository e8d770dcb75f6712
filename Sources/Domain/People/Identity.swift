public import Basics

/// How sure we are that an identity belongs to a person.
///
/// Only `confirmed` and above may own an identity; what a visitor types (`claimed`) never opens, changes or merges a record.
public enum Assurance: Int, Hashable, Comparable, Sendable, CaseIterable {
    case claimed = 0
    case network = 1
    case confirmed = 2
    case verified = 3
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    public var mayOwn: Bool { self >= .confirmed }
}

/// A handle by which somebody can be recognised.
public struct Identity: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case phone, email, visitor
        /// The id of the person at a host site or another system, given by `issuer`.
        case external = "ext"
    }
    public let kind: Kind
    public let issuer: String
    /// Canonical: E.164, lower-case mail, visitor id, external id.
    public let value: String

    public init(_ kind: Kind, _ value: String, issuer: String = "") {
        self.kind = kind
        self.issuer = issuer
        self.value = value
    }

    public static func email(_ text: String) -> Identity? {
        let trimmed = text.trimmingSpaces().lowercased()
        let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), trimmed.utf8.count <= 254,
            !trimmed.unicodeScalars.contains(where: { $0.value <= 32 || $0.value == 127 })
        else { return nil }
        return Identity(.email, trimmed)
    }
}

/// The edge between an identity and a person.
public struct IdentityLink: Hashable, Sendable {
    public var identity: Identity
    public var person: PersonID
    public var assurance: Assurance
    /// One person alone owns the identity; needs `confirmed` at least.
    public var isExclusive: Bool
    /// A household's or a switchboard's number: many people, never exclusive.
    public var isShared: Bool
    public var firstSeen: Timestamp
    public var lastSeen: Timestamp

    public init(
        identity: Identity,
        person: PersonID,
        assurance: Assurance,
        isExclusive: Bool = false,
        isShared: Bool = false,
        firstSeen: Timestamp,
        lastSeen: Timestamp
    ) {
        self.identity = identity
        self.person = person
        self.assurance = assurance
        self.isExclusive = isExclusive && assurance.mayOwn && !isShared
        self.isShared = isShared
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}

extension String {
    func trimmingSpaces() -> String {
        var view = self[...]
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }
}
