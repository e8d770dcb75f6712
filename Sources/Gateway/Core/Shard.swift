internal import Basics
internal import Carriers
internal import Domain
internal import Logging
internal import PhoneNumbers
internal import Signing
internal import Storage
internal import Transport
internal import WebAssets
internal import Wire

/// Everything that one loop owns: sessions, live conversations, the desk.
///
/// The loop is this actor's executor, so a callback of the transport enters with `assumeIsolated`, calls are plain, and
/// nothing awaits. Its rooms are the extensions beside it: `Shard+Turn` writes, `Shard+Conversations` decides,
/// `Shard+Publish` tells, and the folders Sessions, Desk, Calls and HTTP hold what comes in.
actor Shard {
    let loop: Loop
    let store: any Store
    private(set) var settings: GatewaySettings
    let carriers: CarrierRegistry
    let assets: AssetStore
    let logger: Logger
    let meters: Meters
    let prometheus: PrometheusMetrics
    let routes: RouteTable
    let numbers: NumberReader
    let hashing: HashingQueue
    let clock: @Sendable () -> Timestamp
    var server: Server?

    var random = SystemGenerator()
    var turn = Turn()
    var questions = Questions()
    /// The last position whose event has been given to the sessions.
    var head = LogPosition.start
    var mode = Mode.starting

    var lives: [ConversationID: Live] = [:]
    var loading: [ConversationID: [(Bool) -> Void]] = [:]
    var visitors = VisitorTable()
    var staff = StaffTable()
    var handshakes: [ConnectionID: Handshake] = [:]
    /// The open chat of each visitor, so that a returning socket finds what began meanwhile.
    var openChats: [VisitorID: ConversationID] = [:]
    /// Marks that were raised since they were last written.
    var raisedMarks: Set<ConversationID> = []
    var places: [ConversationID: Int] = [:]
    var isQueueChanged = false
    var lastPresence: [UInt8] = []
    var lastPresenceCount = 0
    var trails = Trails()
    var roster = Roster()
    var tickets: [[UInt8]: Ticket] = [:]
    var callDesk = CallDesk()
    var buckets = BucketTable()

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// What the process is good for at the moment.
    enum Mode: Hashable {
        case starting
        case serving
        /// The disk is full: reading and live typing go on, writes are refused.
        case full
        case stopping
        /// The disk gave no clear answer; only a restart can tell what was stored.
        case failed
    }

    init(parts: GatewayParts, loop: Loop) {
        self.loop = loop
        store = parts.store
        settings = parts.settings
        carriers = parts.carriers
        assets = parts.assets
        logger = parts.logger
        meters = parts.meters
        prometheus = parts.metrics
        routes = RouteTable.all
        numbers = NumberReader()
        hashing = HashingQueue(
            cost: parts.settings.passwordCost,
            atOnce: parts.settings.limits.hashesAtOnce,
            waiting: parts.settings.limits.hashesWaiting
        )
        clock = parts.clock
    }

    /// The port was the kernel's choice: addresses that were given with port 0 mean this one.
    func adopt(port: Int) {
        func real(_ address: String) -> String {
            address.hasSuffix(":0") ? address.dropLast(1) + String(port) : address
        }
        settings.publicBaseURL = real(settings.publicBaseURL)
        for index in settings.sources.indices {
            settings.sources[index].publicBaseURL = real(settings.sources[index].publicBaseURL)
        }
    }

    var now: Timestamp { clock() }
    var limits: GatewayLimits { settings.limits }

    func newID<Entity>(_ kind: Entity.Type = Entity.self) -> Identifier<Entity> { .make(at: now, using: &random) }
}
