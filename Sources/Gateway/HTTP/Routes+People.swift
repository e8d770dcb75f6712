internal import Basics
internal import Domain
internal import PhoneNumbers
internal import Storage
internal import Transport
internal import Wire

extension Route {
    static let people = [
        Route("GET", "/api/people", .session(.rep)) { $0.listPeople($1) },
        Route("POST", "/api/people", .session(.rep), body: .json) { $0.createPerson($1) },
        Route("GET", "/api/people/{id}", .session(.rep)) { $0.showPerson($1) },
        Route("PATCH", "/api/people/{id}", .session(.rep), body: .json) { $0.changePerson($1) },
        Route("GET", "/api/people/{id}/timeline", .session(.rep)) { $0.showTimeline($1) },
        Route("POST", "/api/people/{id}/merge", .session(.rep), body: .json) { $0.mergePerson($1) },
        Route("POST", "/api/merges/{id}/undo", .session(.rep), body: .json) { $0.undoMerge($1) },
    ]
}

extension Shard {
    // MARK: Looking

    func listPeople(_ call: WebCall) {
        let query = Query.people(
            search: String((call.query("q") ?? "").prefix(200)),
            call.scope,
            after: call.query("cursor").map { Cursor($0) },
            limit: call.pageSize(limits),
            now: now
        )
        ask([query], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            guard case .people(let people, let next) = answers[0] else { return }
            succeed(call) { json in
                json.field("people", array: people) { json, summary in json.object { write(summary, to: &$0) } }
                json.optional("next", next?.rawValue)
            }
        }
    }

    private func write(_ summary: PersonSummary, to json: inout JSONWriter) {
        json.field("id", summary.person.id.rawValue)
        json.field("name", summary.person.name)
        json.optional("org", summary.organisation?.name)
        json.optional("title", summary.person.title)
        json.field("lifecycle", summary.person.lifecycle.rawValue)
        if let owner = summary.owner {
            json.key("owner")
            json.rep(owner)
        }
        json.field("phones", strings: summary.phones.map { numbers.display(e164: $0, line: settings.line) })
        json.field("emails", strings: summary.emails)
    }

    func showPerson(_ call: WebCall) {
        withPerson(call) { [self] id in answerCard(call, id) { $0 } }
    }

    /// Runs `body` when the caller may see the person; otherwise there is no such person.
    private func withPerson(_ call: WebCall, _ parameter: String = "id", _ body: @escaping (PersonID) -> Void) {
        let id = PersonID(call.parameters[parameter] ?? "")
        ask([.isVisible(id, call.scope, now: now), .person(id)], otherwise: { [self] in fail(call, $0) }) {
            [self] answers in
            guard case .flag(true) = answers[0], case .person(let person?) = answers[1] else {
                return fail(call, WireError(.notFound))
            }
            body(person.id)
        }
    }

    /// Answers with the card, as it is now.
    private func answerCard(_ call: WebCall, status: Int = 200, _ id: PersonID, _ wrap: @escaping (String) -> String) {
        ask([.card(id), .visitors(of: id)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            guard case .card(let card?) = answers[0], case .visitors(let browsers) = answers[1] else {
                return fail(call, WireError(.notFound))
            }
            let trail = trails.trail(of: browsers, since: now - limits.onSiteFor)
            let view = CardView(card: card, trail: trail, numbers: numbers, line: settings.line)
            let text = wrap(JSONWriter.object(view.write).text)
            respond(call, Response(status: status, headers: Self.jsonHeaders, body: Array(text.utf8)))
        }
    }

    func showTimeline(_ call: WebCall) {
        withPerson(call) { [self] id in
            let before = call.query("before").flatMap { Int64($0) }.map { LogPosition($0) }
            ask(
                [.timeline(id, before: before, limit: call.pageSize(limits))],
                otherwise: { [self] in fail(call, $0) }
            ) { [self] answers in
                guard case .timeline(let timeline) = answers[0] else { return }
                views(of: timeline.conversations) { [self] views in
                    succeed(call) { write(timeline, views, to: &$0) }
                }
            }
        }
    }

    private func write(_ timeline: Timeline, _ views: [ConversationView], to json: inout JSONWriter) {
        enum Item {
            case event(LogEvent), page(PageView)
            var at: Timestamp {
                switch self {
                case .event(let event): event.at
                case .page(let page): page.at
                }
            }
        }
        let items = (timeline.events.map(Item.event) + timeline.pages.map(Item.page)).sorted { $0.at < $1.at }
        json.field("items", array: items) { json, item in
            json.object { json in
                switch item {
                case .event(let event):
                    json.field("gid", event.position.rawValue)
                    ServerFrame.writeStaff(event, previous: nil, name: roster.name(of: event.author), to: &json)
                case .page(let page):
                    json.field("kind", "page")
                    json.field("ts", page.at.milliseconds)
                    json.field("url", page.url)
                    json.field("title", page.title)
                }
            }
        }
        json.field("more", timeline.more)
        if timeline.more, let first = timeline.events.first { json.field("next", first.position.rawValue) }
        json.field("convs", array: views) { json, view in json.object(view.write) }
    }

    // MARK: Making and changing

    private struct NewPerson: Decodable {
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
    private func tie(_ conversation: ConversationID, to person: PersonName, _ scope: Scope) {
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

    private struct PersonChange: Decodable {
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

    private func check(name: String) throws(WireError) {
        guard name.contains(where: { !$0.isWhitespace }) else { throw WireError(.form, field: "name") }
        guard Person.nameLimit.admits(name.utf8.count) else {
            throw WireError(.tooLarge, field: "name", limit: Person.nameLimit)
        }
    }

    private func read(phones: [String], emails: [String]) throws(WireError) -> [Identity] {
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
    private func withOrganisation(
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

    // MARK: Merging

    private struct MergeBody: Decodable {
        var into: String
        var reason: String?
    }

    func mergePerson(_ call: WebCall) {
        let body: MergeBody
        do throws(WireError) { body = try call.decode(MergeBody.self) } catch { return fail(call, error) }
        let winner = PersonID(body.into)
        withPerson(call) { [self] loser in
            ask([.isVisible(winner, call.scope, now: now)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
                guard case .flag(true) = answers[0] else { return fail(call, WireError(.form, field: "into")) }
                let edge = MergeEdge(
                    id: newID(),
                    loser: loser,
                    winner: winner,
                    by: .rep(call.scope.viewer),
                    reason: String((body.reason ?? "").prefix(500)),
                    at: now
                )
                store(call, WriteUnit(.merge(edge))) { [self] in
                    refreshParties(of: loser)
                    refreshParties(of: winner)
                    succeed(call) { $0.field("edge", edge.id.rawValue) }
                }
            }
        }
    }

    func undoMerge(_ call: WebCall) {
        let id = MergeID(call.parameters["id"] ?? "")
        ask([.mergeEdge(id)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            guard case .mergeEdge(let edge?) = answers[0], edge.undoneAt == nil else {
                return fail(call, WireError(.notFound))
            }
            ask([.isVisible(edge.winner, call.scope, now: now)], otherwise: { [self] in fail(call, $0) }) {
                [self] answers in
                guard case .flag(true) = answers[0] else { return fail(call, WireError(.notFound)) }
                store(call, WriteUnit(.undoMerge(id, by: .rep(call.scope.viewer), at: now))) { [self] in
                    refreshParties(of: edge.winner)
                    refreshParties(of: edge.loser)
                    succeed(call) { json in
                        json.field("stay", strings: [edge.winner.rawValue])
                        json.field("back", strings: [edge.loser.rawValue])
                    }
                }
            }
        }
    }

    /// What open screens show of a person has changed.
    func refreshParties(of person: PersonID) {
        for live in lives.values
        where live.committed.party.person == person || live.party.card?.summary.person.id == person {
            loadParty(live.id) { [self] in
                guard let live = lives[live.id] else { return }
                eachStaff(seeing: live.id) { connection in
                    push(conversationFrame(live), to: connection)
                    if let card = cardView(live.party) { push(cardFrame(live.id, live, card), to: connection) }
                }
            }
        }
    }
}
