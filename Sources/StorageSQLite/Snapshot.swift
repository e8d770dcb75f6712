internal import Basics
internal import Domain
internal import GRDB
internal import Storage

/// Answers queries from one read transaction.
struct Snapshot {
    let db: Database
    /// For lists that depend on how long ago something ended, and are not told the time.
    let now: Timestamp

    func answer(_ query: Query) throws -> Answer {
        switch query {
        case .head: .head(try db.head())

        case .conversation(let id): .conversation(try db.conversation(id))
        case .liveConversations: .conversations(try liveConversations(), next: nil)
        case .conversations(let view, let scope, let before, let limit):
            try conversations(view, scope, after: before, limit: limit)
        case .visitorConversations(let visitor, let inbox, let limit):
            .conversations(try conversations(of: visitor, in: inbox, limit: limit), next: nil)
        case .openChat(let visitor, let inbox): .conversation(try db.openChat(of: visitor, in: inbox))
        case .orphans(let identity, let limit): .conversations(try orphans(of: identity, limit: limit), next: nil)

        case .events(let id, let before, let limit): try events(of: id, before: before, limit: limit)
        case .visitorEvents(let id, let before, let limit): try visitorEvents(of: id, before: before, limit: limit)
        case .visitorFeed(let id, let after, let limit): try visitorFeed(of: id, after: after, limit: limit)
        case .event(let author, let cid): .event(try db.event(by: author, cid))
        case .staffFeed(let after, let scope, let limit, let scan):
            try staffFeed(after: after, scope, limit: limit, scan: scan)
        case .timeline(let person, let before, let limit):
            .timeline(try timeline(of: person, before: before, limit: limit))

        case .person(let id): .person(try person(id))
        case .isVisible(let id, let scope, let now): .flag(try isVisible(id, scope, at: now))
        case .card(let id): .card(try card(of: id))
        case .candidates(let exact, let national, let suffix, let now):
            .candidates(try candidates(exact: exact, national: national, suffix: suffix, at: now))
        case .people(let search, let scope, let after, let limit, let now):
            try people(SearchTerm(search), scope, after: after, limit: limit, at: now)
        case .organisation(let name): .organisation(try organisation(named: name))
        case .lastRep(let person): .rep(try lastRep(of: person))
        case .mergeEdge(let id): .mergeEdge(try db.mergeEdge(id))
        case .pages(let visitor, let limit): .pages(try pages(of: [visitor], limit: limit))
        case .visitors(let person): .visitors(try visitors(of: person))

        case .aliases(let keys): .aliases(try aliases(keys))
        case .callEvents(let id): .callEvents(try callEvents(of: id))
        case .deliveries(let state, let limit): .deliveries(try deliveries(state, limit: limit))
        case .delivery(let id): .deliveries(try deliveries(id))
        case .deliveryCounts: .deliveryCounts(try deliveryCounts())

        case .reps: .reps(try reps())
        case .login(let email): try login(email)
        case .session(let hash): try session(hash)
        case .visitor(let id): .visitor(try visitor(id))
        case .today(let since): .today(try today(since: since))
        }
    }
}
