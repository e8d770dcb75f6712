public import Basics

/// What a carrier said about a call, in our words.
///
/// Any order and any repetition of these gives the same call.
public struct CallEvent: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case offered, queued, ringing, ringEnded = "ring_ended", answered, held, resumed, transferred, voicemail,
            recording, ended

        /// Which of two events at the same moment comes first.
        public var rank: Int {
            switch self {
            case .offered: 10
            case .queued: 15
            case .ringing: 20
            case .ringEnded: 30
            case .answered: 40
            case .held: 41
            case .resumed: 42
            case .transferred: 43
            case .voicemail: 50
            case .recording: 60
            case .ended: 90
            }
        }
    }

    public var kind: Kind
    public var call: CallKey
    /// The carrier's name for the leg that this is about; nil when it is about the call as a whole.
    public var leg: String?
    public var direction: CallDirection?
    /// Numbers and addresses as the carrier wrote them.
    public var from: String?
    public var to: String?
    /// The number of ours that was dialled, or that we dial from.
    public var line: String?
    public var queue: String?
    /// Agents that this is about, by whatever address the carrier uses.
    public var agents: [String]
    public var cause: CallCause?
    public var endedBy: Side?
    public var talkSeconds: Int?
    /// The carrier's clock; nil when it gave none that can be read.
    public var at: Timestamp?
    public var receivedAt: Timestamp
    /// The carrier's own numbering inside the leg, when it has one.
    public var sequence: Int64?
    public var recording: String?

    public init(
        _ kind: Kind,
        call: CallKey,
        leg: String? = nil,
        direction: CallDirection? = nil,
        from: String? = nil,
        to: String? = nil,
        line: String? = nil,
        queue: String? = nil,
        agents: [String] = [],
        cause: CallCause? = nil,
        endedBy: Side? = nil,
        talkSeconds: Int? = nil,
        at: Timestamp? = nil,
        receivedAt: Timestamp,
        sequence: Int64? = nil,
        recording: String? = nil
    ) {
        self.kind = kind
        self.call = call
        self.leg = leg
        self.direction = direction
        self.from = from
        self.to = to
        self.line = line
        self.queue = queue
        self.agents = agents
        self.cause = cause
        self.endedBy = endedBy
        self.talkSeconds = talkSeconds
        self.at = at
        self.receivedAt = receivedAt
        self.sequence = sequence
        self.recording = recording
    }
}

/// The carrier's name for a call; the account keeps two customers of one carrier apart.
public struct CallKey: Hashable, Sendable {
    public let carrier: String
    public let account: String
    public let id: String
    public init(carrier: String, account: String, id: String) {
        self.carrier = carrier
        self.account = account
        self.id = id
    }
}

public enum CallDirection: String, Hashable, Sendable, CaseIterable { case inbound, outbound, `internal` }

/// Why a leg or a call ended, as far as the carrier says.
public enum CallCause: String, Hashable, Sendable, CaseIterable {
    case completed, busy, noAnswer = "no_answer", cancelled, rejected, failed, elsewhere, voicemail, blocked
}
