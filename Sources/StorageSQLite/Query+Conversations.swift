internal import Basics
internal import Domain
internal import Storage

// Conversations one by one and in lists; each page begins after the sort key of the last row of the page before.
extension Snapshot {
    private static let select = "SELECT \(ConversationRow.columns) FROM conversation c"

    func liveConversations() throws -> [Conversation] {
        try db.all(
            "\(Self.select) WHERE c.state <> 'closed' ORDER BY c.opened_at, c.id",
            read: ConversationRow.read
        )
    }

    func conversations(
        _ view: ConversationView,
        _ scope: Scope,
        after cursor: Cursor?,
        limit: Int
    ) throws -> Answer {
        let order = Order(view)
        var condition = scope.seesConversation("c", at: now)
        if let key = cursor?.timeKey {
            let after = Condition(sql: "(\(order.column), c.id) \(order.past) (?, ?)", values: [key.time, key.id])
            condition = condition && after
        }
        let limit = max(0, limit)
        let found = try db.all(
            """
            \(Self.select) WHERE \(order.filter) AND (\(condition.sql))
            ORDER BY \(order.column) \(order.direction), c.id \(order.direction) LIMIT ?
            """,
            condition.values + [limit + 1],
            read: ConversationRow.read
        )
        let page = Array(found.prefix(limit))
        let next = found.count > limit ? page.last.map { Cursor(time: order.key($0), id: $0.id.rawValue) } : nil
        return .conversations(page, next: next)
    }

    func conversations(of visitor: VisitorID, in inbox: String, limit: Int) throws -> [Conversation] {
        try db.all(
            "\(Self.select) WHERE c.visitor = ? AND c.inbox = ? ORDER BY c.opened_at DESC, c.id DESC LIMIT ?",
            visitor,
            inbox,
            max(0, limit),
            read: ConversationRow.read
        )
    }

    /// Of a canonical person, with the records merged into it.
    func conversations(with person: PersonID, limit: Int) throws -> [Conversation] {
        try db.all(
            """
            \(Self.select) WHERE c.person IN (SELECT id FROM person WHERE canon = ?)
            ORDER BY c.opened_at DESC, c.id DESC LIMIT ?
            """,
            person,
            max(0, limit),
            read: ConversationRow.read
        )
    }

    func orphans(of identity: Identity, limit: Int) throws -> [Conversation] {
        let handle =
            identity.kind == .visitor
            ? Condition(sql: "c.visitor = ?", values: [identity.value])
            : Condition(
                sql: "c.identity_value = ? AND c.identity_kind = ? AND c.identity_issuer = ?",
                values: [identity.value, identity.kind.rawValue, identity.issuer]
            )
        return try db.all(
            "\(Self.select) WHERE \(handle.sql) AND c.person IS NULL ORDER BY c.opened_at DESC, c.id DESC LIMIT ?",
            handle.values + [max(0, limit)],
            read: ConversationRow.read
        )
    }

    func today(since: Timestamp) throws -> DayFigures {
        try db.first(
            """
            SELECT coalesce(sum(channel = 'chat'), 0),
                coalesce(sum(channel = 'call' AND call_direction IN ('inbound', 'outbound')), 0),
                coalesce(sum(call_outcome = 'answered'), 0), coalesce(sum(call_outcome = 'missed'), 0),
                coalesce(sum(call_outcome = 'abandoned'), 0), coalesce(sum(answer_wait), 0), count(answer_wait)
            FROM conversation WHERE opened_at >= ?
            """,
            since
        ) {
            var figures = DayFigures()
            figures.chats = Int($0.integer())
            figures.calls = Int($0.integer())
            figures.answeredCalls = Int($0.integer())
            figures.missedCalls = Int($0.integer())
            figures.abandonedCalls = Int($0.integer())
            figures.answerWait = Span(milliseconds: $0.integer())
            figures.answerWaits = Int($0.integer())
            return figures
        } ?? DayFigures()
    }

    /// How a view is sorted: what waits longest first, what is over or began last first.
    private struct Order {
        let column: String
        let filter: String
        let isAscending: Bool
        let key: (Conversation) -> Timestamp

        init(_ view: ConversationView) {
            switch view {
            case .queue:
                (column, filter, isAscending) = ("c.queued_at", "c.state IN ('queued', 'offered')", true)
                key = \.queuedAt
            case .done:
                (column, filter, isAscending) = ("c.done_at", "c.done_at IS NOT NULL", false)
                key = { $0.doneAt ?? $0.since }
            case .all:
                (column, filter, isAscending) = ("c.opened_at", "1", false)
                key = \.openedAt
            }
        }

        var direction: String { isAscending ? "ASC" : "DESC" }
        var past: String { isAscending ? ">" : "<" }
    }
}
