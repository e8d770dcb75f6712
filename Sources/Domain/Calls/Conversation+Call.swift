public import Basics

extension Conversation {
    /// A call begins to exist for the desk.
    public static func openCall(
        id: ConversationID,
        inbox: String,
        call: Call,
        identity: Identity?,
        numberShown: String?,
        party: PartyMatch,
        at now: Timestamp
    ) -> Conversation {
        Conversation(
            id: id,
            channel: .call,
            inbox: inbox,
            openedAt: call.startedAt,
            state: .queued,
            since: now,
            queuedAt: call.startedAt,
            revision: 0,
            identity: identity,
            numberShown: numberShown,
            party: party,
            call: call
        )
    }

    /// Takes over what the carrier's events now add up to, and says it as milestones.
    ///
    /// `agents` maps carrier addresses to reps. Returns nothing when nothing that the desk sees has changed.
    public mutating func follow(
        _ next: Call,
        agents: [String: RepName],
        carrier: String,
        at now: Timestamp
    ) -> [EventDraft] {
        let before = revision == 0 ? nil : call
        let milestones = Self.milestones(from: before, to: next, agents: agents)
        guard !milestones.isEmpty || before != next else { return [] }
        let deed = Deed(.carrier(carrier), at: now)
        return record(deed) { conversation in
            conversation.call = next
            var bodies: [EventBody] = milestones.map { .call($0) }
            conversation.followOwnership(next, agents: agents, at: now, into: &bodies)
            return bodies
        }
    }

    /// Who has it: the rep who answered or who dials, else those whose phones ring, else the desk.
    private mutating func followOwnership(
        _ call: Call,
        agents: [String: RepName],
        at now: Timestamp,
        into bodies: inout [EventBody]
    ) {
        let holder = call.heldBy.flatMap { agents[$0] }
        if call.state == .ended {
            // Until it has settled, nobody knows how it came out: the answer may still be on its way.
            guard let outcome = call.disposition else { return }
            endedAt = call.endedAt
            followEnd(outcome, of: call, holder: holder?.id, at: now)
            return
        }
        guard !state.isOver else { return }
        if let holder {
            guard state != .active(holder.id) else { return }
            let previous = state.owner
            move(to: .active(holder.id), at: now)
            bodies.append(.joined(rep: holder, from: previous.map { RepName(id: $0, name: "") }))
            return
        }
        if case .active = state { return }
        if call.answeredAt != nil, call.answeredBy == nil, case .offered(let offer) = state, offer.reps.count == 1 {
            // The carrier says that somebody answered, not who; there was one alone whom it rang for.
            move(to: .active(offer.reps[0]), at: now)
            bodies.append(.joined(rep: RepName(id: offer.reps[0], name: ""), from: nil))
            return
        }
        followRinging(call, agents: agents, at: now, into: &bodies)
    }

    private mutating func followEnd(_ outcome: CallDisposition, of call: Call, holder: RepID?, at now: Timestamp) {
        switch state {
        case .wrapUp: break
        // Filed by a rep it stays as it is; closed by an earlier look at the call, it may turn out to be answered.
        case .closed:
            if outcome == .answered, disposition == nil, let holder { move(to: .wrapUp(holder), at: now) }
        case .queued, .offered, .active:
            var owner = holder
            if case .active(let rep) = state { owner = owner ?? rep }
            if outcome == .answered, let owner {
                move(to: .wrapUp(owner), at: now)
            } else {
                move(to: .closed(call.direction == .outbound ? owner : nil), at: now)
            }
        }
    }

    /// The offer follows the phones: it begins, grows and shrinks with them, and each rep is told once.
    private mutating func followRinging(
        _ call: Call,
        agents: [String: RepName],
        at now: Timestamp,
        into bodies: inout [EventBody]
    ) {
        var reps: [RepName] = []
        for address in call.ringing {
            if let rep = agents[address], !reps.contains(rep) { reps.append(rep) }
        }
        var rung: [RepID] = []
        if case .offered(let offer) = state {
            // Phones of nobody we know: the offer that the router made stands, unless somebody has answered.
            if reps.isEmpty, offer.why != .carrier, call.answeredAt == nil { return }
            rung = offer.reps
        }
        let added = reps.filter { !rung.contains($0.id) }
        let dropped = rung.filter { id in !reps.contains { $0.id == id } }
        guard !added.isEmpty || !dropped.isEmpty else { return }
        for id in dropped {
            let name = agents.values.filter { $0.id == id }.map(\.name).min() ?? ""
            let why: OfferEnd = call.answeredAt == nil ? .timeout : .elsewhere
            bodies.append(.unoffered(rep: RepName(id: id, name: name), why: why))
        }
        if !added.isEmpty { bodies.append(.offered(reps: added, deadline: nil, why: .carrier, from: nil)) }
        if reps.isEmpty {
            move(to: .queued, at: now)
            if call.answeredAt == nil { bodies.append(.queued(.timeout)) }
        } else {
            move(to: .offered(.init(reps: reps.map(\.id), deadline: nil, why: .carrier)), at: now)
        }
    }

    static func milestones(from before: Call?, to next: Call, agents: [String: RepName]) -> [CallMilestone] {
        func agent(_ address: String?) -> AgentName? {
            address.map { AgentName(id: agents[$0]?.id, name: agents[$0]?.name ?? $0) }
        }
        var result: [CallMilestone] = []
        if before == nil { result.append(.init(.offered)) }
        if before?.queuedAt == nil, next.queuedAt != nil { result.append(.init(.queued)) }
        // Late news about ringing is kept in the call, but a call that is answered or over rings no more.
        if before?.ringingAt == nil, next.ringingAt != nil, next.answeredAt == nil, next.endedAt == nil,
            before?.endedAt == nil
        {
            result.append(.init(.ringing, agent: agent(next.ringing.first)))
        }
        if next.answeredAt != nil, before?.answeredAt == nil || before?.answeredBy != next.answeredBy {
            // A name that comes late belongs to the answer that had none.
            let what: CallMilestone.What = before?.answeredBy == nil ? .answered : .transferred
            result.append(.init(what, agent: agent(next.answeredBy)))
        }
        if next.endedAt == nil, let before, before.isHeld != next.isHeld {
            result.append(.init(next.isHeld ? .held : .resumed))
        }
        if before?.hasVoicemail != true, next.hasVoicemail { result.append(.init(.voicemail)) }
        if next.disposition != nil, before?.disposition != next.disposition {
            result.append(
                .init(.ended, disposition: next.disposition, endedBy: next.endedBy, seconds: next.talkSeconds)
            )
        }
        if next.recording != nil, before?.recording == nil { result.append(.init(.recording)) }
        return result
    }
}
