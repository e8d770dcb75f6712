import Basics
import Domain
import Storage

/// Things to store, with as little said as a test needs.
enum Make {
    static let start = Timestamp(seconds: 1_800_000_000)

    static func rep(_ id: String, role: Role = .rep) -> Rep {
        Rep(id: RepID(id), name: "Rep \(id)", email: "\(id)@example.org", role: role)
    }

    static func scope(_ id: String, role: Role = .rep) -> Scope { Scope(viewer: RepID(id), role: role) }

    static func person(_ id: String, name: String? = nil, owner: String? = nil) -> Person {
        Person(
            id: PersonID(id),
            name: name ?? "Person \(id)",
            lifecycle: .lead,
            owner: owner.map { RepID($0) },
            createdAt: start
        )
    }

    static func chat(
        _ id: String,
        visitor: String = "visitor",
        inbox: String = "inbox",
        party: PartyMatch = .unknown,
        cid: String? = nil,
        at now: Timestamp = start
    ) -> (Conversation, [EventDraft]) {
        let visitor = VisitorID(visitor)
        return Conversation.openChat(
            id: ConversationID(id),
            inbox: inbox,
            visitor: visitor,
            language: "de",
            form: [],
            party: party,
            deed: Deed(.visitor(visitor), cid: cid.map { ClientMessageID($0) }, at: now)
        )
    }

    /// A conversation as it stands after `state` was reached, with one event that says nothing.
    static func conversation(
        _ id: String,
        channel: Channel = .chat,
        visitor: String? = nil,
        state: DeskState,
        person: String? = nil,
        identity: Identity? = nil,
        openedAt: Timestamp = start,
        since: Timestamp? = nil,
        endedAt: Timestamp? = nil,
        call: Call? = nil
    ) -> Conversation {
        Conversation(
            id: ConversationID(id),
            channel: channel,
            inbox: "inbox",
            openedAt: openedAt,
            state: state,
            since: since ?? openedAt,
            queuedAt: openedAt,
            endedAt: endedAt,
            visitor: visitor.map { VisitorID($0) },
            identity: identity,
            party: person.map {
                PartyMatch(kind: .unique, person: PersonID($0), assurance: .confirmed, confidence: .exact)
            } ?? .unknown,
            call: call
        )
    }

    static func draft(
        _ text: String = "hello",
        author: Author = .system,
        cid: String? = nil,
        audience: Audience = .everyone,
        at now: Timestamp = start
    ) -> EventDraft {
        EventDraft(
            author: author,
            cid: cid.map { ClientMessageID($0) },
            at: now,
            body: .text(text),
            audience: audience
        )
    }

    static func link(
        _ identity: Identity,
        _ person: String,
        _ assurance: Assurance = .confirmed,
        exclusive: Bool = false,
        shared: Bool = false,
        at now: Timestamp = start
    ) -> IdentityLink {
        IdentityLink(
            identity: identity,
            person: PersonID(person),
            assurance: assurance,
            isExclusive: exclusive,
            isShared: shared,
            firstSeen: now,
            lastSeen: now
        )
    }

    static func merge(_ id: String, _ loser: String, into winner: String) -> MergeEdge {
        MergeEdge(
            id: MergeID(id),
            loser: PersonID(loser),
            winner: PersonID(winner),
            by: .rep(RepID("rep")),
            reason: "the same",
            at: start
        )
    }
}
