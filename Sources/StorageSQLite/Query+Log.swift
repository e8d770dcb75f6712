internal import Basics
internal import Domain
internal import Storage

// The log, by conversation and as feeds.
extension Snapshot {
    private static let select = "SELECT \(EventRow.columns) FROM \(EventRow.from)"

    func events(of id: ConversationID, before: Int64?, limit: Int) throws -> Answer {
        try page(of: id, by: "e.seq", before: before, limit: limit)
    }

    func visitorEvents(of id: ConversationID, before: Int64?, limit: Int) throws -> Answer {
        try page(of: id, by: "e.vseq", before: before, limit: limit)
    }

    private func page(of id: ConversationID, by number: String, before: Int64?, limit: Int) throws -> Answer {
        guard let row = try db.standing(of: id)?.row else { return .events([], more: false) }
        let limit = max(0, limit)
        let found = try db.all(
            "\(Self.select) WHERE e.conversation = ? AND \(number) < ? ORDER BY \(number) DESC LIMIT ?",
            row,
            before ?? Int64.max,
            limit + 1,
            read: EventRow.read
        )
        return .events(found.prefix(limit).reversed(), more: found.count > limit)
    }

    /// Positions in this feed are the visitor's numbers.
    func visitorFeed(of id: ConversationID, after: Int64, limit: Int) throws -> Answer {
        guard let standing = try db.standing(of: id) else {
            return .feed([], through: LogPosition(after), isComplete: true)
        }
        let events = try db.all(
            "\(Self.select) WHERE e.conversation = ? AND e.vseq > ? ORDER BY e.vseq LIMIT ?",
            standing.row,
            after,
            max(0, limit),
            read: EventRow.read
        )
        let through = events.last?.vseq ?? after
        return .feed(events, through: LogPosition(through), isComplete: through >= standing.vseq)
    }

    func staffFeed(after: LogPosition, _ scope: Scope, limit: Int, scan: Int) throws -> Answer {
        let head = try db.head()
        guard after < head else { return .feed([], through: head, isComplete: true) }
        let horizon = min(head, LogPosition(after.rawValue + Int64(max(0, scan))))
        let audience = scope.isAudience("e.audience")
        let limit = max(0, limit)
        let events = try db.all(
            "\(Self.select) WHERE e.gid > ? AND e.gid <= ? AND (\(audience.sql)) ORDER BY e.gid LIMIT ?",
            [after.rawValue, horizon.rawValue] + audience.values + [limit],
            read: EventRow.read
        )
        let through = events.count < limit ? horizon : events.last?.position ?? after
        return .feed(events, through: through, isComplete: through == head)
    }
}
