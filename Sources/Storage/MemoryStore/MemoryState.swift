import Basics
import Domain

/// All that a memory knows, as values; the slices say how it changes and what it answers.
struct MemoryState: Sendable {
    /// Position minus one is the index.
    var log: [LogEvent] = []
    var positions: [Signature: Int] = [:]
    var conversations: [ConversationID: KeptConversation] = [:]

    var deliveries: [RawDelivery] = []
    var callEvents: [ConversationID: [CallEvent]] = [:]
    var aliases: [CallKey: ConversationID] = [:]

    var people: [PersonID: Person] = [:]
    /// The person that each record stands for, derived from the live edges.
    var canonical: [PersonID: PersonID] = [:]
    var edges: [MergeEdge] = []
    var organisations: [OrganisationID: Organisation] = [:]
    var links: [Identity: [PersonID: KeptLink]] = [:]
    var remembered: [Identity: (person: PersonID, until: Timestamp)] = [:]
    var deals: [DealID: Deal] = [:]

    var visitors: [VisitorID: VisitorRecord] = [:]
    var pages: [VisitorID: [PageView]] = [:]
    var reps: [RepID: Rep] = [:]
    var passwords: [RepID: Redacted<String>] = [:]
    var sessions: [String: SessionRecord] = [:]

    /// What makes a repeat a repeat.
    struct Signature: Hashable {
        let author: Author
        let cid: ClientMessageID
    }

    struct KeptConversation {
        var value: Conversation
        /// Indices into the log, ascending.
        var events: [Int] = []
        /// Everyone who ever had it or was asked to take it.
        var participants: Set<RepID> = []
    }

    struct KeptLink {
        var link: IdentityLink
        var retractedAt: Timestamp?
    }
}
