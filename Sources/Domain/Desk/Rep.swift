public import Basics

public typealias RepID = Identifier<Rep>

public enum Role: String, Hashable, Sendable, CaseIterable {
    case rep, supervisor, admin
    public var seesEverything: Bool { self != .rep }
}

/// Somebody who answers.
public struct Rep: Hashable, Sendable {
    public var id: RepID
    public var name: String
    public var email: String
    public var role: Role
    /// Addresses by which carriers name this rep: extension, SIP user, e-mail.
    public var addresses: [String]
    public var chatsAtOnce: Int
    public var language: String?
    public var isActive: Bool
    public var intent: Intent

    /// What the rep says of herself; whether she is there is measured.
    public enum Intent: String, Hashable, Sendable, CaseIterable { case online, away, busy }
    public static let chatsAtOnceBounds = 1...20

    public init(
        id: RepID,
        name: String,
        email: String,
        role: Role,
        addresses: [String] = [],
        chatsAtOnce: Int = 4,
        language: String? = nil,
        isActive: Bool = true,
        intent: Intent = .online
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.role = role
        self.addresses = addresses
        self.chatsAtOnce = min(max(chatsAtOnce, Self.chatsAtOnceBounds.lowerBound), Self.chatsAtOnceBounds.upperBound)
        self.language = language
        self.isActive = isActive
        self.intent = intent
    }

    public var named: RepName { RepName(id: id, name: name) }
}

/// What one caller of the store may see; a parameter of every question about people and conversations.
public struct Scope: Hashable, Sendable {
    public let viewer: RepID
    public let role: Role
    public init(viewer: RepID, role: Role) {
        self.viewer = viewer
        self.role = role
    }
    public var isUnlimited: Bool { role.seesEverything }

    /// How long after the end of a conversation its rep may still open that person.
    public static let participationWindow = Span.days(7)
}
