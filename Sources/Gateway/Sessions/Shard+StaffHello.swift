internal import Basics
internal import Domain
internal import Signing
internal import Storage
internal import Wire

// Hello of a rep: a one-time ticket says who it is; then either the missed events, or a snapshot of all that is live.

extension Shard {
    func staffHello(_ hello: StaffHello, _ connection: ConnectionID) {
        guard hello.version == 1 else { return close(connection, .version) }
        guard let digest = OneTimeTicket.digest(of: hello.ticket.reveal()),
            let ticket = tickets.removeValue(forKey: digest),
            ticket.expiresAt > now
        else { return close(connection, .tokenExpired) }
        ask([.session(hash: ticket.sessionHash)]) { [self] result in
            guard handshakes[connection] != nil else { return }
            guard case .success(let answers) = result, case .session(let record?, let rep?)? = answers.first,
                rep.isActive,
                isValid(record)
            else { return close(connection, .tokenExpired) }
            let open = staff.sessions(of: rep.id)
            if open.count >= limits.socketsPerRep, let oldest = open.min(by: { $0.rawValue < $1.rawValue }) {
                close(oldest, .replaced)
            }
            let scope = Scope(viewer: rep.id, role: rep.role)
            staff[connection] = StaffSession(connection: connection, sessionHash: record.hash, scope: scope, at: now)
            roster[rep.id]?.hasSocket = true
            if let resume = hello.resume, resume.epoch == store.epoch {
                replay(connection, after: resume.position)
            } else {
                snapshot(connection)
            }
        }
    }

    /// A hello on a socket that is welcome already: the client saw a gap, and begins again from what it holds.
    func again(_ hello: StaffHello, _ connection: ConnectionID) {
        guard let session = staff[connection] else { return }
        staff[connection]?.feed = .catchingUp
        staff[connection]?.backlog = []
        if let resume = hello.resume, resume.epoch == store.epoch, session.isWelcome {
            replay(connection, after: resume.position)
        } else {
            snapshot(connection)
        }
    }

    // MARK: Replay

    private func replay(_ connection: ConnectionID, after position: LogPosition) {
        guard let session = staff[connection] else { return }
        let query = Query.staffFeed(
            after: position,
            session.scope,
            limit: limits.replayEvents + 1,
            scan: limits.replayScan
        )
        ask([query, .head], otherwise: { [self] _ in close(connection, .overload, retryAfter: limits.retryWhenBusy) }) {
            [self] answers in
            guard case .feed(let events, let through, let isComplete) = answers[0], case .head(let head) = answers[1],
                staff[connection] != nil
            else { return }
            guard isComplete, events.count <= limits.replayEvents, position <= head else { return snapshot(connection) }
            push(welcomeFrame(session, position: position, mode: events.isEmpty ? "resumed" : "replay"), to: connection)
            staff[connection]?.isWelcome = true
            staff[connection]?.position = position
            for event in events { give(event, name: roster.name(of: event.author), to: connection) }
            staff[connection]?.scanned = through
            show(Set(events.map(\.conversation)), to: connection)
            settle(connection)
        }
    }

    // MARK: Snapshot

    private func snapshot(_ connection: ConnectionID) {
        guard let session = staff[connection] else { return }
        let visible = lives.values.filter { isListed($0, session.scope) }.map(\.id).sorted()
        let queries = visible.map { id -> Query in
            let isOwn = lives[id]?.committed.state.owner == session.scope.viewer
            return .events(id, before: nil, limit: isOwn ? limits.snapshotEvents : limits.snapshotEvents / 5)
        }
        ask(
            [.head] + queries,
            otherwise: { [self] _ in close(connection, .overload, retryAfter: limits.retryWhenBusy) }
        ) {
            [self] answers in
            guard case .head(let head) = answers[0], staff[connection] != nil else { return }
            push(welcomeFrame(session, position: head, mode: "reset"), to: connection)
            staff[connection]?.isWelcome = true
            staff[connection]?.position = head
            staff[connection]?.scanned = head
            for part in snapshotParts(visible, Array(answers.dropFirst()), head) { push(part, to: connection) }
            settle(connection)
        }
    }

    static let snapshotPartBytes = 48 * 1_024

    private func snapshotParts(_ ids: [ConversationID], _ answers: [Answer], _ head: LogPosition) -> [[UInt8]] {
        var parts: [[[UInt8]]] = [[]]
        var size = 0
        for (id, answer) in zip(ids, answers) {
            guard let live = lives[id], case .events(let events, _) = answer else { continue }
            let view = view(live.committed, party: live.party, events: events)
            let bytes = JSONWriter.object(view.write).bytes
            if size + bytes.count > Self.snapshotPartBytes, !parts[parts.count - 1].isEmpty {
                parts.append([])
                size = 0
            }
            parts[parts.count - 1].append(bytes)
            size += bytes.count
        }
        return parts.enumerated().map { index, conversations in
            ServerFrame.frame("snap") { json in
                json.field("pos", head.rawValue)
                json.field("convs", array: conversations) { $0.raw(bytes: $1) }
                json.field("last", index == parts.count - 1)
            }
        }
    }

    func isListed(_ live: Live, _ scope: Scope) -> Bool {
        if case .closed = live.committed.state { return false }
        return live.committed.isVisible(to: scope)
    }

    /// The session has its past; what rings for it now, and what happened while that was put together, follow.
    private func settle(_ connection: ConnectionID) {
        guard let session = staff[connection] else { return }
        for live in lives.values where live.ringing.contains(session.scope.viewer) {
            push(ringFrame(live, to: session.scope.viewer), to: connection)
        }
        finishHandshake(connection)
        pushPresence()
        route()
        if session.scanned < head {
            staff[connection]?.feed = .behind(since: now)
            pullStaff(connection)
        } else {
            staff[connection]?.feed = .live
        }
    }

    // MARK: Reading on from the log

    func pullStaff(_ connection: ConnectionID) {
        guard let session = staff[connection], case .behind = session.feed, !session.isPulling else { return }
        staff[connection]?.isPulling = true
        ask([.staffFeed(after: session.scanned, session.scope, limit: 200, scan: 2_000)]) { [self] result in
            staff[connection]?.isPulling = false
            guard case .success(let answers) = result, case .feed(let events, let through, _)? = answers.first else {
                return
            }
            var touched: Set<ConversationID> = []
            for event in events {
                touched.insert(event.conversation)
                guard give(event, name: roster.name(of: event.author), to: connection) else {
                    return show(touched, to: connection)  // `drained` goes on
                }
            }
            staff[connection]?.scanned = max(through, session.scanned)
            show(touched, to: connection)
            if through >= head { staff[connection]?.feed = .live } else { pullStaff(connection) }
        }
    }

    /// Shows one session how these conversations stand.
    private func show(_ ids: Set<ConversationID>, to connection: ConnectionID) {
        for id in ids {
            withLive(id) { [self] isFound in
                guard isFound else { return }
                withParty(id) { [self] in
                    guard let live = lives[id], let session = staff[connection] else { return }
                    if live.committed.isVisible(to: session.scope) {
                        push(conversationFrame(live), to: connection)
                    } else {
                        let frame = ServerFrame.frame("gone") { json in
                            json.field("conv", id.rawValue)
                            json.field("why", live.committed.state.isOver ? "closed" : "reassigned")
                        }
                        push(frame, to: connection)
                    }
                }
            }
        }
    }

    // MARK: Welcome

    private func welcomeFrame(_ session: StaffSession, position: LogPosition, mode: String) -> [UInt8] {
        ServerFrame.frame("welcome") { json in
            json.field("sid", String(session.connection.rawValue))
            json.field("epoch", store.epoch)
            json.field("pos", position.rawValue)
            json.field("mode", mode)
            json.field("now", now.milliseconds)
            json.field("hb", limits.heartbeat.milliseconds)
            json.field(
                "limits",
                object: { json in
                    json.field("text", Int64(limits.text.staff.value))
                    json.field("frame", Int64(limits.staffFrameBytes))
                    json.field("inflight", Int64(limits.inFlight))
                }
            )
            if let rep = roster[session.scope.viewer]?.rep { json.field("me", object: { write(me: rep, to: &$0) }) }
            json.field("reps", array: statuses()) { json, status in json.object { write(status, to: &$0) } }
            json.field("dispositions", strings: WrapUpCode.allCases.map(\.rawValue))
            json.field("demo", settings.demo != nil)
            json.field("build", settings.build)
        }
    }

    func write(me rep: Rep, to json: inout JSONWriter) {
        json.field("id", rep.id.rawValue)
        json.field("name", rep.name)
        json.field("email", rep.email)
        json.field("role", rep.role.rawValue)
        json.field("state", rep.intent.rawValue)
        json.field("capacity", Int64(RepStatus.fullLoad))
        json.field("chats_at_once", Int64(rep.chatsAtOnce))
        json.optional("extension", rep.addresses.first)
        json.optional("language", rep.language)
    }
}
