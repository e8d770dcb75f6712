public import Basics
public import Domain

/// One change of the memory.
public enum Write: Hashable, Sendable {
    /// A new conversation and its first events; one open chat for each visitor and inbox.
    case open(Conversation, [EventDraft])
    /// Further events, and the conversation as it is after them.
    ///
    /// `assuming` is the revision before; `extent` says how much of the conversation changed.
    case append(Conversation, assuming: Int64, [EventDraft], extent: Extent)
    /// Raises the marks; never lowers one.
    ///
    /// `open` and `append` leave them alone: what an append returns has the marks as they are stored.
    case marks(ConversationID, Marks)

    /// A request of a carrier as it came, before anybody tried to understand it; unique by carrier, account and key.
    case delivery(RawDelivery)
    case deliveryResult(DeliveryID, RawDelivery.State, note: String?, at: Timestamp)
    case callEvents(ConversationID, [CallEvent])
    case alias(CallKey, ConversationID)

    case insertPerson(Person)
    /// The store counts the revision: it is `assuming` plus one afterwards.
    case updatePerson(Person, assuming: Int64)
    case insertOrganisation(Organisation)
    /// Adds or strengthens a link: the higher assurance, the later `lastSeen`; an exclusive link has no rival.
    case link(IdentityLink)
    /// Takes the link from everything that the person is made of; a link made later begins anew.
    case unlink(Identity, PersonID, at: Timestamp)
    /// For some time, this number means this person without asking.
    case remember(Identity, PersonID, until: Timestamp)
    case merge(MergeEdge)
    case undoMerge(MergeID, by: Author, at: Timestamp)
    case deal(Deal)

    /// A visitor is here: made on the first visit, touched on later ones.
    case visitor(VisitorRecord)
    case page(VisitorID, PageView)

    /// Adds a rep, or changes one with the same id; mail addresses are unique.
    case rep(Rep)
    case password(RepID, hash: Redacted<String>)
    case intent(RepID, Rep.Intent)
    case session(SessionRecord)
    case touchSession(hash: String, at: Timestamp)
    case endSession(hash: String)
    case endSessions(of: RepID)

    /// How much of a conversation an append changed.
    public enum Extent: Hashable, Sendable {
        /// Only the newest line and who waits: the common message, kept cheap.
        case line
        case all
    }
}

public typealias DeliveryID = Identifier<RawDelivery>

/// A carrier's request as it came over the wire.
public struct RawDelivery: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case pending, applied
        /// Authentic, but not understood; kept to be replayed after the mapping was mended.
        case unparsable
        /// Understood, but it failed too often on the way.
        case failed
    }
    public var id: DeliveryID
    public var carrier: String
    public var account: String
    /// What makes a repeat a repeat.
    public var key: String
    public var receivedAt: Timestamp
    public var contentType: String
    public var query: String
    public var body: [UInt8]
    public var state: State
    public var note: String?

    public init(
        id: DeliveryID,
        carrier: String,
        account: String,
        key: String,
        receivedAt: Timestamp,
        contentType: String,
        query: String,
        body: [UInt8],
        state: State = .pending,
        note: String? = nil
    ) {
        self.id = id
        self.carrier = carrier
        self.account = account
        self.key = key
        self.receivedAt = receivedAt
        self.contentType = contentType
        self.query = query
        self.body = body
        self.state = state
        self.note = note
    }
}

public struct VisitorRecord: Hashable, Sendable {
    public var id: VisitorID
    public var inbox: String
    public var language: String?
    public var firstSeen: Timestamp
    public var lastSeen: Timestamp
    public init(id: VisitorID, inbox: String, language: String?, firstSeen: Timestamp, lastSeen: Timestamp) {
        self.id = id
        self.inbox = inbox
        self.language = language
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}

public struct PageView: Hashable, Sendable {
    public var at: Timestamp
    public var url: String
    public var title: String
    public init(at: Timestamp, url: String, title: String) {
        self.at = at
        self.url = url
        self.title = title
    }
    public static let urlLimit = Limit("page.url", 2_000)
    public static let titleLimit = Limit("page.title", 300)
}

/// A login, of whose secret the store knows the hash alone.
public struct SessionRecord: Hashable, Sendable {
    public var hash: String
    public var rep: RepID
    public var createdAt: Timestamp
    public var lastSeen: Timestamp
    public init(hash: String, rep: RepID, createdAt: Timestamp, lastSeen: Timestamp) {
        self.hash = hash
        self.rep = rep
        self.createdAt = createdAt
        self.lastSeen = lastSeen
    }
}
