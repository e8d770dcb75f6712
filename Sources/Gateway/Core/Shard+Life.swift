internal import Basics
internal import Domain
internal import Logging
internal import Storage
internal import Transport
internal import Wire

// Starting, the beat of every second, stopping.

extension Shard {
    static let beat = Span.seconds(1)

    /// Reads what was going on when the last process stopped, then serves.
    func start(_ ready: @escaping @Sendable () -> Void) {
        ask([.head, .reps, .liveConversations]) { [self] result in
            guard case .success(let answers) = result, case .head(let position) = answers[0],
                case .reps(let reps) = answers[1],
                case .conversations(let live, _) = answers[2]
            else {
                logger.critical("the store does not answer")
                return enter(.failed)
            }
            head = position
            roster.replace(reps)
            for conversation in live {
                lives[conversation.id] = Live(conversation)
                lives[conversation.id]?.shownTo = conversation.audience
                if let visitor = conversation.visitor, !conversation.state.isOver {
                    openChats[visitor] = conversation.id
                }
            }
            loadLive(live) { [self] in
                enter(.serving)
                resumeCalls()
                tick()
                ready()
            }
        }
    }

    private func loadLive(_ live: [Conversation], then: @escaping () -> Void) {
        guard !live.isEmpty else { return then() }
        var queries: [Query] = live.map { .events($0.id, before: nil, limit: limits.snapshotEvents) }
        queries += live.map { .callEvents($0.id) }
        ask(queries, otherwise: { _ in then() }) { [self] answers in
            for (index, conversation) in live.enumerated() {
                if case .events(let events, _) = answers[index] { lives[conversation.id]?.note(events) }
                if case .callEvents(let events) = answers[live.count + index] {
                    lives[conversation.id]?.callEvents = events
                }
                lives[conversation.id]?.isFresh = false
                if conversation.channel == .chat, case .offered(let offer) = conversation.state {
                    lives[conversation.id]?.ringing = offer.reps
                }
                loadParty(conversation.id)
            }
            then()
        }
    }

    private func tick() {
        guard mode != .failed else { return }
        _ = loop.schedule(after: Self.beat) { [self] in assumeIsolated { $0.tick() } }
        expireHandshakes()
        beatHearts()
        expirePresence()
        expireOffers()
        settleCalls()
        writeMarks()
        tickets = tickets.filter { $0.value.expiresAt > now }
        if now.milliseconds / 1_000 % 60 == 0 {
            buckets.forgetFull(at: now)
            trails.forget(before: now - limits.onSiteFor)
            forgetIdle()
            // An open console keeps its login alive, whether or not it asks anything by HTTP.
            for hash in Set(staff.all.compactMap { staff[$0]?.sessionHash }) {
                write(.touchSession(hash: hash, at: now))
            }
        }
        workCalls()
    }

    private func expireHandshakes() {
        for (connection, handshake) in handshakes
        where now - handshake.openedAt > limits.helloWithin && !handshake.isBusy {
            handshakes[connection] = nil
            close(connection, .noHello)
        }
    }

    private func beatHearts() {
        for connection in Array(visitors.all) {
            guard var session = visitors[connection] else { continue }
            let verdict = session.life.beat(
                at: now,
                every: limits.heartbeat,
                within: limits.pongWithin,
                jitter: jitter()
            )
            visitors[connection]?.life = session.life
            switch verdict {
            case .fine: break
            case .ping: send(pingFrame(session), toVisitor: connection)
            case .dead: close(connection, .noPong)
            }
            if let since = session.behindSince, now - since > limits.lagWithin { close(connection, .slow) }
        }
        for connection in staff.all {
            guard var session = staff[connection] else { continue }
            let verdict = session.life.beat(
                at: now,
                every: limits.heartbeat,
                within: limits.pongWithin,
                jitter: jitter()
            )
            staff[connection]?.life = session.life
            switch verdict {
            case .fine: break
            case .ping: pushFleeting(pingFrame(session), to: connection)
            case .dead: close(connection, .noPong)
            }
            if case .behind(let since) = session.feed, now - since > limits.lagWithin { close(connection, .slow) }
        }
    }

    private func jitter() -> Int64 { Int64.random(in: -3_000...3_000, using: &random) }

    /// Conversations that are over, and that nobody looks at, need no memory; waiting chats whose visitor is long gone end.
    private func forgetIdle() {
        for live in lives.values where !live.hasUnwritten {
            let visitor = live.committed.visitor
            let isVisitorHere = visitor.map { !visitors.sessions(of: $0).isEmpty } ?? false
            if case .closed = live.committed.state, !isVisitorHere, now - live.committed.since > .minutes(5),
                live.settlesAt == nil
            {
                lives[live.id] = nil
            } else if live.committed.channel == .chat, live.committed.state == .queued, !isVisitorHere,
                now - (live.committed.last?.at ?? live.committed.openedAt) > limits.abandonAfter
            {
                change(live.id) { [deed = Deed.system(at: now)] c throws(Refusal) in
                    try c.closeChat(by: .system, disposition: nil, deed: deed)
                }
            }
        }
    }

    /// `SIGHUP`: the certificate files may be new.
    func reload() {
        do throws(TransportError) {
            try server?.reloadCertificate()
            logger.notice("certificate reloaded")
        } catch {
            logger.error("the certificate could not be reloaded", metadata: ["error": .string("\(error)")])
        }
    }

    // MARK: Stopping

    /// Says goodbye, finishes what was begun, then lets the loop end.
    func stop() {
        guard mode != .stopping else { return }
        enter(.stopping)
        server?.stopAccepting()
        writeMarksNow()
        let sockets = Array(visitors.all) + staff.all
        for connection in sockets {
            let spread = Int64.random(in: 0...limits.reconnectSpread.milliseconds, using: &random)
            close(connection, .goingAway, retryAfter: Span(milliseconds: spread))
        }
        endTurn()
        finishStopping(deadline: now + limits.stopWithin - .seconds(1))
    }

    private func writeMarksNow() {
        for id in raisedMarks { if let live = lives[id] { write(.marks(id, live.committed.marks)) } }
        raisedMarks = []
    }

    private func finishStopping(deadline: Timestamp) {
        if (turn.isIdle && visitors.count == 0 && staff.count == 0) || now >= deadline {
            server?.shutdown()
            loop.stop()
            return
        }
        _ = loop.schedule(after: .milliseconds(20)) { [self] in assumeIsolated { $0.finishStopping(deadline: deadline) }
        }
    }
}
