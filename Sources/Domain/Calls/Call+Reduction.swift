internal import Basics

// The reduction of carrier events to one call.
//
// Neither the order of arrival nor repetition matters. The events are put into the carrier's order first, which is a
// total one: its own numbering inside a leg, else its clock, else the rank of the kind, else what the event says. Then
// they are gone through once: a start is the earliest time told, text the first that is not empty, whereby what is said
// of the whole call goes before what is said of a leg.
//
// Who answered is decided at the end, because only the whole set of events allows it:
//
//   an agent's leg answered              answered
//   somebody unnamed answered            answered
//   the call's own leg answered          that was the line (a greeting, a menu). It counts when the call is over and no
//   (its id is the id of the call)       other leg was ever heard of: then nothing better is known
//   outgoing: the party called answered  answered, by whoever dialled

extension Call {
    /// The call that these events, in any order and however often repeated, describe.
    public static func reduce(_ events: [CallEvent]) -> Call? {
        let ordered = CarrierOrder.sorted(events)
        guard let first = ordered.first else { return nil }
        var reduction = CallReduction(Call(key: first.call, startedAt: ordered.map(\.time).min() ?? first.time))
        reduction.describe(ordered)
        for event in ordered { reduction.absorb(event) }
        return reduction.settled()
    }
}

/// A call that is being put together.
private struct CallReduction {
    private var call: Call
    /// Which agent a leg is, from any event that says so.
    private var agents: [String: String] = [:]
    private var lineAnsweredAt: Timestamp?
    private var hearsOfLegs = false
    /// Why the last phone that rang in vain stopped.
    private var lastRingCause: CallCause?
    private var talker: Int?

    init(_ call: Call) { self.call = call }

    // MARK: - What the call is about

    mutating func describe(_ events: [CallEvent]) {
        for event in events {
            if let leg = event.leg, event.agents.count == 1 { agents[leg] = agents[leg] ?? event.agents[0] }
        }
        let wholeFirst = events.filter { $0.leg == nil } + events.filter { $0.leg != nil }
        func first<Value>(_ value: (CallEvent) -> Value?) -> Value? { wholeFirst.lazy.compactMap(value).first }
        call.direction = first(\.direction) ?? .inbound
        call.from = first { $0.from.nonEmpty }
        call.to = first { $0.to.nonEmpty }
        call.line = first { $0.line.nonEmpty }
        call.queue = first { $0.queue.nonEmpty }
        call.recording = first { $0.recording.nonEmpty }
    }

    // MARK: - What happened

    mutating func absorb(_ event: CallEvent) {
        let time = event.time
        if let leg = event.leg, leg != call.key.id { hearsOfLegs = true }
        switch event.kind {
        case .offered: for agent in event.agents { _ = leg(event.leg, of: agent) }
        case .queued: call.queuedAt = min(call.queuedAt ?? time, time)
        case .ringing:
            call.ringingAt = min(call.ringingAt ?? time, time)
            for index in legs(of: event) { ring(index, event) }
        case .ringEnded: endRing(event)
        case .answered: answer(event)
        case .held: call.isHeld = true
        case .resumed: call.isHeld = false
        case .transferred: if !event.agents.isEmpty || event.leg.flatMap({ agents[$0] }) != nil { answer(event) }
        case .voicemail: call.hasVoicemail = true
        case .recording: break
        case .ended:
            call.endedAt = min(call.endedAt ?? time, time)
            call.cause = event.cause ?? call.cause
            call.endedBy = event.endedBy ?? call.endedBy
            call.reportedTalkSeconds = event.talkSeconds ?? call.reportedTalkSeconds
            if event.cause == .voicemail { call.hasVoicemail = true }
        }
    }

    private mutating func ring(_ index: Int, _ event: CallEvent) {
        hearsOfLegs = true
        let leg = call.legs[index]
        call.legs[index].ringingAt = min(leg.ringingAt ?? event.time, event.time)
        // The same phone rings again; without a clock or number of the carrier it may just as well be old news.
        guard let endedAt = leg.endedAt, leg.answeredAt == nil, event.isPlaced, event.time > endedAt else { return }
        call.legs[index].endedAt = nil
        call.legs[index].cause = nil
    }

    private mutating func endRing(_ event: CallEvent) {
        if let cause = event.cause, cause != .completed { lastRingCause = cause }
        let named = legs(of: event)
        let isAboutAll = event.leg == nil && event.agents.isEmpty
        for index in isAboutAll ? call.legs.indices.filter({ call.legs[$0].isRinging }) : named {
            call.legs[index].endedAt = max(call.legs[index].endedAt ?? event.time, event.time)
            call.legs[index].cause = call.legs[index].cause ?? event.cause
        }
    }

    private mutating func answer(_ event: CallEvent) {
        if event.leg == call.key.id, event.agents.isEmpty {
            lineAnsweredAt = min(lineAnsweredAt ?? event.time, event.time)
            return
        }
        call.answeredAt = min(call.answeredAt ?? event.time, event.time)
        for index in legs(of: event) {
            hearsOfLegs = true
            // Told again of whom we know to talk, it is the same answer; of another, the call has gone over.
            if call.legs[index].answeredAt == nil || talker != index { call.legs[index].answeredAt = event.time }
            talker = index
        }
    }

    // MARK: - Legs

    /// The legs that an event is about; an event may name the leg, the agents, both or neither.
    private mutating func legs(of event: CallEvent) -> [Int] {
        var names = event.agents
        if names.isEmpty, let name = event.leg.flatMap({ agents[$0] }) { names = [name] }
        var indices: [Int] = []
        for name in names { indices.append(leg(event.leg, of: name)) }
        return indices
    }

    /// A named leg is itself; without a name it is the agent's latest.
    private mutating func leg(_ id: String?, of agent: String) -> Int {
        let found = call.legs.lastIndex { $0.agent == agent && (id == nil || $0.id == id) }
        if let found { return found }
        call.legs.append(.init(id: id ?? agent, agent: agent))
        return call.legs.count - 1
    }

    // MARK: - Conclusions that only the whole set of facts allows

    mutating func settled() -> Call {
        settleOutbound()
        if call.direction == .outbound, let answeredAt = call.answeredAt, call.legs.count == 1 {
            call.legs[0].answeredAt = call.legs[0].answeredAt ?? answeredAt
        }
        if let answeredAt = call.answeredAt {
            if let endedAt = call.endedAt, answeredAt > endedAt { call.endedAt = answeredAt }
            // Somebody answered: every other phone has stopped ringing, whether the carrier says so or not.
            for index in call.legs.indices where call.legs[index].isRinging {
                call.legs[index].endedAt = max(answeredAt, call.legs[index].ringingAt ?? answeredAt)
                call.legs[index].cause = .elsewhere
            }
        }
        if let endedAt = call.endedAt {
            call.isHeld = false
            for index in call.legs.indices where call.legs[index].endedAt == nil { call.legs[index].endedAt = endedAt }
            call.disposition = disposition
            // Nobody is said to have answered, so there is no time of an answer; how long it took is known.
            if call.answeredAt == nil, call.disposition == .answered, let lineAnsweredAt {
                let length = max(0, (endedAt - lineAnsweredAt).milliseconds)
                call.reportedTalkSeconds = call.reportedTalkSeconds ?? Int(length / 1_000)
            }
        }
        call.legs.sort { ($0.agent, $0.id) < ($1.agent, $1.id) }
        return call
    }

    /// On the way out, a leg to the number dialled is the party outside and no agent's.
    private mutating func settleOutbound() {
        guard call.direction == .outbound, let to = call.to else { return }
        call.legs.removeAll { $0.agent == to }
    }

    private var disposition: CallDisposition {
        if call.cause == .blocked { return .blocked }
        let hasAgentAnswered = call.legs.contains { $0.answeredAt != nil }
        let isAnswered = call.answeredAt != nil || lineAnsweredAt != nil && !hearsOfLegs
        if isAnswered, hasAgentAnswered || !call.hasVoicemail { return .answered }
        if call.hasVoicemail { return .voicemail }
        // A cause that only says "over" leaves the word to the phone that rang last.
        let cause = call.cause == nil || call.cause == .completed ? lastRingCause ?? call.cause : call.cause
        if call.direction == .outbound {
            return switch cause {
            case .busy: .busy
            case .failed, .rejected: .failed
            default: .noAnswer
            }
        }
        return call.endedBy == .visitor || cause == .cancelled ? .abandoned : .missed
    }
}

extension CallEvent {
    var time: Timestamp { at ?? receivedAt }
    /// Whether the carrier says where this stands among its events.
    fileprivate var isPlaced: Bool { at != nil || sequence != nil }
}

extension Optional where Wrapped == String {
    fileprivate var nonEmpty: String? { self?.isEmpty == false ? self : nil }
}
