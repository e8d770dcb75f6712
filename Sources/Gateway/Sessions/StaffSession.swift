internal import Basics
internal import Domain

/// One socket of one rep.
struct StaffSession {
    enum Feed: Hashable {
        /// Everything up to `position` has been given; new events go straight out.
        case live
        /// A snapshot or a replay is being put together.
        case catchingUp
        /// The socket could not take an event; it reads on from the log when it can.
        case behind(since: Timestamp)
    }

    let connection: ConnectionID
    let sessionHash: String
    let scope: Scope
    var isWelcome = false
    var feed = Feed.catchingUp
    /// The last event that this socket was given: what its client holds.
    var position = LogPosition.start
    /// How far the log was read for it; further than `position` where events were not for this rep.
    var scanned = LogPosition.start
    var backlog: [[UInt8]] = []
    var subscribed: Set<ConversationID> = []
    var life: Heartbeat
    var badFrames = 0
    var held: [[UInt8]] = []
    var isBusy = false
    var isPulling = false

    static let backlogMax = 5_000

    init(connection: ConnectionID, sessionHash: String, scope: Scope, at now: Timestamp) {
        self.connection = connection
        self.sessionHash = sessionHash
        self.scope = scope
        life = Heartbeat(at: now)
    }

    func sees(_ event: LogEvent) -> Bool { scope.isUnlimited || event.audience.includes(scope.viewer) }
}

/// The open sockets of reps.
struct StaffTable {
    private var sessions: [ConnectionID: StaffSession] = [:]

    var all: [ConnectionID] { Array(sessions.keys) }
    var count: Int { sessions.count }

    subscript(connection: ConnectionID) -> StaffSession? {
        get { sessions[connection] }
        set { sessions[connection] = newValue }
        _modify { yield &sessions[connection] }
    }

    func sessions(of rep: RepID) -> [ConnectionID] {
        sessions.values.filter { $0.scope.viewer == rep }.map(\.connection)
    }
    func sessions(withHash hash: String) -> [ConnectionID] {
        sessions.values.filter { $0.sessionHash == hash }.map(\.connection)
    }
    mutating func remove(_ connection: ConnectionID) -> StaffSession? { sessions.removeValue(forKey: connection) }
}

/// A login's permission to open one socket.
struct Ticket {
    let sessionHash: String
    let rep: RepID
    let expiresAt: Timestamp
}

/// A socket that has not said hello yet.
struct Handshake {
    enum Side { case visitor, staff }
    let side: Side
    let openedAt: Timestamp
    let clientNetwork: String
    /// The hello is being looked at; what comes after it waits.
    var isBusy = false
    var held: [[UInt8]] = []
}
