public import Basics

extension Conversation {
    /// Rings reps; `from` keeps it until one of them takes it.
    public mutating func offer(
        to reps: [RepName],
        until deadline: Timestamp?,
        why: RingReason,
        from: RepName? = nil,
        deed: Deed
    ) throws(Refusal) -> [EventDraft] {
        guard !state.isOver else { throw .conversationClosed }
        guard !reps.isEmpty else { throw .badValue(field: "rep") }
        if let from, state.owner != from.id { throw .notYours }
        if from == nil, case .active(let owner) = state { throw .claimed(by: RepName(id: owner, name: "")) }
        return record(deed) { conversation in
            conversation.move(
                to: .offered(.init(reps: reps.map(\.id), deadline: deadline, why: why, from: from?.id)),
                at: deed.at
            )
            return [.offered(reps: reps, deadline: deadline, why: why, from: from)]
        }
    }

    /// A rep takes the ring; only whom it rings may.
    public mutating func accept(by rep: RepName, deed: Deed) throws(Refusal) -> [EventDraft] {
        switch state {
        case .offered(let offer) where offer.reps.contains(rep.id): return take(by: rep, deed: deed)
        case .offered, .queued: throw .notOffered
        case .active(let owner) where owner == rep.id: throw .conflict
        case .active(let owner): throw .claimed(by: RepName(id: owner, name: ""))
        case .wrapUp, .closed: throw .conversationClosed
        }
    }

    /// A rep takes it out of the queue unasked; a supervisor also from another rep.
    public mutating func claim(by rep: RepName, role: Role, deed: Deed) throws(Refusal) -> [EventDraft] {
        switch state {
        case .queued: return take(by: rep, deed: deed)
        case .offered(let offer):
            guard offer.from == nil || offer.reps.contains(rep.id) || role.seesEverything else { throw .notYours }
            return take(by: rep, deed: deed)
        case .active(let owner):
            guard owner != rep.id else { throw .conflict }
            guard role.seesEverything else { throw .claimed(by: RepName(id: owner, name: "")) }
            return take(by: rep, deed: deed)
        case .wrapUp, .closed: throw .conversationClosed
        }
    }

    private mutating func take(by rep: RepName, deed: Deed) -> [EventDraft] {
        let previous = state.owner
        return record(deed) { conversation in
            conversation.declined = []
            conversation.move(to: .active(rep.id), at: deed.at)
            return [.joined(rep: rep, from: previous.map { RepName(id: $0, name: "") })]
        }
    }

    /// One rung rep drops out: said no, did not answer, or the phone stopped.
    ///
    /// The last one to drop out sends a chat back to whoever had it, else to the queue.
    public mutating func endOffer(to rep: RepName, why: OfferEnd, deed: Deed) throws(Refusal) -> [EventDraft] {
        guard case .offered(var offer) = state, offer.reps.contains(rep.id) else { throw .notOffered }
        return record(deed) { conversation in
            offer.reps.removeAll { $0 == rep.id }
            if !conversation.declined.contains(rep.id) { conversation.declined.append(rep.id) }
            var bodies: [EventBody] = [.unoffered(rep: rep, why: why)]
            if !offer.reps.isEmpty {
                conversation.state = .offered(offer)
            } else if let from = offer.from {
                conversation.move(to: .active(from), at: deed.at)
            } else {
                conversation.move(to: .queued, at: deed.at)
                bodies.append(.queued(why == .timeout ? .timeout : .declined))
            }
            return bodies
        }
    }

    /// Its rep puts it back into the queue, where it keeps its place by age.
    public mutating func release(
        by rep: RepName,
        why: QueueReason = .released,
        deed: Deed
    ) throws(Refusal) -> [EventDraft] {
        guard !state.isOver else { throw .conversationClosed }
        guard state.owner == rep.id else { throw .notYours }
        return record(deed) { conversation in
            conversation.declined = [rep.id]
            conversation.move(to: .queued, at: deed.at)
            return [.left(rep: rep), .queued(why)]
        }
    }

    /// Nobody free said yes: a new round begins, in which all may be asked again.
    public mutating func forgetDeclines() { declined = [] }

    /// The rep says what came of it.
    public mutating func wrapUp(
        by rep: RepID,
        disposition: String,
        next: String?,
        role: Role,
        deed: Deed
    ) throws(Refusal) -> [EventDraft] {
        guard state.isOver else { throw .conflict }
        guard state.owner == nil || state.owner == rep || role.seesEverything else { throw .notYours }
        guard !disposition.isEmpty, disposition.utf8.count <= 64 else { throw .badValue(field: "disposition") }
        return record(deed) { conversation in
            conversation.disposition = disposition
            conversation.move(to: .closed(conversation.state.owner ?? rep), at: deed.at)
            return [.wrapUp(disposition: disposition, next: next)]
        }
    }

    /// Now we know, or think we know, who it is.
    public mutating func link(
        to person: PersonName,
        as match: PartyMatch,
        how: LinkReason,
        deed: Deed
    ) -> [EventDraft] {
        guard party != match else { return [] }
        return record(deed) { conversation in
            conversation.party = match
            return [.linked(person: person, how: how)]
        }
    }

    /// It was somebody else after all.
    public mutating func unlink(from person: PersonName, back match: PartyMatch, deed: Deed) -> [EventDraft] {
        record(deed) { conversation in
            conversation.party = match
            return [.unlinked(person: person)]
        }
    }
}

extension Conversation {
    /// Takes over what the resolver says now, whoever it names.
    public mutating func settle(_ match: PartyMatch, _ person: PersonName?, deed: Deed) -> [EventDraft] {
        guard party != match else { return [] }
        return record(deed) { conversation in
            conversation.party = match
            return person.map { [.linked(person: $0, how: .number)] } ?? []
        }
    }
}
