import Basics
import Domain

extension MemoryState {
    func answer(_ query: Query, at now: Timestamp) -> Answer {
        switch query {
        case .head: .head(head)

        case .conversation(let id): .conversation(conversations[id]?.value)
        case .liveConversations: .conversations(liveConversations, next: nil)
        case .conversations(let view, let scope, let before, let limit):
            list(view, scope, after: before, limit: limit, at: now)
        case .visitorConversations(let visitor, let inbox, let limit):
            .conversations(newest(limit) { $0.visitor == visitor && $0.inbox == inbox }, next: nil)
        case .openChat(let visitor, let inbox): .conversation(openChat(of: visitor, in: inbox))
        case .orphans(let identity, let limit):
            .conversations(newest(limit) { $0.party.person == nil && $0.isOver(identity) }, next: nil)

        case .events(let id, let before, let limit):
            page(of: id, limit: limit) { $0.seq < before ?? .max }
        case .visitorEvents(let id, let before, let limit):
            page(of: id, limit: limit) { $0.vseq.map { $0 < before ?? .max } ?? false }
        case .visitorFeed(let id, let after, let limit): visitorFeed(of: id, after: after, limit: limit)
        case .event(let author, let cid):
            .event(positions[Signature(author: author, cid: cid)].map { log[$0] })
        case .staffFeed(let after, let scope, let limit, let scan):
            staffFeed(after: after, scope, limit: limit, scan: scan)
        case .timeline(let person, let before, let limit): .timeline(timeline(of: person, before: before, limit: limit))

        case .person(let id): .person(person(id))
        case .isVisible(let id, let scope, let now):
            .flag(person(id).map { isVisible($0, to: scope, at: now) } ?? false)
        case .card(let id): .card(card(of: id))
        case .candidates(let exact, let national, let suffix, let now):
            .candidates(candidates(exact: exact, national: national, suffix: suffix, at: now))
        case .people(let search, let scope, let after, let limit, let now):
            people(SearchTerm(search), scope, after: after, limit: limit, at: now)
        case .organisation(let name):
            .organisation(
                organisations.values.filter { $0.name.searchKey == name.searchKey }.min { $0.id < $1.id }
            )
        case .lastRep(let person): .rep(lastRep(of: person))
        case .mergeEdge(let id): .mergeEdge(edges.first { $0.id == id })
        case .pages(let visitor, let limit): .pages((pages[visitor] ?? []).reversed().first(limit))
        case .visitors(let person): .visitors(visitors(of: person))

        case .aliases(let keys): .aliases(aliases.filter { keys.contains($0.key) })
        case .callEvents(let id): .callEvents(callEvents[id] ?? [])
        case .deliveries(let state, let limit): .deliveries(deliveries.filter { $0.state == state }.first(limit))
        case .delivery(let id): .deliveries(deliveries.filter { $0.id == id })
        case .deliveryCounts: .deliveryCounts(deliveries.reduce(into: [:]) { $0[$1.state, default: 0] += 1 })

        case .reps: .reps(reps.values.sorted { $0.id < $1.id })
        case .login(let email): login(email)
        case .session(let hash): .session(sessions[hash], sessions[hash].flatMap { reps[$0.rep] })
        case .visitor(let id): .visitor(visitors[id])
        case .today(let since):
            .today(
                conversations.values.filter { $0.value.openedAt >= since }
                    .reduce(into: DayFigures()) { $0.count($1.value) }
            )
        }
    }

    var head: LogPosition { LogPosition(Int64(log.count)) }

    private func login(_ email: String) -> Answer {
        let rep = reps.values.first { $0.email.searchKey == email.searchKey }
        return .login(rep, hash: rep.flatMap { passwords[$0.id] })
    }
}

extension Collection {
    /// At most so many; none for a limit below nothing.
    func first(_ limit: Int) -> [Element] { Array(prefix(Swift.max(0, limit))) }
}

extension Conversation {
    /// Whether this handle is how it came about.
    fileprivate func isOver(_ identity: Identity) -> Bool {
        identity.kind == .visitor ? visitor?.rawValue == identity.value : self.identity == identity
    }
}
