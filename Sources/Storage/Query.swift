public import Basics
public import Domain

/// A question to the memory; several asked together are answered from one snapshot.
///
/// Whatever a rep asks about people or conversations carries her `Scope`: what is outside it does not exist for her.
public enum Query: Hashable, Sendable {
    case head

    case conversation(ConversationID)
    /// All that are not closed, for start-up.
    case liveConversations
    /// The queue with who waits longest first, the others newest first: by end when done, else by beginning.
    case conversations(ConversationView, Scope, before: Cursor?, limit: Int)
    /// The newest conversations of a visitor, newest first, open or not.
    case visitorConversations(VisitorID, inbox: String, limit: Int)
    case openChat(VisitorID, inbox: String)
    /// Events before `before` (all when nil), the last `limit` of them, ascending.
    case events(ConversationID, before: Int64?, limit: Int)
    /// The same in the visitor's series.
    case visitorEvents(ConversationID, beforeVseq: Int64?, limit: Int)
    /// Positions of this feed are numbers of the visitor's series.
    case visitorFeed(ConversationID, afterVseq: Int64, limit: Int)
    /// What an author wrote under this client id, whenever that was.
    case event(Author, ClientMessageID)
    /// Conversations over this handle (a number, or a visitor's browser) that belong to no person yet, newest first.
    case orphans(Identity, limit: Int)
    /// What the scope was given after a position; at most `limit` events, looking at most `scan` positions ahead.
    case staffFeed(after: LogPosition, Scope, limit: Int, scan: Int)
    case timeline(PersonID, before: LogPosition?, limit: Int)

    /// The person that this record now stands for, which is another one after a merge; so do all questions about people.
    case person(PersonID)
    case isVisible(PersonID, Scope, now: Timestamp)
    case card(PersonID)
    /// Whom these handles may mean: exact ones first; `national` and `suffix` (8 digits) only when nobody is found before.
    case candidates(exact: [Identity], national: [Identity], suffix: String?, now: Timestamp)
    case people(search: String, Scope, after: Cursor?, limit: Int, now: Timestamp)
    case organisation(name: String)
    /// Who talked to this person last.
    case lastRep(PersonID)
    case mergeEdge(MergeID)
    case pages(VisitorID, limit: Int)
    /// The visitors whose browsers are proven, or confirmed by a rep, to be this person's.
    case visitors(of: PersonID)

    case aliases([CallKey])
    case callEvents(ConversationID)
    case deliveries(RawDelivery.State, limit: Int)
    case delivery(DeliveryID)
    case deliveryCounts

    case reps
    case login(email: String)
    case session(hash: String)
    case visitor(VisitorID)
    case today(since: Timestamp)
}

public enum ConversationView: String, Hashable, Sendable { case queue, done, all }

/// Where the next page begins; opaque to clients.
public struct Cursor: Hashable, Sendable {
    public let rawValue: String
    public init(_ rawValue: String) { self.rawValue = rawValue }
}

public enum Answer: Hashable, Sendable {
    case head(LogPosition)
    case conversation(Conversation?)
    case conversations([Conversation], next: Cursor?)
    /// Ascending; `more` when there are older ones.
    case events([LogEvent], more: Bool)
    case event(LogEvent?)
    /// What was found up to `through`; `isComplete` when that is the head.
    case feed([LogEvent], through: LogPosition, isComplete: Bool)
    case timeline(Timeline)
    case person(Person?)
    case flag(Bool)
    case card(PersonCard?)
    case candidates([Candidate])
    case people([PersonSummary], next: Cursor?)
    case organisation(Organisation?)
    case rep(RepID?)
    case mergeEdge(MergeEdge?)
    case pages([PageView])
    case visitors([VisitorID])
    case aliases([CallKey: ConversationID])
    case callEvents([CallEvent])
    case deliveries([RawDelivery])
    case deliveryCounts([RawDelivery.State: Int])
    case reps([Rep])
    case login(Rep?, hash: Redacted<String>?)
    case session(SessionRecord?, Rep?)
    case visitor(VisitorRecord?)
    case today(DayFigures)
}

public struct Timeline: Hashable, Sendable {
    /// Ascending.
    public var events: [LogEvent]
    public var conversations: [Conversation]
    public var pages: [PageView]
    public var more: Bool
    public init(events: [LogEvent], conversations: [Conversation], pages: [PageView], more: Bool) {
        self.events = events
        self.conversations = conversations
        self.pages = pages
        self.more = more
    }
}

public struct PersonSummary: Hashable, Sendable {
    public var person: Person
    public var organisation: Organisation?
    public var owner: RepName?
    public var phones: [String]
    public var emails: [String]
    public init(person: Person, organisation: Organisation?, owner: RepName?, phones: [String], emails: [String]) {
        self.person = person
        self.organisation = organisation
        self.owner = owner
        self.phones = phones
        self.emails = emails
    }
}

/// What a screen pop shows of a person.
public struct PersonCard: Hashable, Sendable {
    public var summary: PersonSummary
    /// Open ones first, then newest first; at most 10.
    public var deals: [Deal]
    /// The last contacts, newest first; at most 5.
    public var recent: [Conversation]
    /// Names of the reps that `recent` mentions.
    public var reps: [RepName]
    public var merged: [Merged]

    public struct Merged: Hashable, Sendable {
        public var edge: MergeID
        public var person: PersonName
        public var at: Timestamp
        public init(edge: MergeID, person: PersonName, at: Timestamp) {
            self.edge = edge
            self.person = person
            self.at = at
        }
    }

    public init(summary: PersonSummary, deals: [Deal], recent: [Conversation], reps: [RepName], merged: [Merged]) {
        self.summary = summary
        self.deals = deals
        self.recent = recent
        self.reps = reps
        self.merged = merged
    }
}

/// What has happened since a moment, counted from the log.
public struct DayFigures: Hashable, Sendable {
    public var chats = 0
    public var calls = 0
    public var answeredCalls = 0
    public var missedCalls = 0
    public var abandonedCalls = 0
    /// Sum and number of the waits of answered calls, from first ring or queue to answer.
    public var answerWait = Span(milliseconds: 0)
    public var answerWaits = 0
    public init() {}
}
