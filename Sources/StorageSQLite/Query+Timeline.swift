internal import Basics
internal import Domain
internal import Storage

// Everything that ever happened with a person, newest last.
extension Snapshot {
    func timeline(of id: PersonID, before: LogPosition?, limit: Int) throws -> Timeline {
        guard let person = try db.canonical(id) else {
            return Timeline(events: [], conversations: [], pages: [], more: false)
        }
        let limit = max(0, limit)
        let positions = try newestPositions(with: person, before: before, limit: limit + 1)
        let events = try positions.prefix(limit).reversed().compactMap { try event(at: $0) }
        var seen: Set<ConversationID> = []
        let conversations = try events.map(\.conversation).filter { seen.insert($0).inserted }
            .compactMap(db.conversation)
        let more = positions.count > limit
        let pages = try pages(
            of: visitors(of: person),
            from: more ? events.first?.at : nil,
            until: before.flatMap { try event(at: $0)?.at },
            limit: limit
        )
        return Timeline(events: events, conversations: conversations, pages: pages.reversed(), more: more)
    }

    /// Looks into the conversations that moved last, and stops where older ones can add nothing: the cost is that of the
    /// page, not of the person's whole history.
    private func newestPositions(with person: PersonID, before: LogPosition?, limit: Int) throws -> [Int64] {
        let before = before?.rawValue ?? .max
        let conversations = try db.all(
            """
            SELECT n, last_gid FROM conversation WHERE person IN (SELECT id FROM person WHERE canon = ?)
            ORDER BY last_gid DESC
            """,
            person
        ) { (row: $0.integer(), last: $0.integer()) }
        var newest: [Int64] = []
        for conversation in conversations {
            if newest.count == limit, let oldest = newest.last, oldest > conversation.last { break }
            let positions = try db.all(
                "SELECT gid FROM event WHERE conversation = ? AND gid < ? ORDER BY seq DESC LIMIT ?",
                conversation.row,
                before,
                limit
            ) { $0.integer() }
            newest = Array((newest + positions).sorted(by: >).prefix(limit))
        }
        return newest
    }

    private func event(at position: LogPosition) throws -> LogEvent? { try event(at: position.rawValue) }

    private func event(at gid: Int64) throws -> LogEvent? {
        try db.first("SELECT \(EventRow.columns) FROM \(EventRow.from) WHERE e.gid = ?", gid, read: EventRow.read)
    }

    /// The newest pages of these visitors within a time, newest first.
    func pages(
        of visitors: [VisitorID],
        from: Timestamp? = nil,
        until: Timestamp? = nil,
        limit: Int
    ) throws -> [PageView] {
        let limit = max(0, limit)
        let pages = try visitors.flatMap { visitor in
            try db.all(
                """
                SELECT at, url, title FROM page_view WHERE visitor = ? AND at >= ? AND at < ?
                ORDER BY n DESC LIMIT ?
                """,
                visitor,
                from?.milliseconds ?? Int64.min,
                until?.milliseconds ?? Int64.max,
                limit
            ) { PageView(at: $0.time(), url: $0.text(), title: $0.text()) }
        }
        guard visitors.count > 1 else { return pages }
        return Array(pages.sorted { $0.at > $1.at }.prefix(limit))
    }

    /// CROSS JOIN keeps SQLite to this order: from the person to her handles, never from all handles to the person.
    func visitors(of id: PersonID) throws -> [VisitorID] {
        try db.all(
            """
            SELECT DISTINCT i.value FROM person asked CROSS JOIN person m ON m.canon = asked.canon
                CROSS JOIN identity_link l ON l.person = m.id CROSS JOIN identity i ON i.n = l.identity
            WHERE asked.id = ? AND i.kind = 'visitor' AND l.retracted_at IS NULL AND l.assurance >= ?
            ORDER BY i.value
            """,
            id,
            Assurance.confirmed.rawValue
        ) { $0.id() }
    }
}
