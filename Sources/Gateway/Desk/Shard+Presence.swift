internal import Basics
internal import Domain
internal import Storage
internal import Wire

// Whether a rep is there is measured: a socket that answers, or one that did until a moment ago. What she says of
// herself (online, away, busy) is hers to say, and lasts over a restart.

extension Shard {
    func statuses() -> [RepStatus] {
        var chats: [RepID: Int] = [:]
        var calls: [RepID: Int] = [:]
        func count(_ rep: RepID, _ live: Live) {
            if live.value.channel == .call { calls[rep, default: 0] += 1 } else { chats[rep, default: 0] += 1 }
        }
        for live in lives.values {
            switch live.value.state {
            case .active(let rep), .wrapUp(let rep): count(rep, live)
            case .offered(let offer):
                // One who is asked alone is reserved; when everybody is asked, nobody is.
                if offer.reps.count == 1 { count(offer.reps[0], live) }
                if let from = offer.from { count(from, live) }
            case .queued, .closed: break
            }
        }
        return roster.entries.values.filter(\.rep.isActive).map { entry in
            RepStatus(
                rep: entry.rep,
                isConnected: isConnected(entry),
                chats: chats[entry.rep.id] ?? 0,
                calls: calls[entry.rep.id] ?? 0,
                lastOfferedAt: entry.lastOfferedAt
            )
        }.sorted { $0.rep.name < $1.rep.name }
    }

    private func isConnected(_ entry: Roster.Entry) -> Bool {
        if entry.hasSocket { return true }
        guard let seen = entry.lastSeen else { return false }
        return now - seen < limits.presenceGrace
    }

    var isAnyoneThere: Bool {
        roster.entries.values.contains {
            isConnected($0) && $0.rep.isActive && $0.rep.intent == .online && $0.rep.role != .admin
        }
    }

    func setIntent(_ intent: Rep.Intent, of rep: RepID) {
        guard var entry = roster[rep], entry.rep.intent != intent else { return }
        entry.rep.intent = intent
        roster[rep] = entry
        write(.intent(rep, intent))
        queueChanged()
    }

    func repLeft(_ session: StaffSession) {
        let rep = session.scope.viewer
        guard staff.sessions(of: rep).isEmpty else { return }
        roster[rep]?.hasSocket = false
        roster[rep]?.lastSeen = now
        queueChanged()
    }

    /// Reps whose grace is over: what rang for them alone goes on to others.
    func expirePresence() {
        for (id, entry) in roster.entries where !entry.hasSocket {
            guard let seen = entry.lastSeen, now - seen >= limits.presenceGrace else { continue }
            roster[id]?.lastSeen = nil
            queueChanged()
        }
    }

    /// Tells every rep how all of them stand, when that has changed.
    func pushPresence() {
        let frame = ServerFrame.frame("pres") { json in
            json.field("reps", array: statuses()) { json, status in json.object { write(status, to: &$0) } }
        }
        guard frame != lastPresence || staff.count != lastPresenceCount else { return }
        lastPresence = frame
        lastPresenceCount = staff.count
        for connection in staff.all where staff[connection]?.isWelcome == true { pushFleeting(frame, to: connection) }
    }

    func write(_ status: RepStatus, to json: inout JSONWriter) {
        json.field("id", status.rep.id.rawValue)
        json.field("name", status.rep.name)
        json.field("role", status.rep.role.rawValue)
        json.field("state", status.presence.rawValue)
        json.field("load", Int64(status.load))
        json.field("capacity", Int64(RepStatus.fullLoad))
    }

    // MARK: Receipts

    /// Raises the marks of one side, tells the other, and writes them with the next beat.
    func raise(_ id: ConversationID, _ side: Side, _ received: Int64, _ read: Int64) {
        guard let live = lives[id] else { return }
        var marks = live.committed.marks
        guard marks.advance(side, received: received, read: read, head: live.committed.vseq) else { return }
        lives[id]?.mark(marks)
        raisedMarks.insert(id)
        if side == .visitor {
            let frame = ServerFrame.marks(id, .visitor, received: marks.visitorReceived, read: marks.visitorRead)
            eachStaff(seeing: id) { push(frame, to: $0) }
        } else {
            let frame = ServerFrame.marks(id, .rep, received: marks.staffReceived, read: marks.staffRead)
            eachStaff(seeing: id) { push(frame, to: $0) }
            if let visitor = live.committed.visitor {
                for connection in visitors.sessions(of: visitor) { send(frame, toVisitor: connection) }
            }
        }
    }

    func writeMarks() {
        guard !raisedMarks.isEmpty, mode == .serving else { return }
        for id in raisedMarks { if let live = lives[id] { write(.marks(id, live.committed.marks)) } }
        raisedMarks = []
    }
}
