public import Basics

/// How much text each side may send at once, in Unicode scalars: what a counter beside the box can show.
public struct TextLimits: Hashable, Sendable {
    public var visitor: Limit
    public var staff: Limit
    public init(
        visitor: Limit = Limit("text.visitor", 4_000),
        staff: Limit = Limit("text.staff", 16_000)
    ) {
        self.visitor = visitor
        self.staff = staff
    }
}

extension Conversation {
    /// A visitor begins a chat; it waits in the queue.
    public static func openChat(
        id: ConversationID,
        inbox: String,
        visitor: VisitorID,
        language: String?,
        form: [FormField],
        party: PartyMatch,
        deed: Deed
    ) -> (Conversation, [EventDraft]) {
        var chat = Conversation(
            id: id,
            channel: .chat,
            inbox: inbox,
            openedAt: deed.at,
            state: .queued,
            since: deed.at,
            queuedAt: deed.at,
            revision: 0,
            visitor: visitor,
            party: party,
            language: language
        )
        chat.claims = form.compactMap { field in
            ClaimKind(rawValue: field.name).map { Claim(kind: $0, value: field.value) }
        }
        let claims = chat.claims
        let drafts = chat.record(deed) { _ in
            [.opened(language: language, form: form)] + claims.map { .claims(kind: $0.kind, value: $0.value) }
                + [.queued(.opened)]
        }
        return (chat, drafts)
    }

    /// Says something that the other side reads.
    public mutating func post(_ text: String, limits: TextLimits, deed: Deed) throws(Refusal) -> [EventDraft] {
        guard channel == .chat else { throw .wrongChannel }
        guard !state.isOver else { throw .conversationClosed }
        var limit = limits.visitor
        if case .rep(let rep) = deed.author {
            guard state.owner == rep else { throw .notYours }
            limit = limits.staff
        }
        try Self.check(text, limit)
        return record(deed) { _ in [.text(text)] }
    }

    /// Writes something that staff alone read; also after the end, since that is when there is time.
    public mutating func addNote(_ text: String, limits: TextLimits, deed: Deed) throws(Refusal) -> [EventDraft] {
        try Self.check(text, limits.staff)
        return record(deed) { _ in [.note(text)] }
    }

    /// Ends a chat: by its visitor, by its rep, or by us when nobody is there any more.
    public mutating func closeChat(
        by side: Side,
        disposition: String?,
        deed: Deed
    ) throws(Refusal) -> [EventDraft] {
        guard channel == .chat else { throw .wrongChannel }
        guard !state.isOver else { throw .conversationClosed }
        let owner = state.owner
        return record(deed) { chat in
            chat.endedAt = deed.at
            if let owner, side != .rep {
                chat.move(to: .wrapUp(owner), at: deed.at)
            } else {
                chat.move(to: .closed(owner), at: deed.at)
                chat.disposition = disposition
            }
            return [.closed(by: side, disposition: disposition)]
        }
    }

    /// A closed chat goes on with this rep.
    public mutating func reopen(by rep: RepName, deed: Deed) throws(Refusal) -> [EventDraft] {
        guard channel == .chat else { throw .wrongChannel }
        guard state.isOver else { throw .conflict }
        return record(deed) { chat in
            chat.endedAt = nil
            chat.disposition = nil
            chat.declined = []
            chat.move(to: .active(rep.id), at: deed.at)
            return [.reopened, .joined(rep: rep, from: nil)]
        }
    }

    public static let ratingBounds = 1...5

    public mutating func rate(_ score: Int, comment: String?, deed: Deed) throws(Refusal) -> [EventDraft] {
        guard channel == .chat else { throw .wrongChannel }
        guard Self.ratingBounds.contains(score) else { throw .badValue(field: "score") }
        if let comment, comment.utf8.count > 2_000 { throw .tooLong(Limit("rating.comment", 2_000)) }
        return record(deed) { chat in
            chat.rating = Rating(score: score, comment: comment)
            return [.rated(score: score, comment: comment)]
        }
    }

    private static func check(_ text: String, _ limit: Limit) throws(Refusal) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw .empty(field: "text") }
        guard limit.admits(text.unicodeScalars.count) else { throw .tooLong(limit) }
    }
}
