internal import Basics
internal import Domain
internal import Storage
internal import Wire

extension Shard {
    func handleVisitor(_ bytes: [UInt8], _ connection: ConnectionID) {
        do throws(WireError) {
            try handle(try FrameDecoder.visitor(bytes), connection)
        } catch {
            refuse(bytes, error, connection)
        }
    }

    private func handle(_ frame: VisitorFrame, _ connection: ConnectionID) throws(WireError) {
        guard let session = visitors[connection] else { return }
        let visitor = session.visitor
        switch frame {
        case .hello(let hello): again(hello, connection)
        case .pong: send(pingFrame(session), toVisitor: connection, unlessPinged: session)
        case .open(let cid, let form, let first):
            if let wait = buckets.take("open", visitor.rawValue, limits.open, at: now) {
                return refuseVisitor(WireError(.rate, retryAfter: wait), cid, connection)
            }
            open(cid, form, first, session)
        case .send(let cid, let conversation, let text): post(text, cid, conversation, session)
        case .close(let cid, let conversation):
            deed(cid, conversation, session) { chat, deed throws(Refusal) in
                try chat.closeChat(by: .visitor, disposition: nil, deed: deed)
            }
        case .rate(let cid, let conversation, let score, let comment):
            deed(cid, conversation, session) { chat, deed throws(Refusal) in
                try chat.rate(score, comment: comment, deed: deed)
            }
        case .receipt(let conversation, let received, let read):
            withOwn(conversation, session) { [self] in raise(conversation, .visitor, received, read) }
        case .typing(let conversation, let isTyping):
            guard buckets.take("typing", visitor.rawValue, limits.typing, at: now) == nil else { return }
            guard lives[conversation]?.committed.visitor == visitor else { return }
            eachStaff(seeing: conversation) {
                pushFleeting(
                    ServerFrame.typing(conversation, isTyping, side: .visitor, rep: nil, forVisitor: false),
                    to: $0
                )
            }
        case .page(let page):
            guard buckets.take("page", visitor.rawValue, limits.page, at: now) == nil else { return }
            look(at: page, visitor)
        case .history(let id, let conversation, let before, let limit):
            history(id, conversation, before, limit, session)
        }
    }

    /// A hello on a socket that is welcome already: the client saw a gap and starts over.
    private func again(_ hello: VisitorHello, _ connection: ConnectionID) {
        guard let session = visitors.remove(connection) else { return }
        handshakes[connection] = Handshake(
            side: .visitor,
            openedAt: now,
            clientNetwork: "",
            isBusy: true,
            held: session.held
        )
        visitorHello(hello, connection)
    }

    // MARK: Talking

    private func open(
        _ cid: ClientMessageID,
        _ form: [FormField],
        _ first: (cid: ClientMessageID, text: String)?,
        _ session: VisitorSession
    ) {
        let connection = session.connection
        if let refusal = writeRefusal { return refuseVisitor(refusal, cid, connection) }
        setBusy(connection)
        ask(
            [.openChat(session.visitor, inbox: session.inbox), .event(.visitor(session.visitor), cid)],
            otherwise: { [self] error in
                refuseVisitor(error, cid, connection)
                setIdle(connection)
            }
        ) { [self] answers in
            defer { setIdle(connection) }
            if case .event(let event?) = answers[1] {
                replyVisitor(cid, Deeded(events: [event], conversation: event.conversation, isRepeat: true), connection)
                if let first { post(first.text, first.cid, event.conversation, session) }
            } else if case .conversation(let open?) = answers[0] {
                joined(open, cid, first, session)
            } else {
                create(cid, form, first, session)
            }
        }
    }

    /// There is an open chat already: the message goes there, and the opening is answered with its name.
    private func joined(
        _ open: Conversation,
        _ cid: ClientMessageID,
        _ first: (cid: ClientMessageID, text: String)?,
        _ session: VisitorSession
    ) {
        send(ServerFrame.ack(cid: cid, conversation: open.id, at: now), toVisitor: session.connection)
        if visitors[session.connection]?.heads[open.id] == nil { pull(open.id, for: session.connection) }
        if let first { post(first.text, first.cid, open.id, session) }
    }

    private func create(
        _ cid: ClientMessageID,
        _ form: [FormField],
        _ first: (cid: ClientMessageID, text: String)?,
        _ session: VisitorSession
    ) {
        let author = Author.visitor(session.visitor)
        var (chat, drafts) = Conversation.openChat(
            id: newID(),
            inbox: session.inbox,
            visitor: session.visitor,
            language: session.language,
            form: form,
            party: session.person.map { PartyMatch(kind: .unique, person: $0, assurance: .verified) } ?? .unknown,
            deed: Deed(author, cid: cid, at: now)
        )
        if let first {
            do throws(Refusal) {
                drafts += try chat.post(first.text, limits: limits.text, deed: Deed(author, cid: first.cid, at: now))
            } catch {
                refuseVisitor(WireError(refusal: error), first.cid, session.connection)
                return refuseVisitor(WireError(refusal: error), cid, session.connection)
            }
        }
        let visitor = VisitorRecord(
            id: session.visitor,
            inbox: session.inbox,
            language: session.language,
            firstSeen: now,
            lastSeen: now
        )
        let id = chat.id
        begin(chat, drafts, also: [.visitor(visitor)]) { [self] result in
            switch result {
            case .success(.stored(let outcomes)):
                guard case .events(let events, _)? = outcomes.first else { return }
                for event in events where event.cid == cid || event.cid == first?.cid {
                    guard let eventID = event.cid else { continue }
                    replyVisitor(eventID, Deeded(events: [event], conversation: id), session.connection)
                }
            case .success(.duplicate(let event)):
                replyVisitor(
                    cid,
                    Deeded(events: [event], conversation: event.conversation, isRepeat: true),
                    session.connection
                )
                if let first { post(first.text, first.cid, event.conversation, session) }
            case .success(.conflict(.openConversation(let open))): joined(open, cid, first, session)
            case .success(.conflict): refuseVisitor(WireError(.conflict), cid, session.connection)
            case .failure(let error):
                refuseVisitor(wireError(for: error), cid, session.connection)
                if let first { refuseVisitor(wireError(for: error), first.cid, session.connection) }
            }
        }
    }

    private func post(_ text: String, _ cid: ClientMessageID, _ conversation: ConversationID, _ session: VisitorSession)
    {
        if let wait = buckets.take("send", session.visitor.rawValue, limits.visitorSend, at: now) {
            return refuseVisitor(WireError(.rate, retryAfter: wait), cid, session.connection)
        }
        let limits = limits.text
        deed(cid, conversation, session, extent: .line) { chat, deed throws(Refusal) in
            try chat.post(text, limits: limits, deed: deed)
        }
    }

    /// Runs a change on a conversation that is this visitor's; any other one does not exist for him.
    private func deed(
        _ cid: ClientMessageID,
        _ conversation: ConversationID,
        _ session: VisitorSession,
        extent: Write.Extent = .all,
        _ transition: @escaping (inout Conversation, Deed) throws(Refusal) -> [EventDraft]
    ) {
        let author = Author.visitor(session.visitor)
        let deed = Deed(author, cid: cid, at: now)
        let connection = session.connection
        change(conversation, author: author, cid: cid, extent: extent) { chat throws(Refusal) in
            guard chat.visitor == session.visitor else { throw .noConversation }
            return try transition(&chat, deed)
        } reply: { [self] result in
            switch result {
            case .success(let deeded): replyVisitor(cid, deeded, connection)
            case .failure(let error): refuseVisitor(error, cid, connection)
            }
        }
    }

    private func replyVisitor(_ cid: ClientMessageID, _ deeded: Deeded, _ connection: ConnectionID) {
        let event = deeded.events.first
        send(
            ServerFrame.ack(
                cid: cid,
                conversation: deeded.conversation,
                seq: event?.vseq,
                position: event?.vseq,
                at: event?.at ?? now,
                isRepeat: deeded.isRepeat
            ),
            toVisitor: connection
        )
    }

    private func refuseVisitor(_ error: WireError, _ cid: ClientMessageID, _ connection: ConnectionID) {
        send(ServerFrame.error(error, cid: cid.rawValue), toVisitor: connection)
    }

    private func withOwn(_ conversation: ConversationID, _ session: VisitorSession, _ body: @escaping () -> Void) {
        withLive(conversation) { [self] isFound in
            if isFound, lives[conversation]?.value.visitor == session.visitor { body() }
        }
    }

    private func history(
        _ id: String,
        _ conversation: ConversationID,
        _ before: Int64,
        _ limit: Int,
        _ session: VisitorSession
    ) {
        withLive(conversation) { [self] isFound in
            guard isFound, lives[conversation]?.value.visitor == session.visitor else {
                return send(ServerFrame.error(WireError(.noConversation), id: id), toVisitor: session.connection)
            }
            ask(
                [.visitorEvents(conversation, beforeVseq: before, limit: limit)],
                otherwise: { [self] in send(ServerFrame.error($0, id: id), toVisitor: session.connection) }
            ) { [self] answers in
                guard case .events(let events, let more) = answers[0] else { return }
                let frame = ServerFrame.frame("hist") { json in
                    json.field("id", id)
                    json.field("conv", conversation.rawValue)
                    json.field("more", more)
                    json.field("events", array: events) { json, event in
                        json.object { json in
                            ServerFrame.writeVisitor(
                                event,
                                previous: nil,
                                name: roster.name(of: event.author),
                                isOwn: event.author == .visitor(session.visitor),
                                to: &json
                            )
                        }
                    }
                }
                send(frame, toVisitor: session.connection)
            }
        }
    }
}
