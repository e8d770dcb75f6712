public import Basics

/// What happened in a conversation.
public enum EventBody: Hashable, Sendable {
    case opened(language: String?, form: [FormField])
    case text(String)
    case note(String)
    case queued(QueueReason)
    case offered(reps: [RepName], deadline: Timestamp?, why: RingReason, from: RepName?)
    case unoffered(rep: RepName, why: OfferEnd)
    case joined(rep: RepName, from: RepName?)
    case left(rep: RepName)
    case closed(by: Side, disposition: String?)
    case reopened
    case rated(score: Int, comment: String?)
    case claims(kind: ClaimKind, value: String)
    case linked(person: PersonName, how: LinkReason)
    case unlinked(person: PersonName)
    case call(CallMilestone)
    case wrapUp(disposition: String, next: String?)

    /// Whether the visitor is given this event, and so whether it takes a number in the visitor's series.
    public var isVisibleToVisitor: Bool {
        switch self {
        case .opened, .text, .joined, .left, .closed, .reopened, .rated: true
        case .note, .queued, .offered, .unoffered, .claims, .linked, .unlinked, .call, .wrapUp: false
        }
    }
}

/// A field that a visitor filled in before the chat; what stands in it is a claim.
public struct FormField: Hashable, Sendable {
    public let name: String
    public let value: String
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

public enum Side: String, Hashable, Sendable { case visitor, rep, carrier, system }
public enum QueueReason: String, Hashable, Sendable { case opened, released, declined, timeout, reopened, lost }
public enum RingReason: String, Hashable, Sendable {
    case owner, previous = "last_rep", longestIdle = "longest_idle", transfer, carrier, everyone
}
public enum OfferEnd: String, Hashable, Sendable { case accepted, elsewhere, declined, timeout, ended, withdrawn }
public enum ClaimKind: String, Hashable, Sendable, CaseIterable { case name, email, phone, topic }
public enum LinkReason: String, Hashable, Sendable { case number, proof, rep }

public struct RepName: Hashable, Sendable {
    public let id: RepID
    public let name: String
    public init(id: RepID, name: String) {
        self.id = id
        self.name = name
    }
}

public struct PersonName: Hashable, Sendable {
    public let id: PersonID
    public let name: String
    public init(id: PersonID, name: String) {
        self.id = id
        self.name = name
    }
}

/// One step of a call as the timeline shows it.
public struct CallMilestone: Hashable, Sendable {
    public enum What: String, Hashable, Sendable, CaseIterable {
        case offered, queued, ringing, answered, held, resumed, transferred, ended, voicemail, recording
    }
    public var what: What
    /// Who, when the step is one agent's; the id is missing for an address that is mapped to no rep.
    public var agent: AgentName?
    public var disposition: CallDisposition?
    public var endedBy: Side?
    /// Talking time in seconds, on `ended`.
    public var seconds: Int?

    public init(
        _ what: What,
        agent: AgentName? = nil,
        disposition: CallDisposition? = nil,
        endedBy: Side? = nil,
        seconds: Int? = nil
    ) {
        self.what = what
        self.agent = agent
        self.disposition = disposition
        self.endedBy = endedBy
        self.seconds = seconds
    }
}

public struct AgentName: Hashable, Sendable {
    public let id: RepID?
    public let name: String
    public init(id: RepID?, name: String) {
        self.id = id
        self.name = name
    }
}
