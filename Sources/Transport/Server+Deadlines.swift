internal import Basics
internal import CSwitchboard
internal import Glibc

/// Deadlines of our own, in milliseconds: those of libwebsockets count whole seconds, and start again with every byte.
extension Server {
    var now: Int64 { Timestamp.monotonicClock.milliseconds }

    func watch(_ connection: Connection, _ span: Span, _ reason: RefusalReason) {
        connection.deadline = now + span.milliseconds
        connection.deadlineReason = reason
        watched[connection.id] = connection
        if sweepTimer == nil { scheduleSweep() }
    }

    func unwatch(_ connection: Connection) {
        connection.deadline = .max
        watched[connection.id] = nil
    }

    func stopWatching() {
        watched = [:]
        if let sweepTimer { loop.cancel(sweepTimer) }
        if let presenceTimer { loop.cancel(presenceTimer) }
        sweepTimer = nil
        presenceTimer = nil
    }

    private func scheduleSweep() {
        sweepTimer = loop.schedule(after: settings.limits.sweepInterval) { [weak self] in self?.sweep() }
    }

    private func sweep() {
        sweepTimer = nil
        let now = now
        for connection in watched.values where connection.deadline <= now { expired(connection) }
        if !watched.isEmpty { scheduleSweep() }
    }

    private func expired(_ connection: Connection) {
        count(connection.deadlineReason)
        if case .answering = connection.phase {
            delegate?.abandoned(connection.exchange)
            return startSending(Response(status: 503, closes: true), on: connection)
        }
        dropNow(connection)
    }

    /// Ends the connection here and now; never inside one of its own callbacks.
    ///
    /// The socket is shut first, because the engine would otherwise go on flushing to a peer that does not read.
    func dropNow(_ connection: Connection) {
        guard let socket = connection.socket else { return }
        unwatch(connection)
        Glibc.shutdown(connection.descriptor, Int32(SHUT_RDWR))
        socket.kill()
        ended(connection)
    }

    // MARK: Presence

    /// Looks after peers that wait for an answer.
    ///
    /// While a request is being answered the engine does not read, so it would not notice a peer that leaves, and would
    /// be woken for every byte of a peer that sends on. Both are looked for here, 50 times a second, as long as somebody
    /// waits.
    func watchPresence() {
        guard presenceTimer == nil else { return }
        presenceTimer = loop.schedule(after: .milliseconds(20)) { [weak self] in self?.checkPresence() }
    }

    private func checkPresence() {
        presenceTimer = nil
        var someoneWaits = false
        for connection in watched.values {
            guard case .answering = connection.phase, let socket = connection.socket else { continue }
            let look = CSwitchboard_look(connection.descriptor)
            if look < 0 {
                dropNow(connection)
                continue
            }
            if look > 0 { calm(connection, socket) }
            someoneWaits = true
        }
        if someoneWaits { watchPresence() }
    }

    /// Keeps bytes that came too early from waking the loop without end.
    private func calm(_ connection: Connection, _ socket: EngineSocket) {
        guard !connection.isFlowStopped else { return }
        if socket.inputHeld == .none {
            connection.isFlowStopped = true
            return socket.setReading(false)
        }
        // The engine holds a pipelined request already, and would spin on an attempt to stop. No more of them are
        // served here: what follows is thrown away, and the answer says that the connection ends.
        connection.requestCloses = true
        var discarded = [UInt8](repeating: 0, count: 65_536)
        _ = unsafe recv(connection.descriptor, &discarded, discarded.count, Int32(MSG_DONTWAIT))
    }
}
