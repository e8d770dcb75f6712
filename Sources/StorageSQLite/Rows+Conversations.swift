internal import Basics
internal import Domain
internal import Storage

/// How a conversation is kept: a column for what is asked for or changes often, JSON for the rest.
enum ConversationRow {
    /// What never changes after the first event.
    private static let fixed = ["id", "channel", "inbox", "opened_at"]
    /// What an append of extent `all` writes; the marks have a write of their own.
    private static let changing = [
        "revision", "seq", "vseq", "last_kind", "last_side", "last_text", "last_at", "waiting_since",
        "state", "owner", "offer", "audience", "since", "queued_at", "ended_at", "done_at", "visitor",
        "identity_kind", "identity_issuer", "identity_value", "number_shown",
        "party", "person", "assurance", "confidence", "language", "claims",
        "disposition", "rating", "rating_comment", "declined", "call", "call_direction", "call_outcome", "answer_wait",
        "last_gid",
    ]
    private static let marks = ["visitor_received", "visitor_read", "staff_received", "staff_read"]
    /// What is written for lists alone, and not read back.
    private static let derived: Set = [
        "audience", "done_at", "call_direction", "call_outcome", "answer_wait", "last_gid",
    ]

    private static let kept = fixed + changing.filter { !derived.contains($0) } + marks
    /// With `c` for the conversation, in the order of `read`.
    static let columns = kept.map { "c." + $0 }.joined(separator: ", ")

    static let byID = "SELECT \(columns) FROM conversation c WHERE c.id = ?"

    private static let stored = fixed + changing + marks
    static let insert = """
        INSERT INTO conversation (\(stored.joined(separator: ", ")))
        VALUES (\(stored.map { _ in "?" }.joined(separator: ", ")))
        """
    static let update = """
        UPDATE conversation SET \(changing.map { $0 + " = ?" }.joined(separator: ", ")) WHERE n = ?
        """
    /// The common message touches no column that an index knows.
    static let updateLine = """
        UPDATE conversation SET revision = ?, seq = ?, vseq = ?, last_kind = ?, last_side = ?, last_text = ?,
        last_at = ?, waiting_since = ?, last_gid = ? WHERE n = ?
        """

    static func insertValues(_ conversation: Conversation, last: LogPosition) throws -> [any Bindable] {
        let fixed: [any Bindable] = [
            conversation.id, conversation.channel.rawValue, conversation.inbox, conversation.openedAt,
        ]
        let marks: [any Bindable] = [
            conversation.marks.visitorReceived, conversation.marks.visitorRead,
            conversation.marks.staffReceived, conversation.marks.staffRead,
        ]
        return fixed + (try changingValues(conversation, last: last)) + marks
    }

    static func updateValues(_ conversation: Conversation, last: LogPosition, row: Int64) throws -> [any Bindable] {
        try changingValues(conversation, last: last) + [row]
    }

    static func lineValues(_ conversation: Conversation) -> [any Bindable] {
        [
            conversation.revision, conversation.seq, conversation.vseq,
            conversation.last?.kind, conversation.last?.side.rawValue, conversation.last?.text, conversation.last?.at,
            conversation.waitingSince,
        ]
    }

    private static func changingValues(_ c: Conversation, last: LogPosition) throws -> [any Bindable] {
        let state: [any Bindable] = [
            c.state.word, c.state.owner, try c.state.offer.map { try JSON.text(OfferRow($0)) },
            c.audience.key, c.since, c.queuedAt, c.endedAt, c.doneAt, c.visitor,
        ]
        let party: [any Bindable] = [
            c.identity?.kind.rawValue, c.identity?.issuer, c.identity?.value, c.numberShown,
            c.party.kind.rawValue, c.party.person, c.party.assurance?.rawValue, c.party.confidence?.rawValue,
            c.language, c.claims.isEmpty ? nil : try JSON.text(c.claims.map(ClaimRow.init)),
        ]
        let rest: [any Bindable] = [
            c.disposition, c.rating?.score, c.rating?.comment,
            c.declined.isEmpty ? nil : try JSON.text(c.declined),
            try c.call.map { try JSON.text(CallRow($0)) }, c.call?.direction.rawValue, c.call?.outcomeOfDay?.rawValue,
            c.call?.answerWait?.milliseconds, last.rawValue,
        ]
        return lineValues(c) + state + party + rest
    }

    static func read(_ columns: inout Columns) throws -> Conversation {
        let id: ConversationID = columns.id()
        let channel: Channel = try columns.choice()
        let inbox = columns.text()
        let openedAt = columns.time()
        let (revision, seq, vseq) = (columns.integer(), columns.integer(), columns.integer())
        let last = try readLast(&columns)
        let waitingSince = columns.timeIfAny()
        let state = try readState(&columns)
        let (since, queuedAt, endedAt) = (columns.time(), columns.time(), columns.timeIfAny())
        let visitor: VisitorID? = columns.idIfAny()
        let identity = try readIdentity(&columns)
        let numberShown = columns.textIfAny()
        let party = PartyMatch(
            kind: try columns.choice(),
            person: columns.idIfAny(),
            assurance: try columns.numberedIfAny(),
            confidence: try columns.numberedIfAny()
        )
        let language = columns.textIfAny()
        let claims = try columns.textIfAny().map { try JSON.value([ClaimRow].self, from: $0) } ?? []
        let disposition = columns.textIfAny()
        let (score, comment) = (columns.integerIfAny(), columns.textIfAny())
        let declined = try columns.textIfAny().map { try JSON.value([RepID].self, from: $0) } ?? []
        let call = try columns.textIfAny().map { try JSON.value(CallRow.self, from: $0).call() }
        let marks = Marks(
            visitorReceived: columns.integer(),
            visitorRead: columns.integer(),
            staffReceived: columns.integer(),
            staffRead: columns.integer()
        )
        return Conversation(
            id: id,
            channel: channel,
            inbox: inbox,
            openedAt: openedAt,
            state: state,
            since: since,
            queuedAt: queuedAt,
            endedAt: endedAt,
            revision: revision,
            seq: seq,
            vseq: vseq,
            visitor: visitor,
            identity: identity,
            numberShown: numberShown,
            party: party,
            language: language,
            claims: try claims.map { try $0.claim() },
            disposition: disposition,
            rating: score.map { Conversation.Rating(score: Int($0), comment: comment) },
            waitingSince: waitingSince,
            last: last,
            declined: declined,
            marks: marks,
            call: call
        )
    }

    private static func readLast(_ columns: inout Columns) throws -> Conversation.LastLine? {
        let kind = columns.textIfAny()
        let side: Side? = try columns.choiceIfAny()
        let text = columns.textIfAny()
        let at = columns.timeIfAny()
        guard let kind, let side, let text, let at else { return nil }
        return Conversation.LastLine(kind: kind, side: side, text: text, at: at)
    }

    private static func readState(_ columns: inout Columns) throws -> DeskState {
        let word = columns.text()
        let owner: RepID? = columns.idIfAny()
        let offer = try columns.textIfAny().map { try JSON.value(OfferRow.self, from: $0).offer() }
        return switch (word, owner, offer) {
        case ("queued", _, _): .queued
        case ("offered", _, let offer?): .offered(offer)
        case ("active", let owner?, _): .active(owner)
        case ("wrapup", let owner?, _): .wrapUp(owner)
        case ("closed", let owner, _): .closed(owner)
        default: try Columns.known(DeskState?.none)
        }
    }

    private static func readIdentity(_ columns: inout Columns) throws -> Identity? {
        let kind: Identity.Kind? = try columns.choiceIfAny()
        let (issuer, value) = (columns.textIfAny(), columns.textIfAny())
        guard let kind, let value else { return nil }
        return Identity(kind, value, issuer: issuer ?? "")
    }
}

extension DeskState {
    fileprivate var word: String {
        switch self {
        case .queued: "queued"
        case .offered: "offered"
        case .active: "active"
        case .wrapUp: "wrapup"
        case .closed: "closed"
        }
    }

    fileprivate var offer: Offer? { if case .offered(let offer) = self { offer } else { nil } }
}

private struct OfferRow: Codable {
    var reps: [RepID]
    var deadline: Timestamp?
    var why: String
    var from: RepID?

    init(_ offer: DeskState.Offer) {
        reps = offer.reps
        deadline = offer.deadline
        why = offer.why.rawValue
        from = offer.from
    }

    func offer() throws -> DeskState.Offer {
        DeskState.Offer(
            reps: reps,
            deadline: deadline,
            why: try Columns.known(RingReason(rawValue: why)),
            from: from
        )
    }
}

private struct ClaimRow: Codable {
    var kind: String
    var value: String

    init(_ claim: Conversation.Claim) {
        kind = claim.kind.rawValue
        value = claim.value
    }

    func claim() throws -> Conversation.Claim {
        Conversation.Claim(kind: try Columns.known(ClaimKind(rawValue: kind)), value: value)
    }
}
