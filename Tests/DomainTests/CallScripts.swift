import Basics
import Domain
import Testing

/// A call as a carrier tells it, and what has to come out whatever the order in which it arrives.
struct CallScript: Sendable, CustomTestStringConvertible {
    let name: String
    let events: [CallEvent]
    var outcome: CallDisposition?
    var answeredBy: String?
    /// How often each agent's phone begins to ring; once for all who are not listed.
    var rings: [String: Int] = [:]
    var testDescription: String { name }

    static let call = CallKey(carrier: "test", account: "acme", id: "call-1")
    static let start = Timestamp(milliseconds: 1_795_000_000_000)

    /// An event `seconds` after the start, received a little later; without a clock only the receipt is known.
    static func event(
        _ kind: CallEvent.Kind,
        _ seconds: Int64,
        leg: String? = nil,
        agents: [String] = [],
        cause: CallCause? = nil,
        endedBy: Side? = nil,
        direction: CallDirection? = nil,
        from: String? = nil,
        to: String? = nil,
        sequence: Int64? = nil,
        hasClock: Bool = true,
        talkSeconds: Int? = nil,
        recording: String? = nil
    ) -> CallEvent {
        CallEvent(
            kind,
            call: call,
            leg: leg,
            direction: direction,
            from: from,
            to: to,
            agents: agents,
            cause: cause,
            endedBy: endedBy,
            talkSeconds: talkSeconds,
            at: hasClock ? start + .seconds(seconds) : nil,
            receivedAt: start + .seconds(seconds) + .milliseconds(150),
            sequence: sequence,
            recording: recording
        )
    }

    private static func offered(_ direction: CallDirection = .inbound) -> CallEvent {
        event(.offered, 0, direction: direction, from: "+8613800138000", to: "+862150001234")
    }
}

extension CallScript {
    static let all: [CallScript] = inbound + groups + transfers + awkward + outbound

    private static let inbound = [
        CallScript(
            name: "answered",
            events: [
                offered(), event(.ringing, 1, leg: "L1", agents: ["1001"], sequence: 1),
                event(.answered, 5, leg: "L1", agents: ["1001"], sequence: 2),
                event(.ended, 65, cause: .completed, endedBy: .visitor),
            ],
            outcome: .answered,
            answeredBy: "1001"
        ),
        CallScript(
            name: "missed",
            events: [
                offered(), event(.ringing, 1, agents: ["1001"]),
                event(.ringEnded, 21, agents: ["1001"], cause: .noAnswer), event(.ended, 22, cause: .noAnswer),
            ],
            outcome: .missed
        ),
        CallScript(
            name: "abandoned while it rang",
            events: [offered(), event(.ringing, 1, agents: ["1001"]), event(.ended, 8, endedBy: .visitor)],
            outcome: .abandoned
        ),
        CallScript(
            name: "abandoned in the queue",
            events: [offered(), event(.queued, 1), event(.ended, 40, cause: .cancelled)],
            outcome: .abandoned
        ),
        CallScript(
            name: "given up: the phone was cancelled last",
            events: [
                offered(), event(.ringing, 1, leg: "L1", agents: ["1001"]),
                event(.ringEnded, 20, leg: "L1", cause: .noAnswer),
                event(.ringing, 21, leg: "L2", agents: ["1002"]),
                event(.ringEnded, 25, leg: "L2", cause: .cancelled), event(.ended, 25, cause: .completed),
            ],
            outcome: .abandoned
        ),
        CallScript(
            name: "voicemail",
            events: [
                offered(), event(.ringing, 1, agents: ["1001"]),
                event(.ringEnded, 21, agents: ["1001"], cause: .noAnswer), event(.answered, 22),
                event(.voicemail, 40), event(.recording, 41, recording: "RE1"), event(.ended, 40, cause: .completed),
            ],
            outcome: .voicemail
        ),
        CallScript(
            name: "voicemail left beside an answer stays answered",
            events: [
                offered(), event(.ringing, 1, agents: ["1001"]), event(.answered, 5, agents: ["1001"]),
                event(.voicemail, 6), event(.ended, 60),
            ],
            outcome: .answered,
            answeredBy: "1001"
        ),
        CallScript(name: "blocked", events: [offered(), event(.ended, 1, cause: .blocked)], outcome: .blocked),
    ]

    private static let groups = [
        CallScript(
            name: "ring group without leg ids, answered by one",
            events: [
                offered(), event(.ringing, 1, agents: ["1001", "1002", "1003"]),
                event(.answered, 6, agents: ["1002"]), event(.ended, 66, cause: .completed),
            ],
            outcome: .answered,
            answeredBy: "1002"
        ),
        CallScript(
            name: "ring group with legs: losers end before and after the answer",
            events: [
                offered(), event(.ringing, 1, leg: "L1", agents: ["1001"], sequence: 1),
                event(.ringing, 1, leg: "L2", agents: ["1002"], sequence: 1),
                event(.ringing, 1, leg: "L3", agents: ["1003"], sequence: 1),
                event(.ringEnded, 6, leg: "L1", cause: .elsewhere, sequence: 2),
                event(.answered, 6, leg: "L2", sequence: 2),
                event(.ringEnded, 7, leg: "L3", cause: .elsewhere, sequence: 2),
                event(.ended, 66, cause: .completed),
            ],
            outcome: .answered,
            answeredBy: "1002"
        ),
        CallScript(
            name: "a queue rings the same agent again",
            events: [
                offered(), event(.queued, 0), event(.ringing, 1, agents: ["1001"]),
                event(.ringEnded, 15, agents: ["1001"], cause: .noAnswer), event(.ringing, 20, agents: ["1001"]),
                event(.answered, 24, agents: ["1001"]), event(.ended, 60),
            ],
            outcome: .answered,
            answeredBy: "1001",
            rings: ["1001": 2]
        ),
        CallScript(
            name: "two phones of one agent",
            events: [
                offered(), event(.ringing, 1, leg: "desk", agents: ["1001"]),
                event(.ringing, 2, leg: "mobile", agents: ["1001"]), event(.answered, 5, leg: "mobile"),
                event(.ringEnded, 5, leg: "desk", cause: .elsewhere), event(.ended, 50),
            ],
            outcome: .answered,
            answeredBy: "1001",
            rings: ["1001": 2]
        ),
    ]

    private static let transfers = [
        CallScript(
            name: "transfer",
            events: [
                offered(), event(.ringing, 1, leg: "L1", agents: ["1001"]), event(.answered, 5, leg: "L1"),
                event(.ringing, 30, leg: "L2", agents: ["1002"]), event(.answered, 34, leg: "L2"),
                event(.ringEnded, 35, leg: "L1", cause: .completed), event(.ended, 90, cause: .completed),
            ],
            outcome: .answered,
            answeredBy: "1002"
        ),
        CallScript(
            name: "transferred there and back",
            events: [
                offered(), event(.answered, 5, agents: ["1001"]), event(.transferred, 30, agents: ["1002"]),
                event(.transferred, 50, agents: ["1001"]), event(.ended, 90),
            ],
            outcome: .answered,
            answeredBy: "1001"
        ),
        CallScript(
            name: "held and resumed within one second, told apart by number",
            events: [
                offered(), event(.answered, 5, leg: "L1", agents: ["1001"], sequence: 1),
                event(.held, 10, leg: "L1", sequence: 2), event(.resumed, 10, leg: "L1", sequence: 3),
                event(.held, 10, leg: "L1", sequence: 4),
            ],
            answeredBy: "1001"
        ),
    ]

    private static let awkward = [
        CallScript(
            name: "no clock, no legs, no names on the answer",
            events: [
                event(.offered, 0, direction: .inbound, from: "4930", to: "4921", hasClock: false),
                event(.ringing, 0, agents: ["Alice", "Bob"], hasClock: false),
                event(.answered, 4, hasClock: false), event(.ended, 60, cause: .completed, hasClock: false),
            ],
            outcome: .answered
        ),
        CallScript(
            name: "the answer is dated after the end",
            events: [
                offered(), event(.ringing, 1, agents: ["1001"]), event(.answered, 31, agents: ["1001"]),
                event(.ended, 30, cause: .completed),
            ],
            outcome: .answered,
            answeredBy: "1001"
        ),
        CallScript(
            name: "numbered events whose clock runs backwards",
            events: [
                offered(), event(.ringing, 10, leg: "L1", agents: ["1001"], sequence: 1),
                event(.ringing, 5, agents: ["1002"]), event(.held, 7, leg: "L1", sequence: 3),
                event(.answered, 1, leg: "L1", agents: ["1001"], sequence: 2), event(.resumed, 8),
                event(.held, 9, sequence: 1), event(.ended, 60, endedBy: .rep),
            ],
            outcome: .answered,
            answeredBy: "1001"
        ),
        CallScript(
            name: "only the line answered and nothing else is known",
            events: [offered(), event(.answered, 2, leg: "call-1"), event(.ended, 40, cause: .completed)],
            outcome: .answered
        ),
        CallScript(
            name: "the line answered, the agents did not",
            events: [
                offered(), event(.answered, 2, leg: "call-1"), event(.ringing, 3, leg: "L1", agents: ["1001"]),
                event(.ringEnded, 23, leg: "L1", cause: .noAnswer), event(.ended, 25, cause: .completed),
            ],
            outcome: .missed
        ),
        CallScript(
            name: "two ends that disagree",
            events: [
                offered(), event(.ringing, 1, agents: ["1001"]), event(.ended, 20, cause: .noAnswer),
                event(.ended, 20, cause: .completed, endedBy: .carrier),
            ],
            outcome: .missed
        ),
    ]

    private static let outbound = [
        CallScript(
            name: "outgoing, busy",
            events: [
                event(.offered, 0, agents: ["1001"], direction: .outbound, from: "1001", to: "+8613800138000"),
                event(.ringing, 2), event(.ended, 4, cause: .busy),
            ],
            outcome: .busy
        ),
        CallScript(
            name: "outgoing by softphone: the leg to the number dialled is the customer's",
            events: [
                event(.offered, 0, agents: ["alice"], direction: .outbound, from: "client:alice", to: "+8613800138000"),
                event(.answered, 0, leg: "call-1"),
                event(.ringing, 3, leg: "L2", agents: ["+8613800138000"], to: "+8613800138000"),
                event(.answered, 9, leg: "L2", agents: ["+8613800138000"]), event(.ended, 69, cause: .completed),
            ],
            outcome: .answered,
            answeredBy: "alice"
        ),
        CallScript(
            name: "outgoing by softphone, nobody there",
            events: [
                event(.offered, 0, agents: ["alice"], direction: .outbound, from: "client:alice", to: "+8613800138000"),
                event(.answered, 0, leg: "call-1"), event(.ringing, 3, leg: "L2", agents: ["+8613800138000"]),
                event(.ringEnded, 33, leg: "L2", cause: .failed), event(.ended, 34, cause: .completed),
            ],
            outcome: .failed
        ),
    ]
}
