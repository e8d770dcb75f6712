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

    /// Who has it: the rep who answered, else those whose phones ring, else the desk.
    private mutating func followOwnership(
        _ call: Call,
        agents: [String: RepName],
        at now: Timestamp,
        into bodies: inout [EventBody]
    ) {
        let answerer = call.answeredBy.flatMap { agents[$0] }
        if call.state == .ended {
            // Until it has settled, nobody knows how it came out: the answer may still be on its way.
            guard call.disposition != nil else { return }
            endedAt = call.endedAt
            switch state {
            case .closed(nil) where call.disposition == .answered:
                if let answerer { move(to: .wrapUp(answerer.id), at: now) }
            case .wrapUp, .closed: break
            case .active(let owner) where call.disposition == .answered: move(to: .wrapUp(owner), at: now)
            case .queued, .offered, .active:
                if call.disposition == .answered, let answerer {
                    move(to: .wrapUp(answerer.id), at: now)
                } else {
                    move(to: .closed(nil), at: now)
                }
            }
            return
        }
        guard !state.isOver else { return }
        if let answerer {
            guard state.owner != answerer.id || state != .active(answerer.id) else { return }
            let previous = state.owner
            move(to: .active(answerer.id), at: now)
            bodies.append(.joined(rep: answerer, from: previous.map { RepName(id: $0, name: "") }))
            return
        }
        if case .active = state { return }
        var reps: [RepName] = []
        for address in call.ringing {
            if let rep = agents[address], !reps.contains(rep) { reps.append(rep) }
        }
        if reps.isEmpty {
            // Phones of nobody we know: the offer that the router made stands, else it waits.
            return
        }
        if case .offered(let offer) = state, offer.reps == reps.map(\.id) { return }
        state = .offered(.init(reps: reps.map(\.id), deadline: nil, why: .carrier))
        since = now
        bodies.append(.offered(reps: reps, deadline: nil, why: .carrier, from: nil))
    }

    static func milestones(from before: Call?, to next: Call, agents: [String: RepName]) -> [CallMilestone] {
        func agent(_ address: String?) -> AgentName? {
            address.map { AgentName(id: agents[$0]?.id, name: agents[$0]?.name ?? $0) }
        }
        var result: [CallMilestone] = []
        if before == nil { result.append(.init(.offered)) }
        if before?.queuedAt == nil, next.queuedAt != nil { result.append(.init(.queued)) }
        // Late news about ringing is kept in the call, but a call that is answered or over rings no more.
        if before?.ringingAt == nil, next.ringingAt != nil, before?.answeredAt == nil, before?.endedAt == nil {
            result.append(.init(.ringing, agent: agent(next.legs.first?.agent)))
        }
        if next.answeredAt != nil, before?.answeredAt == nil || before?.answeredBy != next.answeredBy {
            let what: CallMilestone.What = before?.answeredAt == nil ? .answered : .transferred
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
