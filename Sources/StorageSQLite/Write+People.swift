internal import Basics
internal import Domain
internal import GRDB
internal import Storage

// People, where they work, and what may be sold to them.
extension UnitWriter {
    func insert(_ person: Person) throws -> Outcome {
        if let known = try db.person(record: person.id) { throw Stop.conflict(.personRevision(known)) }
        try checkOrganisation(of: person)
        try db.run(
            "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [person.id, person.id] + PersonRow.values(person) + [person.createdAt, person.revision]
        )
        return .done
    }

    func update(_ person: Person, assuming: Int64) throws -> Outcome {
        guard let known = try db.person(record: person.id) else { throw Stop.conflict(.missing("person")) }
        guard known.revision == assuming else { throw Stop.conflict(.personRevision(known)) }
        try checkOrganisation(of: person)
        try db.run(
            """
            UPDATE person SET name = ?, name_key = ?, title = ?, organisation = ?, lifecycle = ?, owner = ?,
                language = ?, region = ?, revision = ? WHERE id = ?
            """,
            PersonRow.values(person) + [assuming + 1, person.id]
        )
        return .done
    }

    func insert(_ organisation: Organisation) throws -> Outcome {
        try db.run(
            "INSERT INTO organisation VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key",
            organisation.id,
            organisation.name,
            organisation.name.searchKey
        )
        return .done
    }

    func put(_ deal: Deal) throws -> Outcome {
        try require(deal.person)
        try db.run(
            """
            INSERT INTO deal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
                person = excluded.person, title = excluded.title, stage = excluded.stage, outcome = excluded.outcome,
                amount = excluded.amount, currency = excluded.currency, owner = excluded.owner,
                expected_close = excluded.expected_close
            """,
            deal.id,
            deal.person,
            deal.title,
            deal.stage,
            deal.outcome.rawValue,
            deal.amount,
            deal.currency,
            deal.owner,
            deal.expectedClose,
            deal.createdAt
        )
        return .done
    }

    func require(_ person: PersonID) throws {
        guard try db.exists("SELECT 1 FROM person WHERE id = ?", person) else {
            throw Stop.conflict(.missing("person"))
        }
    }

    private func checkOrganisation(of person: Person) throws {
        guard let organisation = person.organisation else { return }
        guard try db.exists("SELECT 1 FROM organisation WHERE id = ?", organisation) else {
            throw Stop.conflict(.missing("organisation"))
        }
    }
}

/// How a person is kept.
enum PersonRow {
    /// With `p` for the person.
    static let columns = """
        p.id, p.name, p.title, p.organisation, p.lifecycle, p.owner, p.language, p.region, p.created_at, p.revision
        """

    /// From the name to the region, in the order of the table.
    static func values(_ person: Person) -> [any Bindable] {
        [
            person.name, person.name.searchKey, person.title, person.organisation, person.lifecycle.rawValue,
            person.owner, person.language, person.region,
        ]
    }

    static func read(_ columns: inout Columns) throws -> Person {
        Person(
            id: columns.id(),
            name: columns.text(),
            title: columns.textIfAny(),
            organisation: columns.idIfAny(),
            lifecycle: try columns.choice(),
            owner: columns.idIfAny(),
            language: columns.textIfAny(),
            region: columns.textIfAny(),
            createdAt: columns.time(),
            revision: columns.integer()
        )
    }
}

extension Database {
    /// The record with this id, merged or not.
    func person(record id: PersonID) throws -> Person? {
        try first("SELECT \(PersonRow.columns) FROM person p WHERE p.id = ?", id, read: PersonRow.read)
    }

    /// The person that this record now stands for.
    func canonical(_ id: PersonID) throws -> PersonID? {
        try first("SELECT canon FROM person WHERE id = ?", id) { $0.id() }
    }
}
