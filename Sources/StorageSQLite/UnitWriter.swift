internal import Domain
internal import GRDB
internal import Storage

/// Why a unit is not written: what it does had been done, or what it assumes does not hold.
enum Stop: Error {
    case duplicate(LogEvent)
    case conflict(Conflict)
}

/// Applies units inside the open transaction of the writing connection.
///
/// Every write checks before it changes: when a single write stops, nothing has to be taken back, and so it needs no
/// savepoint. Only a constraint that no check foresaw is different; then the whole group is repeated `carefully`.
struct UnitWriter {
    let db: Database
    /// Puts a savepoint around every unit, and takes a violated constraint for a conflict of that unit alone.
    let isCareful: Bool

    func apply(_ unit: WriteUnit) throws -> UnitOutcome {
        guard isCareful || unit.writes.count > 1 else { return try outcome(of: unit) }
        try db.control("SAVEPOINT unit")
        let outcome: UnitOutcome
        do {
            outcome = try self.outcome(of: unit)
        } catch let error as DatabaseError where isCareful && error.isConstraint {
            outcome = .conflict(.missing(error.message ?? "a constraint"))
        }
        if case .stored = outcome {} else { try db.control("ROLLBACK TO unit") }
        try db.control("RELEASE unit")
        return outcome
    }

    private func outcome(of unit: WriteUnit) throws -> UnitOutcome {
        do {
            return .stored(try unit.writes.map(apply))
        } catch Stop.duplicate(let event) {
            return .duplicate(event)
        } catch Stop.conflict(let conflict) {
            return .conflict(conflict)
        }
    }

    private func apply(_ write: Write) throws -> Outcome {
        switch write {
        case .open(let conversation, let drafts): try open(conversation, drafts)
        case .append(let conversation, let assuming, let drafts, let extent):
            try append(conversation, assuming: assuming, drafts, extent: extent)
        case .marks(let id, let marks): try raise(marks, of: id)

        case .delivery(let delivery): try insert(delivery)
        case .deliveryResult(let id, let state, let note, let at): try settle(id, state, note: note, at: at)
        case .callEvents(let id, let events): try insert(events, of: id)
        case .alias(let key, let id): try name(key, id)

        case .insertPerson(let person): try insert(person)
        case .updatePerson(let person, let assuming): try update(person, assuming: assuming)
        case .insertOrganisation(let organisation): try insert(organisation)
        case .deal(let deal): try put(deal)
        case .link(let link): try add(link)
        case .unlink(let identity, let person, let at): try retract(identity, from: person, at: at)
        case .remember(let identity, let person, let until): try remember(identity, person, until: until)
        case .merge(let edge): try merge(edge)
        case .undoMerge(let id, let author, let at): try undoMerge(id, by: author, at: at)

        case .visitor(let visitor): try put(visitor)
        case .page(let visitor, let page): try insert(page, of: visitor)

        case .rep(let rep): try put(rep)
        case .password(let rep, let hash): try setPassword(of: rep, hash: hash)
        case .intent(let rep, let intent): try setIntent(of: rep, intent)
        case .session(let session): try put(session)
        case .touchSession(let hash, let at): try touchSession(hash, at: at)
        case .endSession(let hash): try endSession(hash)
        case .endSessions(let rep): try endSessions(of: rep)
        }
    }
}
