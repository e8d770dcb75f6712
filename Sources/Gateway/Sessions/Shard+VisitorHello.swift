internal import Basics
internal import CoreMetrics
internal import Domain
internal import Logging
internal import Signing
internal import Storage
internal import Wire

// Hello of a visitor: who is it, what has he seen, what has he missed.

extension Shard {
    func visitorHello(_ hello: VisitorHello, _ connection: ConnectionID) {
        guard hello.version == 1 else { return close(connection, .version) }
        guard let inbox = settings.inbox(hello.inbox) else { return close(connection, .disabled) }
        let token = hello.token.flatMap { try? VisitorToken.decode($0.reveal(), with: settings.visitorKeys, now: now) }
        let known = token.flatMap { $0.inbox == inbox.key ? VisitorID($0.visitor) : nil }
        let visitor = known ?? newID()
        guard visitors.sessions(of: visitor).count < limits.socketsPerVisitor else {
            return close(connection, .replaced)
        }
        let claims = proof(hello, inbox)
        let session = VisitorSession(
            connection: connection,
            visitor: visitor,
            inbox: inbox.key,
            language: hello.language,
            at: now
        )
        guard known != nil || claims != nil else {
            // A new browser: nothing to look up.
            visitors.add(session)
            return welcome(connection, hello, inbox, conversations: [])
        }
        identify(visitor, claims, inbox) { [self] visitor, person in
            guard handshakes[connection] != nil else { return }
            var session = VisitorSession(
                connection: connection,
                visitor: visitor,
                inbox: inbox.key,
                language: hello.language,
                at: now
            )
            session.person = person?.id
            session.personName = person?.name
            visitors.add(session)
            ask([.visitorConversations(visitor, inbox: inbox.key, limit: 3)]) { [self] result in
                guard case .success(let answers) = result, case .conversations(let found, _)? = answers.first else {
                    return close(connection, .overload, retryAfter: limits.retryWhenBusy)
                }
                welcome(connection, hello, inbox, conversations: found.reversed())
            }
        }
    }

    // MARK: Welcome

    private func welcome(
        _ connection: ConnectionID,
        _ hello: VisitorHello,
        _ inbox: InboxSettings,
        conversations: [Conversation]
    ) {
        guard let session = visitors[connection], handshakes[connection] != nil else { return }
        let heads = hello.resume.flatMap { $0.epoch == store.epoch ? $0.heads : nil }
        let missed = heads.flatMap { missedEvents(conversations, $0) }
        let mode = missed.map { $0 == 0 ? "resumed" : "replay" } ?? "reset"
        send(welcomeFrame(session, inbox, mode), toVisitor: connection)
        if missed != nil, let heads {
            for conversation in conversations {
                visitors[connection]?.heads[conversation.id] = heads[conversation.id] ?? 0
            }
            begin(connection, hello, conversations)
        } else {
            snapshot(connection, conversations) { [self] in begin(connection, hello, conversations) }
        }
    }

    /// How many events a resuming client has missed; nil when a replay would not do.
    private func missedEvents(_ conversations: [Conversation], _ heads: [ConversationID: Int64]) -> Int? {
        guard Set(heads.keys).isSubset(of: conversations.map(\.id)) else { return nil }
        var missed: Int64 = 0
        for conversation in conversations {
            let held = heads[conversation.id] ?? 0
            guard held <= conversation.vseq else { return nil }
            missed += conversation.vseq - held
        }
        return missed <= Int64(limits.replayEvents) ? Int(missed) : nil
    }

    private func begin(_ connection: ConnectionID, _ hello: VisitorHello, _ conversations: [Conversation]) {
        guard let session = visitors[connection] else { return }
        visitors[connection]?.isWelcome = true
        if let page = hello.page { look(at: page, session.visitor) }
        for conversation in conversations {
            let head = max(conversation.vseq, lives[conversation.id]?.committed.vseq ?? 0)
            if head > visitors[connection]?.heads[conversation.id] ?? 0 { pull(conversation.id, for: connection) }
        }
        if let id = openChats[session.visitor], visitors[connection]?.heads[id] == nil { pull(id, for: connection) }
        for conversation in conversations where !conversation.state.isOver {
            withLive(conversation.id) { [self] _ in
                sendPlace(of: conversation.id, to: connection)
                announcePresenceOfVisitor(conversation.id)
            }
        }
        finishHandshake(connection)
    }

    private func snapshot(_ connection: ConnectionID, _ conversations: [Conversation], then: @escaping () -> Void) {
        let queries = conversations.map { Query.visitorEvents($0.id, beforeVseq: nil, limit: limits.snapshotEvents) }
        func sendParts(_ answers: [Answer]) {
            let own = visitors[connection]?.visitor
            for (index, conversation) in conversations.enumerated() {
                guard index < answers.count, case .events(let events, let more) = answers[index] else { continue }
                let frame = ServerFrame.frame("snap") { json in
                    json.field("convs", array: [conversation]) { json, conversation in
                        json.object { json in
                            write(conversation, events, more: more, own: own, to: &json)
                        }
                    }
                    json.field("last", index == conversations.count - 1)
                }
                send(frame, toVisitor: connection)
                visitors[connection]?.heads[conversation.id] = events.last?.vseq ?? 0
            }
            if conversations.isEmpty {
                send(
                    ServerFrame.frame("snap") { json in
                        json.field("convs", array: [Int]()) { _, _ in }
                        json.field("last", true)
                    },
                    toVisitor: connection
                )
            }
            then()
        }
        guard !queries.isEmpty else { return sendParts([]) }
        ask(
            queries,
            otherwise: { [self] _ in close(connection, .overload, retryAfter: limits.retryWhenBusy) },
            sendParts
        )
    }

    private func write(
        _ conversation: Conversation,
        _ events: [Domain.LogEvent],
        more: Bool,
        own: VisitorID?,
        to json: inout JSONWriter
    ) {
        json.field("id", conversation.id.rawValue)
        json.field(
            "state",
            conversation.state.isOver ? "closed" : conversation.state.owner == nil ? "waiting" : "active"
        )
        json.field("vseq", events.last?.vseq ?? 0)
        json.field("first", more ? events.first?.vseq ?? 0 : 0)
        json.field("marks", object: (lives[conversation.id]?.committed.marks ?? conversation.marks).write)
        if let owner = conversation.state.owner, !conversation.state.isOver {
            json.field("rep", object: { $0.field("name", roster.name(owner).name) })
        }
        if conversation.rating != nil { json.field("rated", true) }
        json.field("events", array: events) { json, event in
            json.object { json in
                ServerFrame.writeVisitor(
                    event,
                    previous: nil,
                    name: roster.name(of: event.author),
                    isOwn: own.map { event.author == .visitor($0) } ?? false,
                    to: &json
                )
            }
        }
    }

    private func welcomeFrame(_ session: VisitorSession, _ inbox: InboxSettings, _ mode: String) -> [UInt8] {
        let token = VisitorToken(
            visitor: session.visitor.rawValue,
            inbox: inbox.key,
            issuedAt: now,
            expiresAt: now + limits.visitorTokenLife
        )
        return ServerFrame.frame("welcome") { json in
            json.field("sid", String(session.connection.rawValue))
            json.field("epoch", store.epoch)
            json.field("mode", mode)
            json.field("now", now.milliseconds)
            json.field("hb", limits.heartbeat.milliseconds)
            json.field(
                "limits",
                object: { json in
                    json.field("text", Int64(limits.text.visitor.value))
                    json.field("frame", Int64(limits.visitorFrameBytes))
                    json.field("inflight", Int64(limits.inFlight))
                }
            )
            json.field(
                "me",
                object: { json in
                    json.field("vid", session.visitor.rawValue)
                    json.field("tok", token.encode(with: settings.visitorKeys))
                    json.optional("name", session.personName)
                    json.field("verified", session.person != nil)
                }
            )
            json.field(
                "inbox",
                object: { json in
                    json.field("key", inbox.key)
                    json.field("name", inbox.name)
                    json.field("online", isAnyoneThere)
                }
            )
        }
    }

    // MARK: Reading on from the log

    /// Gives a visitor's socket what it has not got of a conversation.
    func pull(_ id: ConversationID, for connection: ConnectionID) {
        guard let session = visitors[connection], !session.pulling.contains(id) else { return }
        visitors[connection]?.pulling.insert(id)
        visitors[connection]?.behind.insert(id)
        ask([.visitorFeed(id, afterVseq: session.heads[id] ?? 0, limit: 100)]) { [self] result in
            visitors[connection]?.pulling.remove(id)
            guard case .success(let answers) = result, case .feed(let events, _, let isComplete)? = answers.first else {
                return close(connection, .overload, retryAfter: limits.retryWhenBusy)
            }
            for event in events where event.vseq == (visitors[connection]?.heads[id] ?? 0) + 1 {
                guard give(event, toVisitor: connection) else { return }  // `drained` goes on
            }
            guard let session = visitors[connection] else { return }
            let head = lives[id]?.committed.vseq ?? 0
            if !isComplete || (head > session.heads[id] ?? 0 && !events.isEmpty) {
                pull(id, for: connection)
            } else {
                visitors[connection]?.behind.remove(id)
                if visitors[connection]?.behind.isEmpty == true { visitors[connection]?.behindSince = nil }
            }
        }
    }

    // MARK: Identity

    private func proof(_ hello: VisitorHello, _ inbox: InboxSettings) -> IdentityClaims? {
        guard let proof = hello.identityProof, let secret = inbox.identitySecret else { return nil }
        do throws(IdentityRefusal) {
            return try IdentityProof.verify(proof.reveal(), inbox: inbox.key, secrets: [secret], now: now)
        } catch {
            logger.info("an identity proof was refused", metadata: ["why": .string("\(error)")])
            meters.proofsRefused.increment()
            return nil
        }
    }
}
