internal import Basics
internal import Domain
internal import Storage

// People as a whole: every answer is about the person that a record now stands for.
extension Snapshot {
    func person(_ id: PersonID) throws -> Person? { try db.canonical(id).flatMap(db.person(record:)) }

    func isVisible(_ id: PersonID, _ scope: Scope, at now: Timestamp) throws -> Bool {
        guard let person = try db.canonical(id) else { return false }
        let condition = scope.seesPerson("p", at: now)
        return try db.first("SELECT 1 FROM person p WHERE p.id = ? AND (\(condition.sql))", [person] + condition.values)
        {
            _ in true
        } ?? false
    }

    func people(_ term: SearchTerm, _ scope: Scope, after: Cursor?, limit: Int, at now: Timestamp) throws -> Answer {
        var condition = Condition(sql: "p.canon = p.id", values: []) && scope.seesPerson("p", at: now)
        if !term.text.isEmpty { condition = condition && matches(term) }
        if let key = after?.nameKey {
            condition = condition && Condition(sql: "(p.name_key, p.id) > (?, ?)", values: [key.name, key.id])
        }
        let limit = max(0, limit)
        let found = try db.all(
            """
            SELECT \(PersonRow.columns) FROM person p WHERE \(condition.sql)
            ORDER BY p.name_key, p.id LIMIT ?
            """,
            condition.values + [limit + 1],
            read: PersonRow.read
        )
        let page = found.prefix(limit)
        let next =
            found.count > limit
            ? page.last.map { Cursor(name: $0.name.searchKey, id: $0.id.rawValue) } : nil
        return .people(try page.map(summary), next: next)
    }

    /// By any part of the name or of a mail address, or by digits of a number; what is only claimed is not searched.
    private func matches(_ term: SearchTerm) -> Condition {
        var handle = Condition(sql: "i.kind = 'email' AND instr(i.value, ?) > 0", values: [term.text])
        if let digits = term.digits {
            handle = handle || Condition(sql: "i.kind = 'phone' AND instr(i.value, ?) > 0", values: [digits])
        }
        return Condition(
            sql: """
                p.id IN (
                    SELECT canon FROM person WHERE instr(name_key, ?) > 0
                    UNION SELECT m.canon FROM identity i JOIN identity_link l ON l.identity = i.n
                        JOIN person m ON m.id = l.person
                    WHERE l.retracted_at IS NULL AND l.assurance > 0 AND (\(handle.sql))
                )
                """,
            values: [term.text] + handle.values
        )
    }

    func summary(of person: Person) throws -> PersonSummary {
        let handles = try db.all(
            """
            SELECT DISTINCT i.kind, i.value FROM person m CROSS JOIN identity_link l ON l.person = m.id
                CROSS JOIN identity i ON i.n = l.identity
            WHERE m.canon = ? AND i.kind IN ('phone', 'email') AND l.retracted_at IS NULL AND l.assurance > 0
            ORDER BY i.value
            """,
            person.id
        ) { (kind: $0.text(), value: $0.text()) }
        return PersonSummary(
            person: person,
            organisation: try person.organisation.flatMap(organisation),
            owner: try person.owner.flatMap(repName),
            phones: handles.filter { $0.kind == "phone" }.map(\.value),
            emails: handles.filter { $0.kind == "email" }.map(\.value)
        )
    }

    func card(of id: PersonID) throws -> PersonCard? {
        guard let person = try person(id) else { return nil }
        let recent = try conversations(with: person.id, limit: PersonCard.recentLimit.value)
        var named: Set<RepID> = []
        return PersonCard(
            summary: try summary(of: person),
            deals: try deals(of: person.id),
            recent: recent,
            reps: try recent.compactMap(\.state.owner).filter { named.insert($0).inserted }.compactMap(repName),
            merged: try merged(into: person.id)
        )
    }

    private func deals(of person: PersonID) throws -> [Deal] {
        try db.all(
            """
            SELECT d.id, d.person, d.title, d.stage, d.outcome, d.amount, d.currency, d.owner, d.expected_close,
                d.created_at
            FROM person m JOIN deal d ON d.person = m.id WHERE m.canon = ?
            ORDER BY d.outcome <> 'open', d.created_at DESC, d.id DESC LIMIT ?
            """,
            person,
            PersonCard.dealLimit.value
        ) {
            Deal(
                id: $0.id(),
                person: $0.id(),
                title: $0.text(),
                stage: $0.text(),
                outcome: try $0.choice(),
                amount: $0.integerIfAny(),
                currency: $0.textIfAny(),
                owner: $0.idIfAny(),
                expectedClose: $0.textIfAny(),
                createdAt: $0.time()
            )
        }
    }

    private func merged(into person: PersonID) throws -> [PersonCard.Merged] {
        try db.all(
            """
            SELECT e.id, m.id, m.name, e.at FROM person m JOIN merge_edge e ON e.loser = m.id AND e.undone_at IS NULL
            WHERE m.canon = ? ORDER BY e.at, e.id
            """,
            person
        ) { PersonCard.Merged(edge: $0.id(), person: PersonName(id: $0.id(), name: $0.text()), at: $0.time()) }
    }

    /// Who had the newest conversation with this person that anybody had.
    func lastRep(of id: PersonID) throws -> RepID? {
        guard let person = try db.canonical(id) else { return nil }
        return try db.first(
            """
            SELECT c.owner FROM person m JOIN conversation c ON c.person = m.id
            WHERE m.canon = ? AND c.owner IS NOT NULL
            ORDER BY coalesce(c.ended_at, c.since) DESC, c.id DESC LIMIT 1
            """,
            person
        ) { $0.id() }
    }

    func organisation(named name: String) throws -> Organisation? {
        try db.first(
            "SELECT id, name FROM organisation WHERE name_key = ? ORDER BY id LIMIT 1",
            name.searchKey,
            read: Self.organisation
        )
    }

    private func organisation(_ id: OrganisationID) throws -> Organisation? {
        try db.first("SELECT id, name FROM organisation WHERE id = ?", id, read: Self.organisation)
    }

    private static func organisation(_ columns: inout Columns) -> Organisation {
        Organisation(id: columns.id(), name: columns.text())
    }

    func repName(_ id: RepID) throws -> RepName? {
        try db.first("SELECT id, name FROM rep WHERE id = ?", id) { RepName(id: $0.id(), name: $0.text()) }
    }
}
