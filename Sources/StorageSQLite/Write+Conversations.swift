internal import Basics
internal import Domain
internal import GRDB
internal import Storage
internal import Wire

// The log: the store numbers what it is given, once for each client id.
extension UnitWriter {
    func open(_ conversation: Conversation, _ drafts: [EventDraft]) throws -> Outcome {
        try refuseRepeats(drafts)
        if let known = try db.conversation(conversation.id) { throw Stop.conflict(.revision(known)) }
        try refuseSecondChat(conversation)
        var opened = conversation
        opened.seq = 0
        opened.vseq = 0
        count(drafts, into: &opened)
        // The row comes first, since events point to it; where its events will stand is known before they are written.
        let head = try db.head()
        let last = LogPosition(head.rawValue + Int64(drafts.count))
        try db.run(ConversationRow.insert, ConversationRow.insertValues(opened, last: last))
        let row = db.lastInsertedRowID
        try keepParticipants(of: opened, row: row)
        let events = try insert(drafts, of: conversation.id, row: row, seq: 0, vseq: 0)
        return .events(events, opened)
    }

    func append(
        _ conversation: Conversation,
        assuming: Int64,
        _ drafts: [EventDraft],
        extent: Write.Extent
    ) throws -> Outcome {
        try refuseRepeats(drafts)
        guard let stored = try db.standing(of: conversation.id) else {
            throw Stop.conflict(.missing("conversation"))
        }
        guard stored.revision == assuming else {
            throw Stop.conflict(try db.conversation(conversation.id).map { .revision($0) } ?? .missing("conversation"))
        }
        var next = conversation
        next.seq = stored.seq
        next.vseq = stored.vseq
        next.marks = stored.marks
        count(drafts, into: &next)
        switch extent {
        case .line:
            let events = try insert(drafts, of: next.id, row: stored.row, seq: stored.seq, vseq: stored.vseq)
            let last = events.last?.position ?? stored.last
            try db.run(ConversationRow.updateLine, ConversationRow.lineValues(next) + [last.rawValue, stored.row])
            return .events(events, next)
        case .all:
            try refuseSecondChat(next)
            let events = try insert(drafts, of: next.id, row: stored.row, seq: stored.seq, vseq: stored.vseq)
            let last = events.last?.position ?? stored.last
            try db.run(ConversationRow.update, ConversationRow.updateValues(next, last: last, row: stored.row))
            try keepParticipants(of: next, row: stored.row)
            return .events(events, next)
        }
    }

    func raise(_ marks: Marks, of id: ConversationID) throws -> Outcome {
        try db.run(
            """
            UPDATE conversation SET visitor_received = max(visitor_received, ?), visitor_read = max(visitor_read, ?),
                staff_received = max(staff_received, ?), staff_read = max(staff_read, ?)
            WHERE id = ?
            """,
            marks.visitorReceived,
            marks.visitorRead,
            marks.staffReceived,
            marks.staffRead,
            id
        )
        guard db.changesCount == 1 else { throw Stop.conflict(.missing("conversation")) }
        return .done
    }

    /// What an author did once is not done again; within one write, a client id stands for one event.
    private func refuseRepeats(_ drafts: [EventDraft]) throws {
        for (index, draft) in drafts.enumerated() {
            guard let cid = draft.cid else { continue }
            if let event = try db.event(by: draft.author, cid) { throw Stop.duplicate(event) }
            if drafts[..<index].contains(where: { $0.author == draft.author && $0.cid == cid }) {
                throw Stop.conflict(.missing("a client id of its own for each event"))
            }
        }
    }

    private func refuseSecondChat(_ conversation: Conversation) throws {
        guard conversation.isOpenChat, let visitor = conversation.visitor,
            let open = try db.openChat(of: visitor, in: conversation.inbox), open.id != conversation.id
        else { return }
        throw Stop.conflict(.openConversation(open))
    }

    private func count(_ drafts: [EventDraft], into conversation: inout Conversation) {
        conversation.seq += Int64(drafts.count)
        conversation.vseq += Int64(drafts.count { $0.body.isVisibleToVisitor })
    }

    private func insert(
        _ drafts: [EventDraft],
        of id: ConversationID,
        row: Int64,
        seq: Int64,
        vseq: Int64
    ) throws -> [LogEvent] {
        var seq = seq
        var vseq = vseq
        return try drafts.map { draft in
            seq += 1
            let isVisible = draft.body.isVisibleToVisitor
            if isVisible { vseq += 1 }
            try db.run(
                """
                INSERT INTO event (conversation, seq, vseq, author, cid, at, kind, body, audience)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                row,
                seq,
                isVisible ? vseq : nil,
                draft.author.key,
                draft.cid,
                draft.at,
                BodyCodec.kind(of: draft.body),
                BodyCodec.encode(draft.body),
                draft.audience.key
            )
            return LogEvent(
                position: LogPosition(db.lastInsertedRowID),
                conversation: id,
                seq: seq,
                vseq: isVisible ? vseq : nil,
                author: draft.author,
                cid: draft.cid,
                at: draft.at,
                body: draft.body,
                audience: draft.audience
            )
        }
    }

    private func keepParticipants(of conversation: Conversation, row: Int64) throws {
        for rep in conversation.participants {
            try db.run("INSERT INTO participant (conversation, rep) VALUES (?, ?) ON CONFLICT DO NOTHING", row, rep)
        }
    }
}

// What writes look up before they decide, and queries ask for too.
extension Database {
    func head() throws -> LogPosition { LogPosition(try count("SELECT coalesce(max(gid), 0) FROM event")) }

    func conversation(_ id: ConversationID) throws -> Conversation? {
        try first(
            ConversationRow.byID,
            id,
            read: ConversationRow.read
        )
    }

    func openChat(of visitor: VisitorID, in inbox: String) throws -> Conversation? {
        try first(
            """
            SELECT \(ConversationRow.columns) FROM conversation c WHERE c.visitor = ? AND c.inbox = ?
                AND c.channel = 'chat' AND c.state IN ('queued', 'offered', 'active')
            """,
            visitor,
            inbox,
            read: ConversationRow.read
        )
    }

    func event(by author: Author, _ cid: ClientMessageID) throws -> LogEvent? {
        try first(
            EventRow.byCID,
            author.key,
            cid,
            read: EventRow.read
        )
    }

    /// What numbering and compare-and-set need of a conversation.
    struct Standing {
        var row: Int64
        var revision: Int64
        var seq: Int64
        var vseq: Int64
        var last: LogPosition
        var marks: Marks
    }

    func standing(of id: ConversationID) throws -> Standing? {
        try first(
            """
            SELECT n, revision, seq, vseq, last_gid, visitor_received, visitor_read, staff_received, staff_read
            FROM conversation WHERE id = ?
            """,
            id
        ) {
            Standing(
                row: $0.integer(),
                revision: $0.integer(),
                seq: $0.integer(),
                vseq: $0.integer(),
                last: LogPosition($0.integer()),
                marks: Marks(
                    visitorReceived: $0.integer(),
                    visitorRead: $0.integer(),
                    staffReceived: $0.integer(),
                    staffRead: $0.integer()
                )
            )
        }
    }
}
