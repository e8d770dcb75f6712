internal import Basics
internal import Domain
internal import Storage
internal import Wire

extension Shard {
    func handleStaff(_ bytes: [UInt8], _ connection: ConnectionID) {
        do throws(WireError) {
            try handle(try FrameDecoder.staff(bytes), connection)
        } catch {
            refuse(bytes, error, connection)
        }
    }

    private func handle(_ frame: StaffFrame, _ connection: ConnectionID) throws(WireError) {
        guard let session = staff[connection] else { return }
        let rep = session.scope.viewer
        switch frame {
        case .hello(let hello): again(hello, connection)
        case .pong:
            guard !session.life.wasPinged else { return }
            staff[connection]?.life.pinged(at: now)
            pushFleeting(pingFrame(session), to: connection)
        case .text(let cid, let conversation, let text):
            let limits = limits.text
            say(cid, conversation, session) { chat, deed throws(Refusal) in
                try chat.post(text, limits: limits, deed: deed)
            }
        case .note(let cid, let conversation, let text):
            let limits = limits.text
            say(cid, conversation, session) { conversation, deed throws(Refusal) in
                try conversation.addNote(text, limits: limits, deed: deed)
            }
        case .act(let cid, let conversation, let act): self.act(act, cid, conversation, session)
        case .receipt(let conversation, let received, let read):
            withVisible(conversation, session, otherwise: {}) { [self] in
                if lives[conversation]?.committed.state.owner == rep { raise(conversation, .rep, received, read) }
            }
        case .typing(let conversation, let isTyping): typing(conversation, isTyping, session)
        case .subscribe(let conversation): subscribe(conversation, session)
        case .history(let id, let conversation, let before, let limit):
            history(id, conversation, before, limit, session)
        case .status(let intent): setIntent(intent, of: rep)
        }
    }

    func pingFrame(_ session: StaffSession) -> [UInt8] {
        ServerFrame.frame("ping") { $0.field("pos", session.position.rawValue) }
    }

    // MARK: Talking

    /// Writes something into a conversation that the rep can see.
    private func say(
        _ cid: ClientMessageID,
        _ conversation: ConversationID,
        _ session: StaffSession,
        _ transition: @escaping (inout Conversation, Deed) throws(Refusal) -> [EventDraft]
    ) {
        if let wait = buckets.take("staff", session.scope.viewer.rawValue, limits.staffSend, at: now) {
            return refuse(WireError(.rate, retryAfter: wait), cid, session.connection)
        }
        deed(cid, conversation, session, extent: .line, transition)
    }

    /// Runs a change on a conversation that the rep can see; any other one does not exist for her.
    func deed(
        _ cid: ClientMessageID,
        _ conversation: ConversationID,
        _ session: StaffSession,
        extent: Write.Extent = .all,
        also: [Write] = [],
        _ transition: @escaping (inout Conversation, Deed) throws(Refusal) -> [EventDraft],
        then: @escaping (Deeded) -> Void = { _ in }
    ) {
        let author = Author.rep(session.scope.viewer)
        let deed = Deed(author, cid: cid, at: now)
        let connection = session.connection
        withVisible(
            conversation,
            session,
            otherwise: { [self] in refuse(WireError(.noConversation), cid, connection) }
        ) { [self] in
            change(conversation, author: author, cid: cid, extent: extent, also: also) { value throws(Refusal) in
                try transition(&value, deed)
            } reply: { [self] result in
                switch result {
                case .success(let deeded):
                    reply(cid, deeded, connection)
                    then(deeded)
                case .failure(let error): refuse(error, cid, connection)
                }
            }
        }
    }

    func reply(_ cid: ClientMessageID, _ deeded: Deeded, _ connection: ConnectionID) {
        let event = deeded.events.first
        push(
            ServerFrame.ack(
                cid: cid,
                conversation: deeded.conversation,
                seq: event?.seq,
                position: event?.position.rawValue,
                at: event?.at ?? now,
                isRepeat: deeded.isRepeat
            ),
            to: connection
        )
    }

    func refuse(_ error: WireError, _ cid: ClientMessageID, _ connection: ConnectionID) {
        push(ServerFrame.error(error, cid: cid.rawValue), to: connection)
    }

    private func typing(_ conversation: ConversationID, _ isTyping: Bool, _ session: StaffSession) {
        let rep = session.scope.viewer
        guard buckets.take("typing", rep.rawValue, limits.typing, at: now) == nil, let live = lives[conversation],
            live.committed.state.owner == rep, !live.committed.state.isOver
        else { return }
        let name = roster.name(rep)
        if let visitor = live.committed.visitor {
            let frame = ServerFrame.typing(conversation, isTyping, side: .rep, rep: name, forVisitor: true)
            for connection in visitors.sessions(of: visitor) { send(frame, toVisitor: connection) }
        }
        let frame = ServerFrame.typing(conversation, isTyping, side: .rep, rep: name, forVisitor: false)
        eachStaff(seeing: conversation) { if staff[$0]?.scope.viewer != rep { pushFleeting(frame, to: $0) } }
    }

    // MARK: Looking

    /// Runs `body` when the rep may see the conversation: it is hers, the desk's, or her customer's.
    func withVisible(
        _ id: ConversationID,
        _ session: StaffSession,
        otherwise: @escaping () -> Void,
        _ body: @escaping () -> Void
    ) {
        let connection = session.connection
        let isWaiting = lives[id] == nil || lives[id]?.isStale == true
        if isWaiting { setBusy(connection) }
        withLive(id) { [self] isFound in
            defer { if isWaiting { setIdle(connection) } }
            guard isFound, let live = lives[id] else { return otherwise() }
            if live.value.isVisible(to: session.scope) || live.committed.isVisible(to: session.scope) { return body() }
            guard let person = live.committed.party.person else { return otherwise() }
            ask([.isVisible(person, session.scope, now: now)], otherwise: { _ in otherwise() }) { answers in
                if case .flag(true) = answers[0] { body() } else { otherwise() }
            }
        }
    }

    private func subscribe(_ id: ConversationID, _ session: StaffSession) {
        let connection = session.connection
        withVisible(
            id,
            session,
            otherwise: { [self] in push(ServerFrame.error(WireError(.noConversation), id: id.rawValue), to: connection)
            }
        ) { [self] in
            staff[connection]?.subscribed.insert(id)
            withParty(id) { [self] in
                ask([.events(id, before: nil, limit: limits.snapshotEvents)]) { [self] result in
                    guard case .success(let answers) = result, case .events(let events, _)? = answers.first,
                        let live = lives[id]
                    else { return }
                    push(conversationFrame(live, events: events), to: connection)
                    if let card = cardView(live.party) { push(cardFrame(id, live, card), to: connection) }
                }
            }
        }
    }

    func cardFrame(_ id: ConversationID, _ live: Live, _ card: CardView) -> [UInt8] {
        ServerFrame.frame("card") { json in
            json.field("conv", id.rawValue)
            json.field("who", object: live.party.write)
            json.field("card", object: card.write)
        }
    }

    private func history(
        _ id: String,
        _ conversation: ConversationID,
        _ before: Int64,
        _ limit: Int,
        _ session: StaffSession
    ) {
        let connection = session.connection
        func fail(_ error: WireError) { push(ServerFrame.error(error, id: id), to: connection) }
        withVisible(conversation, session, otherwise: { fail(WireError(.noConversation)) }) { [self] in
            ask([.events(conversation, before: before, limit: limit)], otherwise: fail) { [self] answers in
                guard case .events(let events, let more) = answers[0] else { return }
                let frame = ServerFrame.frame("hist") { json in
                    json.field("id", id)
                    json.field("conv", conversation.rawValue)
                    json.field("more", more)
                    json.field("events", array: events) { json, event in
                        json.object {
                            ServerFrame.writeStaff(event, previous: nil, name: roster.name(of: event.author), to: &$0)
                        }
                    }
                }
                push(frame, to: connection)
            }
        }
    }
}
