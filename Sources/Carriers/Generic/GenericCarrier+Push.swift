internal import Basics
internal import Domain

// The push shape of Zammad's generic CTI and sipgate.io, as a form or as JSON:
//
//   event           newCall | answer | hangup
//   callId          one call
//   direction       in | out
//   from, to        bare numbers, usually without a plus, or `anonymous`
//   user[]          who is rung (in), who dials (out), who answered
//   queue           the queue or group, on newCall
//   answeringNumber who answered, by extension, login or mail
//   cause           why it ended, on hangup
//
// It carries neither a time nor an id of the request. A call that is transferred to and fro between two people
// therefore looks like a repeat when it comes back to the first; senders that can should use our own events.

extension GenericCarrier {

    static func pushKey(_ fields: Fields) throws(CarrierRefusal) -> String {
        let names = [
            "event", "callId", "direction", "from", "to", "user[]", "user", "queue", "answeringNumber", "cause",
        ]
        let (call, event) = (try fields.required("callId"), try fields.required("event"))
        return "call:\(call):\(event):\(fields.digest(of: names))"
    }

    func pushEvents(
        _ fields: Fields,
        account: String,
        receivedAt: Timestamp
    ) throws(CarrierRefusal) -> [CallEvent] {
        let key = CallKey(carrier: name, account: account, id: try fields.required("callId"))
        let direction = try Self.direction(fields)
        let (from, to) = (try fields.text("from"), try fields.text("to"))
        func event(_ kind: CallEvent.Kind, agents: [String] = []) -> CallEvent {
            CallEvent(
                kind,
                call: key,
                direction: direction,
                from: from,
                to: to,
                line: direction == .outbound ? from : direction == .inbound ? to : nil,
                agents: agents,
                receivedAt: receivedAt
            )
        }
        let users = try Self.users(fields)
        switch try fields.required("event") {
        case "newCall":
            // Outgoing: the users are who dials; nothing rings at the desk.
            if direction == .outbound { return [event(.offered, agents: users)] }
            var events = [event(.offered)]
            if let queue = try fields.text("queue") {
                var queued = event(.queued)
                queued.queue = queue
                events.append(queued)
            }
            if !users.isEmpty { events.append(event(.ringing, agents: users)) }
            return events
        case "answer": return [event(.answered, agents: try Self.answerer(fields, users))]
        case "hangup":
            var end = event(.ended)
            end.cause = Self.causes[try fields.text("cause") ?? ""]
            if end.cause == .cancelled { end.endedBy = direction == .outbound ? .rep : .visitor }
            return [end]
        default: throw .badValue(field: "event")
        }
    }

    /// An unknown cause is none: the call has ended all the same.
    private static let causes: [String: CallCause] = [
        "normalClearing": .completed, "busy": .busy, "cancel": .cancelled, "noAnswer": .noAnswer,
        "congestion": .failed, "notFound": .failed, "forwarded": .elsewhere, "rejected": .rejected,
        "blocked": .blocked, "voicemail": .voicemail,
    ]

    private static func direction(_ fields: Fields) throws(CarrierRefusal) -> CallDirection? {
        switch try fields.text("direction") {
        case nil: nil
        case "in": .inbound
        case "out": .outbound
        default: throw .badValue(field: "direction")
        }
    }

    private static func users(_ fields: Fields) throws(CarrierRefusal) -> [String] {
        let users = try fields.texts("user[]")
        return users.isEmpty ? try fields.texts("user") : users
    }

    /// The user, who was also named when it rang; an address when several users or none are named.
    private static func answerer(_ fields: Fields, _ users: [String]) throws(CarrierRefusal) -> [String] {
        if users.count == 1 { return users }
        return try fields.text("answeringNumber").map { [$0] } ?? []
    }
}
