internal import Basics
internal import Carriers
internal import CoreMetrics
internal import Domain
internal import Logging
internal import Storage
internal import Transport
internal import Wire

// From a carrier's request to a screen pop. The raw request is on disk before anybody tries to understand it, and the
// carrier has its answer. Then, in batches and in order: parse, find the call by its aliases, reduce all its events to
// one call, write what has changed together with the mark that the request is done. A crash in between only means that
// the same is done again, with the same result.

extension Shard {
    /// A delivery is on disk.
    func accept(_ delivery: RawDelivery) {
        callDesk.waiting.append(CallDesk.Item(delivery: delivery))
        workCalls()
    }

    func workCalls() {
        guard !callDesk.isWorking, !callDesk.waiting.isEmpty, mode == .serving || mode == .full else { return }
        callDesk.isWorking = true
        var works: [CallKey: CallDesk.Work] = [:]
        for item in callDesk.take(limits.deliveriesAtOnce) {
            guard let events = parse(item) else { continue }
            for event in events { works[event.call, default: .init(key: event.call)].events.append(event) }
            if let first = events.first {
                works[first.call]?.items.append(item)
            } else {
                finish(item, .applied, note: "nothing that concerns a call")
            }
        }
        guard !works.isEmpty else { return workedCalls() }
        let gathered = works
        ask([.aliases(Array(gathered.keys))], otherwise: { [self] _ in putBack(gathered) }) { [self] answers in
            var works = gathered
            guard case .aliases(let known) = answers[0] else { return putBack(works) }
            for (key, id) in known { works[key]?.id = id }
            gatherFacts(works)
        }
    }

    private func workedCalls() {
        callDesk.isWorking = false
        if !callDesk.waiting.isEmpty { loop.post { self.assumeIsolated { $0.workCalls() } } }
    }

    /// Something was in the way of all of them; the same again with the next beat, a limited number of times.
    private func putBack(_ works: [CallKey: CallDesk.Work]) {
        for work in works.values { putBack(work) }
        callDesk.isWorking = false
    }

    private func putBack(_ work: CallDesk.Work) {
        if let id = work.id {
            lives[id]?.isStale = true
            lives[id]?.callEvents = []
        }
        for var item in work.items {
            item.attempts += 1
            if item.attempts >= CallDesk.attemptsMax {
                finish(item, .failed, note: "not stored after \(item.attempts) attempts")
            } else {
                callDesk.waiting.append(item)
            }
        }
        logger.warning("a call could not be stored yet", metadata: ["carrier": .string(work.key.carrier)])
    }

    private func finish(_ item: CallDesk.Item, _ state: RawDelivery.State, note: String?) {
        write(.deliveryResult(item.delivery.id, state, note: note, at: now))
    }

    /// What a delivery says about calls; nil when it cannot be understood, which is noted with it.
    private func parse(_ item: CallDesk.Item) -> [CallEvent]? {
        let delivery = item.delivery
        guard let carrier = carriers[delivery.carrier] else {
            finish(item, .unparsable, note: "no such carrier")
            return nil
        }
        do throws(CarrierRefusal) {
            return try carrier.events(in: CarrierRequest(delivery), receivedAt: delivery.receivedAt)
        } catch {
            meters.unparsable.increment()
            logger.warning(
                "a delivery could not be understood",
                metadata: ["carrier": .string(delivery.carrier), "delivery": .string(delivery.id.rawValue)]
            )
            finish(item, .unparsable, note: [error.code, error.detail].compactMap(\.self).joined(separator: ": "))
            return nil
        }
    }

    // MARK: Facts

    private func gatherFacts(_ works: [CallKey: CallDesk.Work]) {
        var works = works
        var queries: [Query] = []
        var readers: [(Answer) -> Void] = []
        for (key, work) in works {
            if let id = work.id {
                guard lives[id]?.callEvents.isEmpty != false || lives[id]?.isStale == true else { continue }
                queries += [.conversation(id), .callEvents(id)]
                readers.append { [self] answer in
                    if case .conversation(let found?) = answer { reload(found) }
                }
                readers.append { [self] answer in
                    if case .callEvents(let events) = answer { lives[id]?.callEvents = events }
                }
            } else {
                let outside = Call.reduce(work.events)?.outsideNumber
                let number = CallerNumber(outside, line: settings.line, numbers: numbers)
                works[key]?.number = number
                guard !number.exact.isEmpty || !number.national.isEmpty || number.suffix != nil else { continue }
                queries.append(
                    .candidates(exact: number.exact, national: number.national, suffix: number.suffix, now: now)
                )
                readers.append { answer in
                    if case .candidates(let found) = answer { works[key]?.candidates = found }
                }
            }
        }
        guard !queries.isEmpty else { return decide(works) }
        ask(queries, otherwise: { [self] _ in putBack(works) }) { [self] answers in
            for (reader, answer) in zip(readers, answers) { reader(answer) }
            decide(works)
        }
    }

    private func reload(_ found: Conversation) {
        if lives[found.id] == nil { lives[found.id] = Live(found) }
        lives[found.id]?.value = found
        lives[found.id]?.committed = found
        lives[found.id]?.isStale = false
    }

    // MARK: Decision

    private func decide(_ works: [CallKey: CallDesk.Work]) {
        var open = works.count
        func done() {
            open -= 1
            if open == 0 { workedCalls() }
        }
        for work in works.values.sorted(by: { $0.key.id < $1.key.id }) {
            if let id = work.id { follow(work, id, done) } else { beginCall(work, done) }
        }
    }

    private func applied(_ work: CallDesk.Work) -> [Write] {
        work.items.map { .deliveryResult($0.delivery.id, .applied, note: nil, at: now) }
    }

    private func beginCall(_ work: CallDesk.Work, _ done: @escaping () -> Void) {
        // A recording or the end of one leg says that there was a call, not which one: kept, to be replayed later.
        guard let call = Call.reduce(work.events), work.events.contains(where: \.opensCall) else {
            for item in work.items { finish(item, .unparsable, note: "belongs to no known call") }
            return done()
        }
        let id: ConversationID = newID()
        let number = work.number ?? CallerNumber(call.outsideNumber, line: settings.line, numbers: numbers)
        let party = number.isAnonymous ? .anonymous : PartyMatch(Resolution.resolve(work.candidates))
        var conversation = Conversation.openCall(
            id: id,
            inbox: work.key.account,
            call: call,
            identity: number.identity,
            numberShown: number.shown,
            party: party,
            at: now
        )
        let (shown, settlesAt) = withhold(call, decided: nil)
        let agents = roster.agents(call.legs.map(\.agent))
        var drafts = conversation.follow(shown, agents: agents, carrier: work.key.carrier, at: now)
        let owner = work.candidates.first { $0.person.id == party.person }?.owner?.id
        if shown.state != .ended, shown.answeredAt == nil, shown.direction == .inbound {
            drafts += ringDesk(&conversation, owner: owner)
        }
        let also: [Write] = [.alias(work.key, id), .callEvents(id, work.events)] + applied(work)
        begin(conversation, drafts, also: also) { [self] result in
            if case .success(.stored) = result {} else { putBack(work) }
            done()
        }
        lives[id]?.callEvents = work.events
        lives[id]?.isFresh = work.events.contains { isFresh($0) }
        lives[id]?.settlesAt = settlesAt
    }

    private func follow(_ work: CallDesk.Work, _ id: ConversationID, _ done: @escaping () -> Void) {
        guard let live = lives[id] else {
            putBack(work)
            return done()
        }
        let events = live.callEvents + work.events
        guard let call = Call.reduce(events) else { return done() }
        lives[id]?.callEvents = events
        let (shown, settlesAt) = withhold(call, decided: live.value.call?.disposition)
        lives[id]?.settlesAt = settlesAt == nil ? nil : live.settlesAt ?? settlesAt
        let agents = roster.agents(call.legs.map(\.agent))
        let owner = live.party.card?.summary.owner?.id
        change(id, also: [.callEvents(id, work.events)] + applied(work)) { [self] c throws(Refusal) in
            var drafts = c.follow(shown, agents: agents, carrier: work.key.carrier, at: now)
            if shown.state == .ringing, shown.direction == .inbound { drafts += ringDesk(&c, owner: owner) }
            return drafts
        } reply: { [self] result in
            if case .failure = result { putBack(work) }
            done()
        }
    }

    /// The carrier rings nobody whom we know: pop it for the owner, else for everyone who is free.
    private func ringDesk(_ conversation: inout Conversation, owner: RepID?) -> [EventDraft] {
        guard conversation.state == .queued else { return [] }
        let choice = Router.choose(for: conversation, among: statuses(), owner: owner, previous: nil)
        guard case .ring(let reps, let why) = choice else { return [] }
        return (try? conversation.offer(to: reps, until: nil, why: why, deed: .system(at: now))) ?? []
    }

    /// The outcome of a call is kept back until late news has had its time; that an agent answered is certain at once.
    private func withhold(_ call: Call, decided: CallDisposition?) -> (Call, Timestamp?) {
        let isCertain = call.disposition == .answered && call.answeredAt != nil
        guard call.disposition != nil, !isCertain, decided == nil else { return (call, nil) }
        var shown = call
        shown.disposition = nil
        return (shown, now + limits.settleAfter)
    }

    private func isFresh(_ event: CallEvent) -> Bool {
        event.kind != .ended && now - (event.at ?? event.receivedAt) < limits.popWithin
    }
}

extension CallEvent {
    /// Whether it alone is reason enough to believe in a call that nobody has heard of.
    fileprivate var opensCall: Bool { kind != .recording && kind != .ringEnded }
}

extension CarrierRequest {
    /// The request as it was kept: enough to be understood again.
    init(_ delivery: RawDelivery) {
        self.init(
            carrier: delivery.carrier,
            account: delivery.account,
            contentType: delivery.contentType,
            query: delivery.query,
            body: delivery.body
        )
    }
}
