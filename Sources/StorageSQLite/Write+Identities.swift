internal import Basics
internal import Domain
internal import GRDB
internal import Storage

// Who is recognised by what.
extension UnitWriter {
    func add(_ link: IdentityLink) throws -> Outcome {
        guard let person = try db.canonical(link.person) else { throw Stop.conflict(.missing("person")) }
        var link = link
        let known = try identityRow(link.identity)
        if link.isExclusive, let known, let owner = try owner(of: known), owner.record != link.person {
            guard owner.person == person else { throw Stop.conflict(.identityOwned(owner.person)) }
            // It is the same person's already, through a record merged into it; an undo must find it there.
            link.isExclusive = false
        }
        let row = try known ?? insert(link.identity)
        // A link that was taken back begins anew: what was known of it then was wrong.
        try db.run(
            """
            INSERT INTO identity_link VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL) ON CONFLICT (identity, person) DO UPDATE SET
                assurance = iif(retracted_at IS NULL, max(assurance, excluded.assurance), excluded.assurance),
                shared = iif(retracted_at IS NULL, max(shared, excluded.shared), excluded.shared),
                exclusive = iif(retracted_at IS NULL,
                    max(exclusive, excluded.exclusive) AND NOT max(shared, excluded.shared), excluded.exclusive),
                first_seen = min(first_seen, excluded.first_seen),
                last_seen = max(last_seen, excluded.last_seen),
                retracted_at = NULL
            """,
            row,
            link.person,
            link.assurance.rawValue,
            link.isExclusive,
            link.isShared,
            link.firstSeen,
            link.lastSeen
        )
        return .done
    }

    /// Takes the link from everything that the person is made of.
    func retract(_ identity: Identity, from person: PersonID, at: Timestamp) throws -> Outcome {
        guard let canonical = try db.canonical(person) else { throw Stop.conflict(.missing("person")) }
        guard let row = try identityRow(identity) else { return .done }
        let group = "(SELECT id FROM person WHERE canon = ?)"
        try db.run(
            """
            UPDATE identity_link SET retracted_at = ?
            WHERE identity = ? AND retracted_at IS NULL AND person IN \(group)
            """,
            at,
            row,
            canonical
        )
        try db.run("DELETE FROM remembered WHERE identity = ? AND person IN \(group)", row, canonical)
        return .done
    }

    func remember(_ identity: Identity, _ person: PersonID, until: Timestamp) throws -> Outcome {
        try require(person)
        let row = try identityRow(identity) ?? insert(identity)
        try db.run(
            """
            INSERT INTO remembered VALUES (?, ?, ?)
            ON CONFLICT (identity) DO UPDATE SET person = excluded.person, until = excluded.until
            """,
            row,
            person,
            until
        )
        return .done
    }

    private func identityRow(_ identity: Identity) throws -> Int64? {
        try db.first(
            "SELECT n FROM identity WHERE kind = ? AND issuer = ? AND value = ?",
            identity.kind.rawValue,
            identity.issuer,
            identity.value
        ) { $0.integer() }
    }

    private func insert(_ identity: Identity) throws -> Int64 {
        try db.run(
            "INSERT INTO identity (kind, issuer, value, base, suffix) VALUES (?, ?, ?, ?, ?)",
            identity.kind.rawValue,
            identity.issuer,
            identity.value,
            identity.numberBase,
            identity.numberSuffix
        )
        return db.lastInsertedRowID
    }

    private func owner(of row: Int64) throws -> (record: PersonID, person: PersonID)? {
        try db.first(
            """
            SELECT l.person, p.canon FROM identity_link l JOIN person p ON p.id = l.person
            WHERE l.identity = ? AND l.exclusive = 1 AND l.retracted_at IS NULL
            """,
            row
        ) { ($0.id(), $0.id()) }
    }
}
