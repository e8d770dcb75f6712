internal import Basics

// The reduction of carrier events to one call.
//
// Facts are merged so that neither order nor repetition matters: a start is the earliest time told, an end the latest
// fact that ends, text the first non-empty value in carrier order. Only holding depends on order, so the events are put
// into the carrier's order first: its own sequence inside a leg, else its clock, else the rank of the kind, else arrival.

extension Call {
    /// The call that these events, in any order and however often repeated, describe.
    public static func reduce(_ events: [CallEvent]) -> Call? {
        let ordered = inCarrierOrder(events)
        guard let first = ordered.first else { return nil }
        var call = Call(key: first.call, startedAt: ordered.map(\.time).min() ?? first.time)
        for event in ordered { call.absorb(event) }
        call.settle()
        return call
    }

    static func inCarrierOrder(_ events: [CallEvent]) -> [CallEvent] {
        var seen: Set<CallEvent> = []
        return events.filter { event in
            var key = event
            key.receivedAt = Timestamp(milliseconds: 0)  // the same news twice is one piece of news
            if key.at == nil { key.at = Timestamp(milliseconds: 0) }
            return seen.insert(key).inserted
        }.sorted { a, b in
            if a.leg == b.leg, let x = a.sequence, let y = b.sequence, x != y { return x < y }
            if a.at != nil, b.at != nil, a.time != b.time { return a.time < b.time }
            if a.kind.rank != b.kind.rank { return a.kind.rank < b.kind.rank }
            return a.tieBreaker < b.tieBreaker
        }
    }

    private mutating func absorb(_ event: CallEvent) {
        if let direction = event.direction { self.direction = direction }
        from = from ?? event.from.nonEmpty
        to = to ?? event.to.nonEmpty
        line = line ?? event.line.nonEmpty
        queue = queue ?? event.queue.nonEmpty
        recording = event.recording ?? recording
        let time = event.time
        switch event.kind {
        case .offered: break
        case .queued: queuedAt = min(queuedAt ?? time, time)
        case .ringing:
            ringingAt = min(ringingAt ?? time, time)
            eachLeg(of: event) { $0.ringingAt = min($0.ringingAt ?? time, time) }
        case .ringEnded:
            eachLeg(of: event) { leg in
                leg.endedAt = max(leg.endedAt ?? time, time)
                leg.cause = leg.cause ?? event.cause
            }
        case .answered:
            answeredAt = min(answeredAt ?? time, time)
            eachLeg(of: event) { $0.answeredAt = min($0.answeredAt ?? time, time) }
        case .held: isHeld = true
        case .resumed: isHeld = false
        case .transferred:
            eachLeg(of: event) { $0.answeredAt = min($0.answeredAt ?? time, time) }
        case .voicemail: hasVoicemail = true
        case .recording: break
        case .ended:
            endedAt = min(endedAt ?? time, time)
            cause = event.cause ?? cause
            endedBy = event.endedBy ?? endedBy
            reportedTalkSeconds = event.talkSeconds ?? reportedTalkSeconds
            if event.cause == .voicemail { hasVoicemail = true }
        }
    }

    private mutating func eachLeg(of event: CallEvent, _ change: (inout Leg) -> Void) {
        // A carrier may name the leg, the agent, both or neither; an answer that names nobody is the call's alone.
        var names = event.agents
        if names.isEmpty, let leg = event.leg, let known = legs.first(where: { $0.id == leg }) { names = [known.agent] }
        for agent in names {
            let id = event.leg ?? agent
            if let index = legs.firstIndex(where: { $0.agent == agent || $0.id == id }) {
                change(&legs[index])
            } else {
                var leg = Leg(id: id, agent: agent)
                change(&leg)
                legs.append(leg)
                legs.sort { ($0.agent, $0.id) < ($1.agent, $1.id) }
            }
        }
    }

    /// Draws the conclusions that only the whole set of facts allows.
    private mutating func settle() {
        if let answeredAt, let endedAt, answeredAt > endedAt { self.endedAt = answeredAt }
        guard let endedAt else {
            // Somebody answered: every other phone has stopped ringing, whether the carrier says so or not.
            if answeredAt != nil {
                for index in legs.indices where legs[index].isRinging {
                    legs[index].endedAt = answeredAt
                    legs[index].cause = .elsewhere
                }
            }
            return
        }
        isHeld = false
        for index in legs.indices where legs[index].endedAt == nil { legs[index].endedAt = endedAt }
        disposition = decided
    }

    private var decided: CallDisposition {
        if cause == .blocked { return .blocked }
        if answeredAt != nil, !(hasVoicemail && legs.allSatisfy { $0.answeredAt == nil }) { return .answered }
        if hasVoicemail { return .voicemail }
        if direction == .outbound {
            return switch cause {
            case .busy: .busy
            case .failed, .rejected: .failed
            default: .noAnswer
            }
        }
        return endedBy == .visitor || cause == .cancelled ? .abandoned : .missed
    }
}

extension CallEvent {
    var time: Timestamp { at ?? receivedAt }
    /// Any total order will do, as long as it does not know when the event arrived.
    fileprivate var tieBreaker: String {
        "\(leg ?? "")|\(agents.joined(separator: ","))|\(from ?? "")|\(to ?? "")|\(cause?.rawValue ?? "")|\(sequence ?? -1)"
    }
}

extension Optional where Wrapped == String {
    fileprivate var nonEmpty: String? { self?.isEmpty == false ? self : nil }
}
