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
    func withPerson(_ call: WebCall, _ parameter: String = "id", _ body: @escaping (PersonID) -> Void) {
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
    func answerCard(_ call: WebCall, status: Int = 200, _ id: PersonID, _ wrap: @escaping (String) -> String) {
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
