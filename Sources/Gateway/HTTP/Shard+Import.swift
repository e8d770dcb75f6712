internal import Basics
internal import Domain
internal import PhoneNumbers
internal import Signing
internal import Storage
internal import Transport
internal import Wire

// People by the hundred, from the command line or another system.

extension Shard {
    struct ImportBody: Decodable {
        struct Row: Decodable {
            var line: Int
            var name: String
            var org: String?
            var title: String?
            var phones: [String]?
            var emails: [String]?
            var owner: String?
            var lifecycle: String?
            var language: String?
        }
        var rows: [Row]
    }

    /// Takes people by the hundred; a row that cannot be taken is named with its line, the others go in.
    func importPeople(_ call: WebCall) {
        let body: ImportBody
        do throws(WireError) { body = try call.decode(ImportBody.self) } catch { return fail(call, error) }
        var refusals: [(line: Int, field: String)] = []
        var units: [(line: Int, unit: WriteUnit)] = []
        var organisations: [String: OrganisationID] = [:]
        let names = Set(body.rows.compactMap(\.org).filter { !$0.isEmpty })
        let known = Array(names)
        ask(known.map { .organisation(name: $0) }, otherwise: { [self] in fail(call, $0) }) { [self] answers in
            for (name, answer) in zip(known, answers) {
                if case .organisation(let found?) = answer { organisations[name] = found.id }
            }
            for row in body.rows {
                var writes: [Write] = []
                do throws(WireError) { writes = try importWrites(row, &organisations) } catch {
                    refusals.append((row.line, error.field ?? error.code.rawValue))
                    continue
                }
                units.append((row.line, WriteUnit(writes)))
            }
            storeImport(call, units, refusals)
        }
    }

    func storeImport(
        _ call: WebCall,
        _ units: [(line: Int, unit: WriteUnit)],
        _ refusals: [(line: Int, field: String)]
    ) {
        var refusals = refusals
        var open = units.count
        var added = 0
        func finish() {
            succeed(call) { json in
                json.field("added", Int64(added))
                json.field("refused", array: refusals.sorted { $0.line < $1.line }) { json, refusal in
                    json.object { json in
                        json.field("line", Int64(refusal.line))
                        json.field("field", refusal.field)
                    }
                }
            }
        }
        guard open > 0 else { return finish() }
        for (line, unit) in units {
            write(unit) { result in
                switch result {
                case .success(.stored): added += 1
                case .success(.conflict(.identityOwned)): refusals.append((line, "known"))
                case .success: refusals.append((line, "conflict"))
                case .failure: refusals.append((line, "busy"))
                }
                open -= 1
                if open == 0 { finish() }
            }
        }
    }

    func importWrites(
        _ row: ImportBody.Row,
        _ organisations: inout [String: OrganisationID]
    ) throws(WireError) -> [Write] {
        guard row.name.contains(where: { !$0.isWhitespace }) else { throw WireError(.form, field: "name") }
        guard Person.nameLimit.admits(row.name.utf8.count) else { throw WireError(.form, field: "name") }
        var writes: [Write] = []
        var owner: RepID?
        if let email = row.owner, !email.isEmpty {
            guard let rep = roster.all.first(where: { $0.email == email.lowercased() }) else {
                throw WireError(.form, field: "owner")
            }
            owner = rep.id
        }
        var lifecycle = Lifecycle.lead
        if let text = row.lifecycle, !text.isEmpty {
            guard let known = Lifecycle(rawValue: text) else { throw WireError(.form, field: "lifecycle") }
            lifecycle = known
        }
        var organisation: OrganisationID?
        if let name = row.org, !name.isEmpty {
            organisation = organisations[name]
            if organisation == nil {
                let new = Organisation(id: newID(), name: name)
                organisations[name] = new.id
                organisation = new.id
                writes.append(.insertOrganisation(new))
            }
        }
        let person = Person(
            id: newID(),
            name: row.name,
            title: row.title.flatMap { $0.isEmpty ? nil : $0 },
            organisation: organisation,
            lifecycle: lifecycle,
            owner: owner,
            language: row.language,
            createdAt: now
        )
        writes.append(.insertPerson(person))
        for phone in row.phones ?? [] where !phone.isEmpty {
            guard let e164 = numbers.read(phone, line: settings.line).e164 else {
                throw WireError(.form, field: "phone")
            }
            writes.append(.link(link(Identity(.phone, e164), person.id, .confirmed)))
        }
        for email in row.emails ?? [] where !email.isEmpty {
            guard let identity = Identity.email(email) else { throw WireError(.form, field: "email") }
            writes.append(.link(link(identity, person.id, .confirmed, isExclusive: true)))
        }
        return writes
    }
}
