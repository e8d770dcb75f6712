internal import Basics
internal import Domain

// Our own call event, one a request; `Protocols/call-event.schema.json` is its schema:
//
//   {"type": "call.ringing", "call_id": "c-1", "leg_id": "c-1.2", "direction": "inbound", "from": "+86138…",
//    "to": "+8621…", "agents": ["1001"], "at": "2026-11-18T11:06:40.000Z", "sequence": 2, "id": "evt-77"}

extension GenericCarrier {

    private static let fieldNames = [
        "type", "call_id", "leg_id", "direction", "from", "to", "line", "queue", "agent", "agents", "cause", "ended_by",
        "talk_seconds", "at", "sequence", "recording",
    ]

    static func canonicalKey(_ fields: Fields) throws(CarrierRefusal) -> String {
        if let id = try fields.text("id") { return "id:\(id)" }
        let (call, type) = (try fields.required("call_id"), try fields.required("type"))
        return "call:\(call):\(type):\(fields.digest(of: fieldNames))"
    }

    func canonicalEvent(
        _ fields: Fields,
        account: String,
        receivedAt: Timestamp
    ) throws(CarrierRefusal) -> CallEvent {
        let type = try fields.required("type")
        guard type.hasPrefix("call."), let kind = CallEvent.Kind(rawValue: String(type.dropFirst(5))) else {
            throw .badValue(field: "type")
        }
        var agents = try fields.texts("agents")
        if let agent = try fields.text("agent"), !agents.contains(agent) { agents.append(agent) }
        return CallEvent(
            kind,
            call: CallKey(carrier: name, account: account, id: try fields.required("call_id")),
            leg: try fields.text("leg_id"),
            direction: try Self.word("direction", fields),
            from: try fields.text("from"),
            to: try fields.text("to"),
            line: try fields.text("line"),
            queue: try fields.text("queue"),
            agents: agents,
            cause: try Self.word("cause", fields),
            endedBy: try Self.word("ended_by", fields),
            talkSeconds: try fields.number("talk_seconds", in: 0...604_800).map(Int.init),
            at: try Self.time(fields, receivedAt: receivedAt),
            receivedAt: receivedAt,
            sequence: try fields.number("sequence", in: 0...Int64.max),
            recording: try fields.text("recording", max: Fields.referenceBytesMax)
        )
    }

    private static func word<Word: RawRepresentable>(
        _ name: String,
        _ fields: Fields
    ) throws(CarrierRefusal) -> Word? where Word.RawValue == String {
        guard let text = try fields.text(name) else { return nil }
        guard let word = Word(rawValue: text) else { throw .badValue(field: name) }
        return word
    }

    /// Unreadable is a mistake that the sender should see; readable but far off is a wrong clock and no reason to lose a call.
    private static func time(_ fields: Fields, receivedAt: Timestamp) throws(CarrierRefusal) -> Timestamp? {
        guard let text = try fields.text("at") else { return nil }
        guard let time = EventTime.milliseconds(text) ?? EventTime.rfc3339(text) else { throw .badValue(field: "at") }
        return EventTime.plausible(time, receivedAt: receivedAt)
    }
}
