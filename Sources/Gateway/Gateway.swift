public import Basics
public import Carriers
internal import Domain
public import Logging
public import Storage
public import Transport
public import WebAssets

/// What a gateway is put together from.
public struct GatewayParts: Sendable {
    public var store: any Store
    public var settings: GatewaySettings
    public var carriers: CarrierRegistry
    public var assets: AssetStore
    public var metrics: PrometheusMetrics
    public var logger: Logger
    public var clock: @Sendable () -> Timestamp
    let meters: Meters

    /// Installs nothing: call `MetricsSystem.bootstrap(metrics)` once in the process before, so that counters count.
    public init(
        store: any Store,
        settings: GatewaySettings,
        carriers: CarrierRegistry = CarrierRegistry(),
        assets: AssetStore,
        metrics: PrometheusMetrics,
        logger: Logger,
        clock: @escaping @Sendable () -> Timestamp = { .wallClock }
    ) {
        self.store = store
        self.settings = settings
        self.carriers = carriers
        self.assets = assets
        self.metrics = metrics
        self.logger = logger
        self.clock = clock
        meters = Meters()
    }
}

/// One running switchboard: a loop, its server and its shard.
public final class Gateway {
    private let loop: Loop
    private let shard: Shard
    private let bridge: ShardBridge
    private let server: Server

    /// Opens the port; nothing is served before `run`.
    public init(parts: GatewayParts, server settings: ServerSettings) throws(TransportError) {
        let loop = try Loop()
        let shard = Shard(parts: parts, loop: loop)
        let bridge = ShardBridge(shard)
        var settings = settings
        settings.capturedHeaders += parts.carriers.capturedHeaders + ["x-switchboard-csrf"]
        settings.limits.requestBodyBytes = max(settings.limits.requestBodyBytes, parts.settings.limits.importBodyBytes)
        server = try Server(loop: loop, settings: settings, delegate: bridge, logger: parts.logger)
        self.loop = loop
        self.shard = shard
        self.bridge = bridge
    }

    /// The port that browsers and carriers connect to.
    public var port: Int { server.port }

    /// Serves on the calling thread until `SIGTERM`, `SIGINT` or `stop`; `ready` is called when requests are answered.
    public func run(ready: @escaping @Sendable () -> Void = {}) {
        let shard = shard
        let server = server
        loop.onSignal(15) { shard.assumeIsolated { $0.stop() } }
        loop.onSignal(2) { shard.assumeIsolated { $0.stop() } }
        loop.onSignal(1) { shard.assumeIsolated { $0.reload() } }
        loop.onTurnEnd = { shard.assumeIsolated { $0.endTurn() } }
        loop.post {
            shard.assumeIsolated { shard in
                shard.server = server
                shard.adopt(port: server.port)
                shard.start(ready)
            }
        }
        withExtendedLifetime(bridge) { loop.run() }
    }

    /// Ends `run`, from any thread, as `SIGTERM` would.
    public func stop() {
        loop.post { [shard] in shard.assumeIsolated { $0.stop() } }
    }
}

/// The bridge from the transport's callbacks into the shard.
final class ShardBridge: ServerDelegate {
    private let shard: Shard
    init(_ shard: Shard) { self.shard = shard }

    func admit(_ head: RequestHead) -> Admission { shard.assumeIsolated { $0.admit(head) } }
    func received(_ request: Request, _ exchange: ExchangeID) {
        shard.assumeIsolated { $0.received(request, exchange) }
    }
    func abandoned(_ exchange: ExchangeID) {}
    func upgrade(_ head: RequestHead) -> UpgradeDecision { shard.assumeIsolated { $0.upgrade(head) } }
    func opened(_ connection: ConnectionID, _ head: RequestHead) {
        shard.assumeIsolated { $0.opened(connection, head) }
    }
    func received(_ message: SocketMessage, from connection: ConnectionID) {
        shard.assumeIsolated { $0.received(message, from: connection) }
    }
    func drained(_ connection: ConnectionID) { shard.assumeIsolated { $0.drained(connection) } }
    func closed(_ connection: ConnectionID) { shard.assumeIsolated { $0.closed(connection) } }
}
