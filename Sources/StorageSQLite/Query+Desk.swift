internal import Basics
internal import Domain
internal import Storage

// Reps and logins, visitors, and what carriers sent.
extension Snapshot {
    func reps() throws -> [Rep] { try db.all("SELECT \(Self.repColumns) FROM rep r ORDER BY r.id", read: Self.rep) }

    func login(_ email: String) throws -> Answer {
        try db.first("SELECT \(Self.repColumns), r.password FROM rep r WHERE r.email_key = ?", email.searchKey) {
            .login(try Self.rep(&$0), hash: $0.textIfAny().map { Redacted($0) })
        } ?? .login(nil, hash: nil)
    }

    func session(_ hash: String) throws -> Answer {
        try db.first(
            """
            SELECT \(Self.repColumns), s.hash, s.rep, s.created_at, s.last_seen
            FROM session s JOIN rep r ON r.id = s.rep WHERE s.hash = ?
            """,
            hash
        ) {
            let rep = try Self.rep(&$0)
            return .session(
                SessionRecord(hash: $0.text(), rep: $0.id(), createdAt: $0.time(), lastSeen: $0.time()),
                rep
            )
        } ?? .session(nil, nil)
    }

    private static let repColumns = """
        r.id, r.name, r.email, r.role, r.addresses, r.chats_at_once, r.language, r.active, r.intent
        """

    private static func rep(_ columns: inout Columns) throws -> Rep {
        Rep(
            id: columns.id(),
            name: columns.text(),
            email: columns.text(),
            role: try columns.choice(),
            addresses: try JSON.value([String].self, from: columns.text()),
            chatsAtOnce: Int(columns.integer()),
            language: columns.textIfAny(),
            isActive: columns.flag(),
            intent: try columns.choice()
        )
    }

    func visitor(_ id: VisitorID) throws -> VisitorRecord? {
        try db.first("SELECT id, inbox, language, first_seen, last_seen FROM visitor WHERE id = ?", id) {
            VisitorRecord(
                id: $0.id(),
                inbox: $0.text(),
                language: $0.textIfAny(),
                firstSeen: $0.time(),
                lastSeen: $0.time()
            )
        }
    }

    func aliases(_ keys: [CallKey]) throws -> [CallKey: ConversationID] {
        var known: [CallKey: ConversationID] = [:]
        for key in keys { known[key] = try db.conversation(named: key) }
        return known
    }

    func callEvents(of id: ConversationID) throws -> [CallEvent] {
        try db.all(
            """
            SELECT e.event FROM conversation c JOIN call_event e ON e.conversation = c.n WHERE c.id = ? ORDER BY e.n
            """,
            id
        ) { try JSON.value(CallEventRow.self, from: $0.text()).event() }
    }

    /// Oldest first: the order in which they are applied.
    func deliveries(_ state: RawDelivery.State, limit: Int) throws -> [RawDelivery] {
        try db.all(
            "SELECT \(Self.deliveryColumns) FROM delivery WHERE state = ? ORDER BY n LIMIT ?",
            state.rawValue,
            max(0, limit),
            read: Self.delivery
        )
    }

    func deliveries(_ id: DeliveryID) throws -> [RawDelivery] {
        try db.all("SELECT \(Self.deliveryColumns) FROM delivery WHERE id = ?", id, read: Self.delivery)
    }

    func deliveryCounts() throws -> [RawDelivery.State: Int] {
        let counts = try db.all("SELECT state, count(*) FROM delivery GROUP BY state") {
            (state: try $0.choice() as RawDelivery.State, count: Int($0.integer()))
        }
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.state, $0.count) })
    }

    private static let deliveryColumns = """
        id, carrier, account, key, received_at, content_type, query, body, state, note
        """

    private static func delivery(_ columns: inout Columns) throws -> RawDelivery {
        RawDelivery(
            id: columns.id(),
            carrier: columns.text(),
            account: columns.text(),
            key: columns.text(),
            receivedAt: columns.time(),
            contentType: columns.text(),
            query: columns.text(),
            body: columns.bytes(),
            state: try columns.choice(),
            note: columns.textIfAny()
        )
    }
}
