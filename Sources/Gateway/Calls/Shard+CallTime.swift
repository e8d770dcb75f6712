internal import Basics
internal import Carriers
internal import CoreMetrics
internal import Domain
internal import Logging
internal import Storage
internal import Transport
internal import Wire

// What time does to calls: outcomes that are due, ends that never came, work that a stop had left.

extension Shard {
    /// Calls whose outcome is due, and calls that never got an end.
    func settleCalls() {
        for live in lives.values where live.value.channel == .call && !live.hasUnwritten {
            if let due = live.settlesAt, due <= now {
                lives[live.id]?.settlesAt = nil
                settle(live.id, live.callEvents, by: live.value.call?.key.carrier ?? "")
            } else if !live.value.state.isOver, now - live.value.openedAt > limits.longestCall {
                endLost(live)
            }
        }
    }

    func settle(_ id: ConversationID, _ events: [CallEvent], by carrier: String, also: [Write] = []) {
        guard let call = Call.reduce(events) else { return }
        let agents = roster.agents(call.legs.map(\.agent))
        change(id, also: also) { [now] c throws(Refusal) in c.follow(call, agents: agents, carrier: carrier, at: now) }
    }

    /// No carrier will ever tell the end of this call: it is closed, and its log says by whom.
    func endLost(_ live: Live) {
        guard let key = live.value.call?.key else { return }
        logger.warning("a call without an end was closed", metadata: ["conversation": .string(live.id.rawValue)])
        let end = CallEvent(.ended, call: key, cause: .failed, endedBy: .system, at: now, receivedAt: now)
        lives[live.id]?.callEvents.append(end)
        settle(live.id, live.callEvents + [end], by: "watchdog", also: [.callEvents(live.id, [end])])
    }

    /// After a start: what a carrier had delivered before the last stop, and calls that were about to settle.
    func resumeCalls() {
        ask([.deliveries(.pending, limit: 10_000)]) { [self] result in
            guard case .success(let answers) = result, case .deliveries(let pending)? = answers.first else { return }
            if !pending.isEmpty {
                logger.notice("deliveries taken up again", metadata: ["count": .stringConvertible(pending.count)])
            }
            callDesk.waiting += pending.map { CallDesk.Item(delivery: $0) }
            workCalls()
        }
        for live in lives.values where live.value.call?.endedAt != nil && live.value.call?.disposition == nil {
            lives[live.id]?.settlesAt = now
        }
    }
}
