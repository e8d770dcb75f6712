public import Basics

/// One phone call, however many legs and carrier records it had: the sum of its events.
public struct Call: Hashable, Sendable {
    public enum State: String, Hashable, Sendable { case offered, queued, ringing, answered, held, ended }

    public var key: CallKey
    public var direction: CallDirection = .inbound
    public var from: String?
    public var to: String?
    public var line: String?
    public var queue: String?
    public var legs: [Leg] = []
    public var startedAt: Timestamp
    public var queuedAt: Timestamp?
    public var ringingAt: Timestamp?
    public var answeredAt: Timestamp?
    public var endedAt: Timestamp?
    public var isHeld = false
    public var hasVoicemail = false
    public var recording: String?
    public var cause: CallCause?
    public var endedBy: Side?
    public var reportedTalkSeconds: Int?
    /// Nil until the call has ended and settled.
    public var disposition: CallDisposition?

    public init(key: CallKey, startedAt: Timestamp) {
        self.key = key
        self.startedAt = startedAt
    }

    public var state: State {
        if endedAt != nil { return .ended }
        if answeredAt != nil { return isHeld ? .held : .answered }
        if legs.contains(where: { $0.isRinging }) || (ringingAt != nil && legs.isEmpty) { return .ringing }
        return queuedAt != nil ? .queued : .offered
    }

    /// The party outside: whom the resolver is asked about.
    public var outsideNumber: String? { direction == .outbound ? to : from }

    /// Addresses of the agents whose phones ring now.
    public var ringing: [String] { state == .ended ? [] : legs.filter(\.isRinging).map(\.agent) }

    /// The agent who talks, or talked last.
    public var answeredBy: String? {
        legs.filter { $0.answeredAt != nil }
            .max { ($0.answeredAt?.milliseconds ?? 0, $0.id) < ($1.answeredAt?.milliseconds ?? 0, $1.id) }?.agent
    }

    /// The agent whose call this is: who answered it, or who dials it.
    public var heldBy: String? {
        if let answeredBy { return answeredBy }
        return direction == .outbound && legs.count == 1 ? legs[0].agent : nil
    }

    public var talkSeconds: Int? {
        if let reportedTalkSeconds { return reportedTalkSeconds }
        guard let answeredAt, let endedAt else { return nil }
        return Int(max(0, (endedAt - answeredAt).milliseconds) / 1_000)
    }

    /// One agent's part.
    public struct Leg: Hashable, Sendable {
        public var id: String
        public var agent: String
        public var ringingAt: Timestamp?
        public var answeredAt: Timestamp?
        public var endedAt: Timestamp?
        public var cause: CallCause?

        public init(id: String, agent: String) {
            self.id = id
            self.agent = agent
        }
        public var isRinging: Bool { ringingAt != nil && answeredAt == nil && endedAt == nil }
    }
}

/// How a call came out.
public enum CallDisposition: String, Hashable, Sendable, CaseIterable {
    case answered, missed, abandoned, voicemail, busy, noAnswer = "no_answer", failed, blocked
}
