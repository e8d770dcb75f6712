internal import Basics
internal import CoreMetrics
internal import Domain
internal import Storage
internal import Wire

// A ring is shown while the state says that it rings; it is never an event of its own, so it can neither be lost nor
// linger. What each rep's screens show is compared with what they should show, and the difference is sent.

extension Shard {
    func updateRings(_ id: ConversationID, after events: [LogEvent]) {
        guard let live = lives[id] else { return }
        let should = shouldRing(live)
        let started = should.filter { !live.ringing.contains($0) }
        let ended = live.ringing.filter { !should.contains($0) }
        lives[id]?.ringing = should
        lives[id]?.rung.formUnion(should)
        for rep in started {
            meters.rings.increment()
            let frame = ringFrame(live, to: rep)
            for connection in staff.sessions(of: rep) where staff[connection]?.isWelcome == true {
                push(frame, to: connection)
            }
        }
        for rep in ended {
            let frame = ringEndFrame(live, for: rep, after: events)
            for connection in staff.sessions(of: rep) { push(frame, to: connection) }
        }
    }

    private func shouldRing(_ live: Live) -> [RepID] {
        guard case .offered(let offer) = live.committed.state else { return [] }
        guard let call = live.committed.call else { return offer.reps }
        // An old call that comes late over a slow line is kept, but must not make anybody jump.
        return call.state == .ended || call.state == .answered || !live.isFresh ? [] : offer.reps
    }

    func ringFrame(_ live: Live, to rep: RepID) -> [UInt8] {
        ServerFrame.frame("ring") { json in
            json.field("conv", live.id.rawValue)
            json.field("channel", live.committed.channel.rawValue)
            if case .offered(let offer) = live.committed.state {
                json.optional("deadline", offer.deadline?.milliseconds)
                let isOwner = live.party.card?.summary.owner?.id == rep
                json.field("why", isOwner && offer.why != .transfer ? RingReason.owner.rawValue : offer.why.rawValue)
                if let from = offer.from { json.field("from", roster.name(from).name) }
            }
            json.field("who", object: live.party.write)
            if let card = cardView(live.party) { json.field("card", object: card.write) }
        }
    }

    private func ringEndFrame(_ live: Live, for rep: RepID, after events: [LogEvent]) -> [UInt8] {
        var why = OfferEnd.withdrawn
        var by: String?
        for event in events {
            switch event.body {
            case .joined(let taker, _):
                why = taker.id == rep ? .accepted : .elsewhere
                by = taker.id == rep ? nil : taker.name
            case .unoffered(let dropped, let reason) where dropped.id == rep: why = reason
            case .closed: why = .ended
            default: break
            }
        }
        if live.committed.call?.state == .ended, why == .withdrawn { why = .ended }
        if live.committed.call?.state == .answered, why == .withdrawn { why = .elsewhere }
        return ServerFrame.frame("ring_end") { json in
            json.field("conv", live.id.rawValue)
            json.field("why", why.rawValue)
            json.optional("by", by)
        }
    }
}
