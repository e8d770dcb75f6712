import Domain

/// Why a unit is not written: what it does had been done, or what it assumes does not hold.
enum MemoryStop: Error {
    case duplicate(LogEvent)
    case conflict(Conflict)
}

extension MemoryState {
    /// Every write checks before it changes, so that only a unit of several has to be taken back.
    mutating func apply(_ unit: WriteUnit) -> UnitOutcome {
        let before = unit.writes.count > 1 ? self : nil
        do throws(MemoryStop) {
            var outcomes: [Outcome] = []
            for write in unit.writes { outcomes.append(try apply(write)) }
            return .stored(outcomes)
        } catch {
            if let before { self = before }
            return switch error {
            case .duplicate(let event): .duplicate(event)
            case .conflict(let conflict): .conflict(conflict)
            }
        }
    }

    private mutating func apply(_ write: Write) throws(MemoryStop) -> Outcome {
        switch write {
        case .open(let conversation, let drafts): return try open(conversation, drafts)
        case .append(let conversation, let assuming, let drafts, let extent):
            return try append(conversation, assuming: assuming, drafts, extent: extent)
        case .marks(let id, let marks): try raise(marks, of: id)

        case .delivery(let delivery): return insert(delivery)
        case .deliveryResult(let id, let state, let note, _): try settle(id, state, note: note)
        case .callEvents(let id, let events): try insert(events, of: id)
        case .alias(let key, let id): try name(key, id)

        case .insertPerson(let person): try insert(person)
        case .updatePerson(let person, let assuming): try update(person, assuming: assuming)
        case .insertOrganisation(let organisation): organisations[organisation.id] = organisation
        case .deal(let deal): try put(deal)
        case .link(let link): try add(link)
        case .unlink(let identity, let person, let at): try retract(identity, from: person, at: at)
        case .remember(let identity, let person, let until): try remember(identity, person, until: until)
        case .merge(let edge): try merge(edge)
        case .undoMerge(let id, _, let at): try undoMerge(id, at: at)

        case .visitor(let visitor): put(visitor)
        case .page(let visitor, let page): try insert(page, of: visitor)

        case .rep(let rep): try put(rep)
        case .password(let rep, let hash):
            try require(rep)
            passwords[rep] = hash
        case .intent(let rep, let intent):
            try require(rep)
            reps[rep]?.intent = intent
        case .session(let session):
            try require(session.rep)
            sessions[session.hash] = session
        case .touchSession(let hash, let at):
            if let session = sessions[hash] { sessions[hash]?.lastSeen = max(session.lastSeen, at) }
        case .endSession(let hash): sessions[hash] = nil
        case .endSessions(let rep): sessions = sessions.filter { $0.value.rep != rep }
        }
        return .done
    }

    private func require(_ rep: RepID) throws(MemoryStop) {
        if reps[rep] == nil { throw .conflict(.missing("rep")) }
    }
}
