internal import Basics
internal import Domain
internal import PhoneNumbers
internal import Storage
internal import Transport
internal import Wire

// People are made and changed by reps; a revision guards against overwriting what somebody else wrote meanwhile.

extension Shard {
    struct NewPerson: Decodable {
        var name: String
        var org: String?
        var title: String?
        var phones: [String]?
        var emails: [String]?
        var language: String?
        var lifecycle: String?
        var conv: String?
    }

    func createPerson(_ call: WebCall) {
        let body: NewPerson
        let identities: [Identity]
        do throws(WireError) {
            body = try call.decode(NewPerson.self)
            try check(name: body.name)
            identities = try read(phones: body.phones ?? [], emails: body.emails ?? [])
        } catch { return fail(call, error) }
        withOrganisation(call, body.org) { [self] organisation, writes in
            let person = Person(
                id: newID(),
                name: body.name,
                title: body.title,
                organisation: organisation,
                lifecycle: body.lifecycle.flatMap(Lifecycle.init) ?? .lead,
                owner: call.scope.role == .rep ? call.scope.viewer : nil,
                language: body.language,
                createdAt: now
            )
            let links = identities.map { Write.link(link($0, person.id, .confirmed, isExclusive: true)) }
            store(call, WriteUnit(writes + [.insertPerson(person)] + links)) { [self] in
                let name = PersonName(id: person.id, name: person.name)
                for identity in identities { adopt(identity, name) }
                if let conversation = body.conv { tie(ConversationID(conversation), to: name, call.scope) }
                answerCard(call, status: 201, person.id) { "{\"person\":\"\(person.id.rawValue)\",\"card\":\($0)}" }
            }
        }
    }

    /// The conversation over which the new person was met is theirs, and so is the handle that it came over.
    func tie(_ conversation: ConversationID, to person: PersonName, _ scope: Scope) {
        withLive(conversation) { [self] isFound in
            guard isFound, lives[conversation]?.value.isVisible(to: scope) == true else { return }
            let also = links(conversation, person.id, remember: false)
            change(conversation, also: also) { [deed = Deed(.rep(scope.viewer), at: now)] c throws(Refusal) in
                c.link(
                    to: person,
                    as: PartyMatch(kind: .unique, person: person.id, assurance: .confirmed, confidence: .exact),
                    how: .rep,
                    deed: deed
                )
            } reply: { [self] _ in
                adopt(handle(of: conversation), person)
            }
        }
    }

    struct PersonChange: Decodable {
        var rev: Int64
        var name: String?
        var org: String?
        var title: String?
        var lifecycle: String?
        var owner: String?
        var addPhone: String?
        var addEmail: String?
    }

    func changePerson(_ call: WebCall) {
        let body: PersonChange
        let identities: [Identity]
        do throws(WireError) {
            body = try call.decode(PersonChange.self)
            if let name = body.name { try check(name: name) }
            if let lifecycle = body.lifecycle, Lifecycle(rawValue: lifecycle) == nil {
                throw WireError(.form, field: "lifecycle")
            }
            if let owner = body.owner, !owner.isEmpty, roster[RepID(owner)] == nil {
                throw WireError(.form, field: "owner")
            }
            identities = try read(phones: body.addPhone.map { [$0] } ?? [], emails: body.addEmail.map { [$0] } ?? [])
        } catch { return fail(call, error) }
        withPerson(call) { [self] id in
            ask([.person(id)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
                guard case .person(var person?) = answers[0] else { return fail(call, WireError(.notFound)) }
                guard person.revision == body.rev else { return fail(call, WireError(.conflict)) }
                withOrganisation(call, body.org) { [self] organisation, writes in
                    person.name = body.name ?? person.name
                    person.title = body.title.map { $0.isEmpty ? nil : $0 } ?? person.title
                    if body.org != nil { person.organisation = organisation }
                    person.lifecycle = body.lifecycle.flatMap(Lifecycle.init) ?? person.lifecycle
                    if let owner = body.owner { person.owner = owner.isEmpty ? nil : RepID(owner) }
                    person.revision += 1
                    let links = identities.map { Write.link(link($0, id, .confirmed, isExclusive: true)) }
                    store(call, WriteUnit(writes + [.updatePerson(person, assuming: body.rev)] + links)) { [self] in
                        refreshParties(of: id)
                        answerCard(call, id) { $0 }
                    }
                }
            }
        }
    }

    func check(name: String) throws(WireError) {
        guard name.contains(where: { !$0.isWhitespace }) else { throw WireError(.form, field: "name") }
        guard Person.nameLimit.admits(name.utf8.count) else {
            throw WireError(.tooLarge, field: "name", limit: Person.nameLimit)
        }
    }

    func read(phones: [String], emails: [String]) throws(WireError) -> [Identity] {
        var identities: [Identity] = []
        for phone in phones where !phone.isEmpty {
            guard let e164 = numbers.read(phone, line: settings.line).e164 else {
                throw WireError(.form, field: "phones")
            }
            identities.append(Identity(.phone, e164))
        }
        for email in emails where !email.isEmpty {
            guard let identity = Identity.email(email) else { throw WireError(.form, field: "emails") }
            identities.append(identity)
        }
        return identities
    }

    /// The organisation of that name, known or new; with the write that makes a new one.
    func withOrganisation(
        _ call: WebCall,
        _ name: String?,
        _ body: @escaping (OrganisationID?, [Write]) -> Void
    ) {
        guard let name, !name.isEmpty else { return body(nil, []) }
        guard Person.nameLimit.admits(name.utf8.count) else {
            return fail(call, WireError(.tooLarge, field: "org", limit: Person.nameLimit))
        }
        ask([.organisation(name: name)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            if case .organisation(let known?) = answers[0] { return body(known.id, []) }
            let new = Organisation(id: newID(), name: name)
            body(new.id, [.insertOrganisation(new)])
        }
    }

    /// Writes a unit for a request, and answers what stood in the way, if something did.
    func store(_ call: WebCall, _ unit: WriteUnit, then: @escaping () -> Void) {
        if let refusal = writeRefusal { return fail(call, refusal) }
        write(unit) { [self] result in
            switch result {
            case .success(.stored): then()
            case .success(.conflict(.identityOwned(let owner))):
                fail(
                    call,
                    WireError(
                        .conflict,
                        field: "identity",
                        by: lives.values.lazy.compactMap(\.party.card).first { $0.summary.person.id == owner }?.summary
                            .person.name
                    )
                )
            case .success: fail(call, WireError(.conflict))
            case .failure(let error): fail(call, wireError(for: error))
            }
        }
    }
}
