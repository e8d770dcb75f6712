internal import Basics
internal import Domain

/// One socket of one visitor.
struct VisitorSession {
    let connection: ConnectionID
    let visitor: VisitorID
    let inbox: String
    var language: String?
    var isWelcome = false
    /// Whether the visitor proved who he is.
    var person: PersonID?
    var personName: String?
    /// How far each conversation has been given to this socket.
    var heads: [ConversationID: Int64] = [:]
    /// Conversations that this socket reads from the log, because it could not take the live events.
    var behind: Set<ConversationID> = []
    var pulling: Set<ConversationID> = []
    var behindSince: Timestamp?
    var life: Heartbeat
    var badFrames = 0
    /// Frames that came while a question was on its way; they keep their order.
    var held: [[UInt8]] = []
    var isBusy = false

    init(connection: ConnectionID, visitor: VisitorID, inbox: String, language: String?, at now: Timestamp) {
        self.connection = connection
        self.visitor = visitor
        self.inbox = inbox
        self.language = language
        life = Heartbeat(at: now)
    }
}

/// The signs of life of one socket.
struct Heartbeat: Hashable {
    enum Verdict: Hashable { case fine, ping, dead }
    private(set) var lastHeard: Timestamp
    private(set) var pingedAt: Timestamp?
    /// Whether a ping was on its way when the last frame came.
    private(set) var wasPinged = false
    private var nextPing: Timestamp

    init(at now: Timestamp) {
        lastHeard = now
        nextPing = now
    }

    /// A frame came; says whether it may be the answer to a ping of ours.
    @discardableResult
    mutating func heard(at now: Timestamp) -> Bool {
        defer { pingedAt = nil }
        lastHeard = now
        wasPinged = pingedAt != nil
        return wasPinged
    }

    /// A ping goes out of turn, because the client asked for one.
    mutating func pinged(at now: Timestamp) { pingedAt = now }

    /// What to do now; jitter spreads the pings of sockets that came together.
    mutating func beat(at now: Timestamp, every interval: Span, within: Span, jitter: Int64) -> Verdict {
        if let pingedAt { return now - pingedAt > within ? .dead : .fine }
        guard now - nextPing >= interval else { return .fine }
        pingedAt = now
        nextPing = now + Span(milliseconds: jitter)
        return .ping
    }
}

/// The open sockets of visitors.
struct VisitorTable {
    private var sessions: [ConnectionID: VisitorSession] = [:]
    private var byVisitor: [VisitorID: [ConnectionID]] = [:]

    var all: Dictionary<ConnectionID, VisitorSession>.Keys { sessions.keys }
    var count: Int { sessions.count }

    subscript(connection: ConnectionID) -> VisitorSession? {
        get { sessions[connection] }
        set { sessions[connection] = newValue }
        _modify { yield &sessions[connection] }
    }

    func sessions(of visitor: VisitorID) -> [ConnectionID] { byVisitor[visitor] ?? [] }

    mutating func add(_ session: VisitorSession) {
        sessions[session.connection] = session
        byVisitor[session.visitor, default: []].append(session.connection)
    }

    mutating func remove(_ connection: ConnectionID) -> VisitorSession? {
        guard let session = sessions.removeValue(forKey: connection) else { return nil }
        byVisitor[session.visitor]?.removeAll { $0 == connection }
        if byVisitor[session.visitor]?.isEmpty == true { byVisitor[session.visitor] = nil }
        return session
    }
}
