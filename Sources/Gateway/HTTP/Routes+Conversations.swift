internal import Basics
internal import Domain
internal import Storage
internal import Transport
internal import Wire

extension Route {
    static let conversations = [
        Route("GET", "/api/conversations", .session(.rep)) { $0.listConversations($1) },
        Route("GET", "/api/conversations/{id}", .session(.rep)) { $0.showConversation($1) },
        Route("GET", "/api/board", .session(.supervisor)) { $0.showBoard($1) },
    ]
}

extension Shard {
    func listConversations(_ call: WebCall) {
        guard let view = ConversationList(rawValue: call.query("view") ?? "all") else {
            return fail(call, WireError(.badRequest, field: "view"))
        }
        let query = Query.conversations(
            view,
            call.scope,
            before: call.query("cursor").map { Cursor($0) },
            limit: call.pageSize(limits)
        )
        ask([query], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            guard case .conversations(let found, let next) = answers[0] else { return }
            views(of: found) { [self] views in
                succeed(call) { json in
                    json.field("convs", array: views) { json, view in json.object(view.write) }
                    json.optional("next", next?.rawValue)
                }
            }
        }
    }

    func showConversation(_ call: WebCall) {
        let id = ConversationID(call.parameters["id"] ?? "")
        ask(
            [.conversation(id), .events(id, before: nil, limit: limits.snapshotEvents)],
            otherwise: { [self] in fail(call, $0) }
        ) { [self] answers in
            guard case .conversation(let found?) = answers[0], case .events(let events, _) = answers[1] else {
                return fail(call, WireError(.noConversation))
            }
            let show = { [self] in
                partyView(of: found) { [self] party in
                    succeed(call) { view(found, party: party, events: events).write(to: &$0) }
                }
            }
            if found.isVisible(to: call.scope) { return show() }
            guard let person = found.party.person else { return fail(call, WireError(.noConversation)) }
            ask([.isVisible(person, call.scope, now: now)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
                if case .flag(true) = answers[0] { show() } else { fail(call, WireError(.noConversation)) }
            }
        }
    }

    func showBoard(_ call: WebCall) {
        let midnight = Timestamp(milliseconds: now.milliseconds - now.milliseconds % 86_400_000)
        let since = call.query("since").flatMap { Int64($0) }.map { Timestamp(milliseconds: $0) } ?? midnight
        ask([.today(since: since)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            guard case .today(let today) = answers[0] else { return }
            let open = lives.values.filter { !$0.committed.state.isOver }
            let waiting = open.filter { $0.committed.state.owner == nil }
            let longest = waiting.map { now - $0.committed.queuedAt }.max()
            let talking = open.filter { if case .active = $0.committed.state { true } else { false } }
            succeed(call) { json in
                json.field("waiting", Int64(waiting.count))
                json.field("longest_wait_ms", longest?.milliseconds ?? 0)
                json.field("active", Int64(talking.filter { $0.committed.channel == .chat }.count))
                json.field("calls", Int64(talking.filter { $0.committed.channel == .call }.count))
                json.field("reps", array: statuses()) { json, status in json.object { write(status, to: &$0) } }
                json.field(
                    "today",
                    object: { json in
                        json.field("chats", Int64(today.chats))
                        json.field("calls", Int64(today.calls))
                        json.field("answered", Int64(today.answeredCalls))
                        json.field("missed", Int64(today.missedCalls))
                        json.field("abandoned", Int64(today.abandonedCalls))
                        if today.answerWaits > 0 {
                            json.field("asa_ms", today.answerWait.milliseconds / Int64(today.answerWaits))
                        }
                    }
                )
            }
        }
    }
}

/// The list that was asked for; `ConversationView` here is what a screen shows of one conversation.
private typealias ConversationList = Storage.ConversationView
