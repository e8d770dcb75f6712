internal import Basics
internal import Domain

// A call at Twilio is a root leg (the party outside, or the softphone that dials) and child legs (whom `<Dial>` tries).
// The root's SID names the call, every SID its leg.
//
// What is an answer? `in-progress` of a root leg says that TwiML runs: a greeting, a menu, music. It says nothing about
// people. So:
//
//   child leg in-progress, or completed after some seconds   that agent answered
//   Dial action bridged, or completed after some seconds     the call was answered
//   root leg in-progress or completed                        the line answered: told as an answer of the leg that bears
//                                                            the call's own id, which the reduction counts only when the
//                                                            call is over and no other leg was ever heard of
//   root leg of a call that we made by API to a number       that party answered
//
// With child callbacks or a Dial action a call that nobody took is missed or abandoned, however long it played music;
// without them whatever the line answered counts as answered, since nothing better is known.

/// One request of Twilio, read.
struct TwilioNews {
    /// Everything that is read here; two requests that agree in these say the same.
    static let fieldNames = [
        "CallSid", "ParentCallSid", "CallStatus", "Direction", "From", "To", "Timestamp", "SequenceNumber",
        "CallDuration", "DialCallSid", "DialCallStatus", "DialCallDuration", "DialBridged", "QueueSid", "QueueResult",
        "RecordingSid", "RecordingUrl", "RecordingStatus", "RecordingDuration", "RecordingSource", "RecordingStartTime",
        "StatusCallbackEvent",
    ]

    private let fields: Fields
    private let receivedAt: Timestamp
    private let sid: String
    private let parent: String?
    private let key: CallKey
    private let from: String?
    private let to: String?
    /// `Direction`: seen from Twilio, and for a softphone the wrong way round.
    private let way: String?
    private let at: Timestamp?
    private let sequence: Int64?
    /// In seconds; `Duration` beside it is in minutes begun, and is not read.
    private let duration: Int64?

    init(_ fields: Fields, account: String, receivedAt: Timestamp) throws(CarrierRefusal) {
        self.fields = fields
        self.receivedAt = receivedAt
        sid = try fields.required("CallSid")
        parent = try fields.text("ParentCallSid")
        key = CallKey(carrier: "twilio", account: account, id: parent ?? sid)
        from = try fields.text("From")
        to = try fields.text("To")
        way = try fields.text("Direction")
        at = EventTime.plausible(try fields.text("Timestamp").flatMap(EventTime.rfc2822), receivedAt: receivedAt)
        sequence = try fields.number("SequenceNumber", in: 0...Int64(Int32.max))
        duration = try fields.number("CallDuration", in: 0...604_800)
    }

    func events() throws(CarrierRefusal) -> [CallEvent] {
        // Conferences number and name things their own way; the legs in them tell the same by their own callbacks.
        if fields.has("StatusCallbackEvent") { return [] }
        if fields.has("RecordingSid") { return try recordingEvents() }
        if fields.has("DialCallStatus") { return try dialEvents() }
        if fields.has("QueueSid") { return try queueEvents() }
        let status = try fields.required("CallStatus")
        return parent == nil ? try rootEvents(status) : try childEvents(status)
    }

    // MARK: - The root leg

    private func rootEvents(_ status: String) throws(CarrierRefusal) -> [CallEvent] {
        switch status {
        case "queued", "initiated": return [root(.offered)]
        case "ringing": return dialsPartyOutside ? [root(.ringing)] : [root(.offered)]
        case "in-progress", "answered": return [root(.offered), rootAnswer(at: at)]
        case "completed":
            var end = root(.ended, cause: .completed)
            if dialsPartyOutside { end.talkSeconds = duration.map(Int.init) }
            guard let duration, duration > 0 else { return [end] }
            return [unnumbered(rootAnswer(at: (at ?? receivedAt) - .seconds(duration))), end]
        default: return [root(.ended, cause: try cause(status))]
        }
    }

    private func root(_ kind: CallEvent.Kind, cause: CallCause? = nil) -> CallEvent {
        var event = event(kind, at: at)
        event.sequence = sequence
        event.direction = direction
        event.from = from
        event.to = direction == .outbound && isAgent(to) ? nil : to  // the agent's phone first, the customer by a child
        event.line = direction == .inbound ? to : isAgent(from) ? nil : from
        event.agents = kind == .offered ? dialler.map { [$0] } ?? [] : []
        event.cause = cause
        return event
    }

    private func rootAnswer(at time: Timestamp?) -> CallEvent {
        var event = root(.answered)
        event.at = time
        if !dialsPartyOutside { event.leg = sid }
        return event
    }

    /// A softphone's outgoing call comes as `inbound` from `client:…`.
    private var direction: CallDirection? {
        let isFromClient = from?.hasPrefix("client:") ?? false
        switch way {
        case "inbound":
            guard isFromClient else { return .inbound }
            return isAgent(to) ? .internal : .outbound
        case "outbound-api", "outbound-dial": return .outbound
        default: return isFromClient ? .outbound : nil
        }
    }

    /// Made by API, straight to a number: its root leg is the customer's.
    private var dialsPartyOutside: Bool { direction == .outbound && !isAgent(from) && !isAgent(to) }

    /// Who of ours dials: the softphone that the call comes from, or the one that is called back first.
    private var dialler: String? {
        guard direction == .outbound else { return nil }
        return isAgent(from) ? from.map(address) : isAgent(to) ? to.map(address) : nil
    }

    // MARK: - Child legs

    private func childEvents(_ status: String) throws(CarrierRefusal) -> [CallEvent] {
        switch status {
        // A softphone may ring without ever saying so.
        case "initiated": return isAgent(to) ? [child(.ringing, at: at)] : []
        case "queued": return []
        case "ringing": return [child(.ringing, at: at)]
        case "in-progress", "answered": return [child(.answered, at: at)]
        case "completed":
            let end = child(.ringEnded, at: at, cause: .completed)
            guard let duration, duration > 0 else { return [end] }
            return [unnumbered(child(.answered, at: (at ?? receivedAt) - .seconds(duration))), end]
        default: return [child(.ringEnded, at: at, cause: try cause(status))]
        }
    }

    private func child(_ kind: CallEvent.Kind, at time: Timestamp?, cause: CallCause? = nil) -> CallEvent {
        var event = event(kind, at: time)
        event.leg = sid
        event.sequence = sequence
        // Who is dialled is an agent, unless the call turns out to be outgoing: then it is the customer.
        event.agents = to.map { [address($0)] } ?? []
        if !isAgent(to) { event.to = to }
        event.cause = cause
        return event
    }

    // MARK: - Actions: what became of a Dial, an Enqueue, a Record

    private func dialEvents() throws(CarrierRefusal) -> [CallEvent] {
        let status = try fields.required("DialCallStatus")
        let seconds = try fields.number("DialCallDuration", in: 0...604_800) ?? 0
        let bridged = try fields.text("DialBridged")
        let isOver = try fields.text("CallStatus") == "completed"
        let leg = try fields.text("DialCallSid")
        // Of a leg that was picked up and never bridged, nobody was talked to.
        let isPickedUp = status == "completed" || status == "answered"
        let cause = isPickedUp ? CallCause.noAnswer : try cause(status)
        let isTalk = bridged == "true" || bridged == nil && (status == "answered" || isPickedUp && seconds > 0)
        var events: [CallEvent] = []
        if isTalk {
            var answer = event(.answered, at: receivedAt - .seconds(seconds))
            answer.leg = leg
            events.append(answer)
        } else if let leg {
            var end = event(.ringEnded, at: nil)
            end.leg = leg
            end.cause = cause
            events.append(end)
        }
        if isOver { events.append(hangUpOfCaller()) }
        return events
    }

    private func queueEvents() throws(CarrierRefusal) -> [CallEvent] {
        switch try fields.text("QueueResult") {
        case nil:
            var queued = event(.queued, at: nil)
            queued.queue = try fields.text("QueueSid")
            return [queued]
        case "bridged", "bridging-in-process": return [event(.answered, at: nil)]
        case "hangup": return [hangUpOfCaller()]
        default: return []
        }
    }

    private func recordingEvents() throws(CarrierRefusal) -> [CallEvent] {
        let status = try fields.text("RecordingStatus")
        let isAction = status == nil
        guard isAction || status == "completed" else { return [] }
        let begun = EventTime.plausible(
            try fields.text("RecordingStartTime").flatMap(EventTime.rfc2822),
            receivedAt: receivedAt
        )
        let seconds = try fields.number("RecordingDuration", in: 0...604_800) ?? 0
        var events: [CallEvent] = []
        // `<Record>` is the voicemail box; a recorded conversation comes from `<Dial>` and others.
        let source = try fields.text("RecordingSource")
        if isAction || source == "RecordVerb", seconds > 0 {
            events.append(event(.voicemail, at: begun))
        }
        var recording = event(.recording, at: begun)
        recording.recording = try fields.text("RecordingUrl", max: Fields.referenceBytesMax)
        if recording.recording == nil { recording.recording = try fields.text("RecordingSid") }
        events.append(recording)
        if isAction, try fields.text("CallStatus") == "completed" { events.append(hangUpOfCaller()) }
        return events
    }

    /// An action is asked about a call that is over only when the root leg, whoever that is, has hung up.
    private func hangUpOfCaller() -> CallEvent {
        var end = event(.ended, at: nil)
        end.cause = .completed
        end.endedBy = direction == .outbound ? .rep : .visitor
        return end
    }

    // MARK: - Helpers

    private func event(_ kind: CallEvent.Kind, at time: Timestamp?) -> CallEvent {
        CallEvent(kind, call: key, at: time, receivedAt: receivedAt)
    }

    /// A fact that is reckoned back from a later one does not stand where the later one is numbered.
    private func unnumbered(_ event: CallEvent) -> CallEvent {
        var event = event
        event.sequence = nil
        return event
    }

    private func cause(_ status: String) throws(CarrierRefusal) -> CallCause {
        switch status {
        case "busy": .busy
        case "no-answer": .noAnswer
        case "canceled": .cancelled
        case "failed": .failed
        default: throw .badValue(field: fields.has("DialCallStatus") ? "DialCallStatus" : "CallStatus")
        }
    }

    private func isAgent(_ party: String?) -> Bool {
        party.map { $0.hasPrefix("client:") || $0.hasPrefix("sip:") } ?? false
    }

    /// `client:alice` → `alice`, `sip:alice@example.com;transport=tls` → `alice@example.com`; numbers stay as they are.
    private func address(_ party: String) -> String {
        if party.hasPrefix("client:") { return String(party.dropFirst(7)) }
        guard party.hasPrefix("sip:") else { return party }
        return String(party.dropFirst(4).prefix { $0 != ";" && $0 != "?" })
    }
}
