public import Basics

public typealias ConversationID = Identifier<Conversation>
public enum Visitor {}
/// A browser that has chatted; a 128-bit secret of its own stands behind it.
public typealias VisitorID = Identifier<Visitor>

public enum Channel: String, Hashable, Sendable { case chat, call }

/// A chat or a call, as the desk sees it: who it is with, whose it is, and where it stands.
///
/// The log of its events is the truth; this is their sum. Transitions live in `Conversation+…` files: each checks,
/// changes the value, and returns the events to be written.
public struct Conversation: Hashable, Sendable {
    public let id: ConversationID
    public let channel: Channel
    public let inbox: String
    public let openedAt: Timestamp
    public internal(set) var state: DeskState
    /// When `state` began.
    public internal(set) var since: Timestamp
    /// Since when it waits for somebody; kept over offers and releases, so that nobody loses a place by being offered.
    public internal(set) var queuedAt: Timestamp
    public internal(set) var endedAt: Timestamp?
    /// Grows with every change of this value; what a compare-and-set compares.
    public internal(set) var revision: Int64
    /// How many events there are, and how many of them the visitor may see; numbered by the store.
    public var seq: Int64
    public var vseq: Int64

    public internal(set) var visitor: VisitorID?
    /// The number of the other party of a call, canonical when it could be read.
    public internal(set) var identity: Identity?
    public internal(set) var numberShown: String?
    public internal(set) var party: PartyMatch
    public internal(set) var language: String?
    public internal(set) var claims: [Claim]

    public internal(set) var disposition: String?
    public internal(set) var rating: Rating?
    /// The oldest message of the visitor that no rep has answered.
    public internal(set) var waitingSince: Timestamp?
    public internal(set) var last: LastLine?
    /// Who said no in this round of offers.
    public internal(set) var declined: [RepID]
    public var marks: Marks
    public internal(set) var call: Call?

    public struct Claim: Hashable, Sendable {
        public let kind: ClaimKind
        public let value: String
        public init(kind: ClaimKind, value: String) {
            self.kind = kind
            self.value = value
        }
    }

    public struct Rating: Hashable, Sendable {
        public let score: Int
        public let comment: String?
        public init(score: Int, comment: String?) {
            self.score = score
            self.comment = comment
        }
    }

    /// The newest line, as a list shows it.
    public struct LastLine: Hashable, Sendable {
        public let kind: String
        public let side: Side
        public let text: String
        public let at: Timestamp
        public static let textLimit = 120
        public init(kind: String, side: Side, text: String, at: Timestamp) {
            self.kind = kind
            self.side = side
            self.text = text
            self.at = at
        }
    }

    /// Restores what a store kept.
    public init(
        id: ConversationID,
        channel: Channel,
        inbox: String,
        openedAt: Timestamp,
        state: DeskState,
        since: Timestamp,
        queuedAt: Timestamp,
        endedAt: Timestamp? = nil,
        revision: Int64 = 1,
        seq: Int64 = 0,
        vseq: Int64 = 0,
        visitor: VisitorID? = nil,
        identity: Identity? = nil,
        numberShown: String? = nil,
        party: PartyMatch = .unknown,
        language: String? = nil,
        claims: [Claim] = [],
        disposition: String? = nil,
        rating: Rating? = nil,
        waitingSince: Timestamp? = nil,
        last: LastLine? = nil,
        declined: [RepID] = [],
        marks: Marks = Marks(),
        call: Call? = nil
    ) {
        self.id = id
        self.channel = channel
        self.inbox = inbox
        self.openedAt = openedAt
        self.state = state
        self.since = since
        self.queuedAt = queuedAt
        self.endedAt = endedAt
        self.revision = revision
        self.seq = seq
        self.vseq = vseq
        self.visitor = visitor
        self.identity = identity
        self.numberShown = numberShown
        self.party = party
        self.language = language
        self.claims = claims
        self.disposition = disposition
        self.rating = rating
        self.waitingSince = waitingSince
        self.last = last
        self.declined = declined
        self.marks = marks
        self.call = call
    }
}

/// How far each side has received and read, in the visitor's series.
public struct Marks: Hashable, Sendable {
    public var visitorReceived: Int64 = 0
    public var visitorRead: Int64 = 0
    public var staffReceived: Int64 = 0
    public var staffRead: Int64 = 0
    public init() {}
    public init(visitorReceived: Int64, visitorRead: Int64, staffReceived: Int64, staffRead: Int64) {
        self.visitorReceived = visitorReceived
        self.visitorRead = visitorRead
        self.staffReceived = staffReceived
        self.staffRead = staffRead
    }

    /// Takes the higher of each, within what there is; says whether anything moved.
    public mutating func advance(_ side: Side, received: Int64, read: Int64, head: Int64) -> Bool {
        let before = self
        let read = min(max(read, 0), head)
        let received = min(max(received, read), head)
        switch side {
        case .visitor:
            visitorReceived = max(visitorReceived, received)
            visitorRead = max(visitorRead, read)
        default:
            staffReceived = max(staffReceived, received)
            staffRead = max(staffRead, read)
        }
        return self != before
    }
}

/// Where a conversation stands at the desk.
public enum DeskState: Hashable, Sendable {
    case queued
    case offered(Offer)
    case active(RepID)
    /// It has ended, and its rep still has to say what came of it.
    case wrapUp(RepID)
    case closed(RepID?)

    public struct Offer: Hashable, Sendable {
        public var reps: [RepID]
        /// When it goes back; nil when the carrier decides how long it rings.
        public var deadline: Timestamp?
        public var why: RingReason
        /// Who keeps it until somebody takes it: a transfer.
        public var from: RepID?
        public init(reps: [RepID], deadline: Timestamp?, why: RingReason, from: RepID? = nil) {
            self.reps = reps
            self.deadline = deadline
            self.why = why
            self.from = from
        }
    }

    public var owner: RepID? {
        switch self {
        case .queued: nil
        case .offered(let offer): offer.from
        case .active(let rep), .wrapUp(let rep): rep
        case .closed(let rep): rep
        }
    }

    public var isOver: Bool {
        switch self {
        case .wrapUp, .closed: true
        case .queued, .offered, .active: false
        }
    }
}

/// Who the other party is, and how sure we are.
public struct PartyMatch: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable { case unique, ambiguous, unknown, anonymous }
    public var kind: Kind
    public var person: PersonID?
    public var assurance: Assurance?
    public var confidence: MatchConfidence?

    public init(
        kind: Kind,
        person: PersonID? = nil,
        assurance: Assurance? = nil,
        confidence: MatchConfidence? = nil
    ) {
        self.kind = kind
        self.person = person
        self.assurance = assurance
        self.confidence = confidence
    }

    public static let unknown = PartyMatch(kind: .unknown)
    public static let anonymous = PartyMatch(kind: .anonymous)

    public init(_ resolution: Resolution) {
        switch resolution {
        case .unique(let candidate):
            self.init(
                kind: .unique,
                person: candidate.person.id,
                // Caller-ID can be forged: a number on the line is never more than the network's word.
                assurance: .network,
                confidence: candidate.confidence
            )
        case .ambiguous(let candidates): self.init(kind: .ambiguous, confidence: candidates.first?.confidence)
        case .unknown: self = .unknown
        }
    }
}
