internal import Basics
internal import CoreMetrics
internal import Domain
internal import Storage
internal import Wire

/// What became of a deed on a conversation.
struct Deeded {
    var events: [LogEvent]
    var conversation: ConversationID
    var isRepeat = false
}

extension Shard {
    /// Runs `body` when the conversation is at hand: at once when it is live, else after loading it.
    func withLive(_ id: ConversationID, _ body: @escaping (Bool) -> Void) {
        if let live = lives[id], !live.isStale { return body(true) }
        loading[id, default: []].append(body)
        guard loading[id]?.count == 1 else { return }
        ask([.conversation(id), .events(id, before: nil, limit: limits.snapshotEvents)]) { [self] result in
            var isFound = false
            if case .success(let answers) = result, case .conversation(let found?) = answers[0] {
                isFound = true
                var live = lives[id] ?? Live(found)
                live.value = found
                live.committed = found
                live.isStale = false
                if case .events(let events, _) = answers[1] { live.note(events) }
                lives[id] = live
            }
            for waiter in loading.removeValue(forKey: id) ?? [] { waiter(isFound) }
        }
    }

    /// Decides a change on the newest value and writes it; `reply` hears when it is on disk.
    ///
    /// The change is tried once more when the store says that somebody else was faster.
    func change(
        _ id: ConversationID,
        author: Author = .system,
        cid: ClientMessageID? = nil,
        extent: Write.Extent = .all,
        also: [Write] = [],
        isRetry: Bool = false,
        _ transition: @escaping (inout Conversation) throws(Refusal) -> [EventDraft],
        reply: @escaping (Result<Deeded, WireError>) -> Void = { _ in }
    ) {
        if let refusal = writeRefusal { return reply(.failure(refusal)) }
        withLive(id) { [self] isFound in
            guard isFound, var value = lives[id]?.value else { return reply(.failure(WireError(.noConversation))) }
            let assumed = value.revision
            let drafts: [EventDraft]
            do throws(Refusal) {
                drafts = named(try transition(&value))
            } catch {
                return refuse(id, author, cid, WireError(refusal: named(error)), reply)
            }
            guard !drafts.isEmpty || value.revision != assumed || !also.isEmpty else {
                return reply(.success(Deeded(events: [], conversation: id)))
            }
            guard !drafts.isEmpty || value.revision != assumed else {
                return write(WriteUnit(also)) { [self] result in
                    if case .failure(let error) = result { return reply(.failure(wireError(for: error))) }
                    reply(.success(Deeded(events: [], conversation: id)))
                }
            }
            lives[id]?.value = value
            let append = Write.append(value, assuming: assumed, drafts, extent: extent)
            write(WriteUnit([append] + also)) { [self] result in
                switch result {
                case .success(.stored(let outcomes)):
                    guard case .events(let events, let stored)? = outcomes.first else { return }
                    took(events, stored)
                    reply(.success(Deeded(events: events, conversation: id)))
                case .success(.duplicate(let event)):
                    lives[id]?.isStale = true
                    let isSame = drafts.first?.body == event.body && event.conversation == id
                    reply(
                        isSame
                            ? .success(Deeded(events: [event], conversation: id, isRepeat: true))
                            : .failure(WireError(.cidReuse))
                    )
                case .success(.conflict(let conflict)):
                    meters.conflicts.increment()
                    lives[id]?.isStale = true
                    guard !isRetry, case .revision = conflict else { return reply(.failure(WireError(.conflict))) }
                    change(
                        id,
                        author: author,
                        cid: cid,
                        extent: extent,
                        also: also,
                        isRetry: true,
                        transition,
                        reply: reply
                    )
                case .failure(let error):
                    lives[id]?.isStale = true
                    reply(.failure(wireError(for: error)))
                }
            }
        }
    }

    /// A deed that cannot be done now may have been done before: then the repeat gets the old answer.
    private func refuse(
        _ id: ConversationID,
        _ author: Author,
        _ cid: ClientMessageID?,
        _ error: WireError,
        _ reply: @escaping (Result<Deeded, WireError>) -> Void
    ) {
        guard let cid else { return reply(.failure(error)) }
        ask([.event(author, cid)], otherwise: { reply(.failure($0)) }) { answers in
            if case .event(let event?) = answers[0], event.conversation == id {
                reply(.success(Deeded(events: [event], conversation: id, isRepeat: true)))
            } else {
                reply(.failure(error))
            }
        }
    }

    /// Begins a conversation.
    func begin(
        _ conversation: Conversation,
        _ drafts: [EventDraft],
        also: [Write] = [],
        reply: @escaping (Result<UnitOutcome, StoreError>) -> Void
    ) {
        lives[conversation.id] = Live(conversation)
        write(WriteUnit([.open(conversation, named(drafts))] + also)) { [self] result in
            if case .success(.stored(let outcomes)) = result, case .events(let events, let stored)? = outcomes.first {
                took(events, stored)
            } else {
                lives[conversation.id] = nil
            }
            reply(result)
        }
    }

    /// The store has numbered these: they exist now, and whoever may know is told.
    func took(_ events: [LogEvent], _ conversation: Conversation) {
        lives[conversation.id]?.stored(conversation, events)
        if let visitor = conversation.visitor {
            openChats[visitor] = conversation.state.isOver ? nil : conversation.id
        }
        meters.events.increment(by: events.count)
        publish(events, of: conversation.id)
    }

    /// Puts names to reps whom a transition knows by their ids alone, so that the log can be read without the roster.
    private func named(_ drafts: [EventDraft]) -> [EventDraft] {
        func full(_ rep: RepName) -> RepName { rep.name.isEmpty ? roster.name(rep.id) : rep }
        return drafts.map { draft in
            var draft = draft
            switch draft.body {
            case .unoffered(let rep, let why): draft.body = .unoffered(rep: full(rep), why: why)
            case .joined(let rep, let from): draft.body = .joined(rep: full(rep), from: from.map(full))
            default: break
            }
            return draft
        }
    }

    /// Puts the rep's name to a refusal that knows only her id.
    private func named(_ refusal: Refusal) -> Refusal {
        guard case .claimed(let by?) = refusal else { return refusal }
        return .claimed(by: roster.name(by.id))
    }
}
