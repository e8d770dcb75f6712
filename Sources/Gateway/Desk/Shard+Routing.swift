internal import Basics
internal import Domain
internal import Storage
internal import Transport
internal import Wire

// The queue is durable: it is the set of conversations whose state says so. Whenever something changes that could let one
// of them ring (a rep comes, becomes free, declines; a chat comes or goes), the oldest are looked at again.

extension Shard {
    func queueChanged() {
        guard !isQueueChanged else { return }
        isQueueChanged = true
        loop.post { self.assumeIsolated { $0.workQueue() } }
    }

    private func workQueue() {
        isQueueChanged = false
        route()
        sendPlaces()
        pushPresence()
    }

    /// Rings whoever can take the chats that wait, oldest first.
    func route() {
        guard mode == .serving else { return }
        for live in queue where !live.hasUnwritten && live.committed.channel == .chat {
            withParty(live.id) { [self] in offer(live.id) }
        }
    }

    /// Waiting chats, the longest waiting first.
    var queue: [Live] {
        lives.values.filter { $0.value.state == .queued && $0.value.channel == .chat }
            .sorted { ($0.value.queuedAt, $0.id) < ($1.value.queuedAt, $1.id) }
    }

    private func offer(_ id: ConversationID) {
        guard let live = lives[id], live.value.state == .queued, !live.hasUnwritten else { return }
        guard case .ring(let reps, let why) = choice(for: live) else { return }
        for rep in reps { roster[rep.id]?.lastOfferedAt = now }
        let until = now + limits.ringFor
        change(id) { [deed = Deed.system(at: now)] c throws(Refusal) in
            guard c.state == .queued else { throw .conflict }
            return try c.offer(to: reps, until: until, why: why, deed: deed)
        }
    }

    func choice(for live: Live) -> Router.Choice {
        let recent = live.party.card?.recent.first { $0.id != live.id && now - $0.openedAt < Scope.participationWindow }
        return Router.choose(
            for: live.value,
            among: statuses(),
            owner: live.party.card?.summary.owner?.id,
            previous: recent?.state.owner
        )
    }

    /// Offers that nobody took in time go back; chats that everybody declined get a new round after a while.
    func expireOffers() {
        for live in lives.values {
            switch live.value.state {
            case .offered(let offer):
                guard let deadline = offer.deadline, deadline <= now, !live.hasUnwritten else { continue }
                change(live.id) {
                    [names = offer.reps.map(roster.name), deed = Deed.system(at: now)] c throws(Refusal) in
                    guard case .offered(let current) = c.state, current.reps == offer.reps else { throw .conflict }
                    var drafts: [EventDraft] = []
                    for rep in names { drafts += try c.endOffer(to: rep, why: .timeout, deed: deed) }
                    return drafts
                }
            case .queued where live.value.channel == .chat && !live.value.declined.isEmpty:
                guard now - live.value.since >= limits.ringFor else { continue }
                lives[live.id]?.value.forgetDeclines()
                queueChanged()
            default: continue
            }
        }
    }

    // MARK: Places in the queue

    private func sendPlaces() {
        var next: [ConversationID: Int] = [:]
        var place = 0
        let waiting = lives.values.filter { live in
            guard live.committed.channel == .chat, !live.committed.state.isOver else { return false }
            return live.committed.state.owner == nil
        }.sorted { ($0.committed.queuedAt, $0.id) < ($1.committed.queuedAt, $1.id) }
        for live in waiting {
            place += 1
            next[live.id] = place
        }
        let changed = Set(next.keys).union(places.keys).filter { next[$0] != places[$0] }
        places = next
        for id in changed {
            guard let visitor = lives[id]?.committed.visitor else { continue }
            for connection in visitors.sessions(of: visitor) { sendPlace(of: id, to: connection) }
        }
    }

    func sendPlace(of id: ConversationID, to connection: ConnectionID) {
        guard let live = lives[id], live.committed.channel == .chat, visitors[connection]?.isWelcome == true else {
            return
        }
        let frame = ServerFrame.frame("queue") { json in
            json.field("conv", id.rawValue)
            json.field(
                "place",
                Int64(live.committed.state.owner == nil && !live.committed.state.isOver ? max(places[id] ?? 1, 1) : 0)
            )
            json.field("online", isAnyoneThere)
        }
        send(frame, toVisitor: connection)
    }
}
