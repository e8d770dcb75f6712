internal import Basics
internal import CoreMetrics
internal import Domain
internal import Storage
internal import Transport
internal import Wire

// Telling: what is stored goes to whoever may know, each session in its own order and without a gap. A session that
// cannot take an event falls behind and reads on from the log; nothing is thrown away.

extension Shard {
    func publish(_ events: [LogEvent], of id: ConversationID) {
        for event in events {
            head = max(head, event.position)
            give(event)
        }
        if let visitor = lives[id]?.committed.visitor { giveToVisitor(visitor, events, of: id) }
        announce(id, after: events)
    }

    // MARK: Staff

    private func give(_ event: LogEvent) {
        let name = roster.name(of: event.author)
        for id in staff.all {
            guard let session = staff[id], case .live = session.feed, session.sees(event) else { continue }
            give(event, name: name, to: id)
        }
    }

    /// Gives one event to one session that has everything before it.
    @discardableResult
    func give(_ event: LogEvent, name: String?, to id: ConnectionID) -> Bool {
        guard let session = staff[id] else { return false }
        let frame = ServerFrame.staffEvent(event, previous: session.position.rawValue, name: name)
        guard push(frame, to: id) else {
            fallBehind(id)
            return false
        }
        staff[id]?.position = event.position
        staff[id]?.scanned = event.position
        return true
    }

    private func fallBehind(_ id: ConnectionID) {
        guard let session = staff[id], case .live = session.feed else { return }
        staff[id]?.feed = .behind(since: now)
        meters.lags.increment()
        push(ServerFrame.lag(from: session.position.rawValue), to: id)
    }

    /// Shows how the conversation stands now: lists, rings, and who lost sight of it.
    func announce(_ id: ConversationID, after events: [LogEvent] = []) {
        withParty(id) { [self] in
            guard let live = lives[id] else { return }
            if staff.count > 0 { show(live) }
            // A further message changes neither who may see it, nor who is rung, nor the queue.
            guard live.shownState != live.committed.state || live.committed.channel == .call else { return }
            lives[id]?.shownState = live.committed.state
            lives[id]?.shownTo = live.committed.audience
            updateRings(id, after: events)
            if live.committed.state.isOver, !live.hasUnwritten { retire(id) }
            queueChanged()
        }
    }

    private func show(_ live: Live) {
        let audience = live.committed.audience
        var frame: [UInt8]?
        for connection in staff.all {
            guard let session = staff[connection], session.isWelcome else { continue }
            if session.scope.isUnlimited || audience.includes(session.scope.viewer) || session.subscribed.contains(live.id) {
                frame = frame ?? conversationFrame(live)
                if let frame { push(frame, to: connection) }
            } else if live.shownTo?.includes(session.scope.viewer) == true {
                push(goneFrame(live), to: connection)
            }
        }
    }

    func conversationFrame(_ live: Live, events: [LogEvent]? = nil) -> [UInt8] {
        let view = view(live.committed, party: live.party, events: events)
        return ServerFrame.frame("conv") { $0.field("conv", object: view.write) }
    }

    private func goneFrame(_ live: Live) -> [UInt8] {
        ServerFrame.frame("gone") { json in
            json.field("conv", live.id.rawValue)
            switch live.committed.state {
            case .active(let rep):
                json.field("why", "claimed")
                json.field("by", roster.name(rep).name)
            case .closed, .wrapUp: json.field("why", "closed")
            case .queued, .offered: json.field("why", "reassigned")
            }
        }
    }

    /// A closed conversation leaves memory when no one has it open; the log keeps it.
    private func retire(_ id: ConversationID) {
        guard let live = lives[id], case .closed = live.committed.state, live.ringing.isEmpty, live.settlesAt == nil
        else { return }
        if let visitor = live.committed.visitor, !visitors.sessions(of: visitor).isEmpty { return }
        if live.committed.channel == .call, now - live.committed.since < limits.settleAfter + .minutes(1) { return }
        lives[id] = nil
    }

    /// Sends, or keeps for when the socket can take it; false when the session has to fall behind.
    @discardableResult
    func push(_ frame: [UInt8], to connection: ConnectionID) -> Bool {
        guard let server else { return false }
        if staff[connection]?.backlog.isEmpty == false {
            guard staff[connection]?.backlog.count ?? 0 < StaffSession.backlogMax else { return false }
            staff[connection]?.backlog.append(frame)
            return true
        }
        switch server.send(OutboundFrame(text: frame), to: connection) {
        case .written, .queued: return true
        case .overflow:
            // A snapshot may be larger than an outbox: its parts wait here for `drained`.
            guard staff[connection] != nil, case .catchingUp = staff[connection]?.feed else { return false }
            staff[connection]?.backlog.append(frame)
            return true
        case .gone: return true
        }
    }

    /// For what is worth nothing later: typing, presence, pages.
    func pushFleeting(_ frame: [UInt8], to connection: ConnectionID) {
        if let session = staff[connection], case .behind = session.feed { return }
        _ = server?.send(OutboundFrame(text: frame), to: connection)
    }

    /// For every rep session that may see the conversation.
    func eachStaff(seeing id: ConversationID, _ body: (ConnectionID) -> Void) {
        guard let audience = lives[id]?.committed.audience else { return }
        for connection in staff.all {
            guard let session = staff[connection], session.isWelcome else { continue }
            if session.scope.isUnlimited || audience.includes(session.scope.viewer) { body(connection) }
        }
    }

    // MARK: Visitors

    private func giveToVisitor(_ visitor: VisitorID, _ events: [LogEvent], of id: ConversationID) {
        for connection in visitors.sessions(of: visitor) {
            for event in events { giveToVisitor(event, connection) }
        }
    }

    private func giveToVisitor(_ event: LogEvent, _ connection: ConnectionID) {
        guard let vseq = event.vseq, let session = visitors[connection], session.isWelcome else { return }
        guard !session.behind.contains(event.conversation) else { return }
        let given = session.heads[event.conversation] ?? 0
        guard vseq > given else { return }
        guard vseq == given + 1 else { return pull(event.conversation, for: connection) }
        give(event, toVisitor: connection)
    }

    /// Gives the next event of a conversation to its visitor; false when the socket is full.
    @discardableResult
    func give(_ event: LogEvent, toVisitor connection: ConnectionID) -> Bool {
        guard let vseq = event.vseq, let session = visitors[connection] else { return false }
        let frame = ServerFrame.visitorEvent(
            event,
            previous: session.heads[event.conversation] ?? 0,
            name: roster.name(of: event.author),
            isOwn: event.author == .visitor(session.visitor)
        )
        switch server?.send(OutboundFrame(text: frame), to: connection) {
        case .overflow?:
            visitors[connection]?.behind.insert(event.conversation)
            visitors[connection]?.behindSince = session.behindSince ?? now
            meters.lags.increment()
            return false
        default:
            visitors[connection]?.heads[event.conversation] = vseq
            return true
        }
    }

    func send(_ frame: [UInt8], toVisitor connection: ConnectionID) {
        _ = server?.send(OutboundFrame(text: frame), to: connection)
    }
}
