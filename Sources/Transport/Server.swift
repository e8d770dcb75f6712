internal import Basics
public import Logging

/// HTTP/1.1 and WebSocket on one port of one loop.
///
/// Nothing of libwebsockets shows here, so that the engine can be replaced.
///
/// Unchecked, because every method checks that it runs on the loop's thread, which is what keeps the state to one thread.
@safe public final class Server: @unchecked Sendable {
    let loop: Loop
    let settings: ServerSettings
    let logger: Logger
    weak var delegate: (any ServerDelegate)?

    let engine: Engine
    private(set) var listener: Listener?
    let captured: [CapturedHeader]

    var connections = SlotMap()
    var counts = ServerStatistics()
    var openPerNetwork: [String: Int] = [:]
    /// Connections whose deadline runs, and the timers that look at them.
    var watched: [ConnectionID: Connection] = [:]
    var sweepTimer: TimerID?
    var presenceTimer: TimerID?
    /// Connections with frames to write, and connections to drop, when the turn ends.
    var dirty: [Connection] = []
    var doomed: [Connection] = []
    var turn: UInt64 = 1
    var dateCache = DateCache()
    private(set) var isAccepting = true
    private var isShutDown = false

    /// Listens at once; on the loop, or before it runs.
    ///
    /// The server lives as long as the loop does, unless it is shut down before.
    public init(
        loop: Loop,
        settings: ServerSettings,
        delegate: any ServerDelegate,
        logger: Logger = Logger(label: "switchboard.transport")
    ) throws(TransportError) {
        loop.assertCurrent()
        self.loop = loop
        self.settings = settings
        self.logger = logger
        self.delegate = delegate
        captured = (RequestHead.capturedHeaders + settings.capturedHeaders).map { CapturedHeader($0) }
        engine = try Engine(loop: loop, settings: settings)
        do throws(TransportError) {
            listener = try Listener(loop: loop, host: settings.host, port: settings.port)
        } catch {
            loop.onEnd.append(engine.retire)
            loop.onClosed.append(engine.closeDescriptor)
            throw error
        }
        listener?.onConnection = { [unowned self] descriptor, peer in accept(descriptor, peer) }
        listener?.onExhausted = { [unowned self] code in pauseAccepting(code) }
        loop.afterTurn.append { [self] in endTurn() }
        loop.onStop.append { [self] in shutDownNow() }
        loop.onEnd.append(engine.retire)
        loop.onClosed.append(engine.closeDescriptor)
    }

    /// The port that is listened on, the real one when 0 was asked for.
    public var port: Int { listener?.port ?? settings.port }

    public var statistics: ServerStatistics {
        loop.assertCurrent()
        return counts
    }

    /// Takes the certificate files as they are now: new handshakes get it, open connections live on.
    ///
    /// Files that do not belong together are refused, and the old certificate stays.
    public func reloadCertificate() throws(TransportError) {
        loop.assertCurrent()
        try engine.reloadCertificate(settings.tls)
        logger.info("certificate reloaded")
    }

    /// Closes the listening socket; open connections go on, and each keep-alive ends with its next response.
    public func stopAccepting() {
        loop.assertCurrent()
        isAccepting = false
        listener?.close()
    }

    /// Closes the listener and every connection, without waiting for what is queued.
    public func shutdown() {
        loop.assertCurrent()
        stopAccepting()
        // Not here: the caller may be inside a callback of a connection, which must not be closed under its own feet.
        loop.post { self.shutDownNow() }
    }

    private func shutDownNow() {
        guard !isShutDown else { return }
        isShutDown = true
        stopAccepting()
        for connection in connections.all { dropNow(connection) }
        stopWatching()
    }

    private func endTurn() {
        turn += 1
        while !dirty.isEmpty {
            let ready = dirty
            dirty = []
            for connection in ready { flushDirty(connection) }
        }
        while !doomed.isEmpty {
            let dropped = doomed
            doomed = []
            for connection in dropped { dropNow(connection) }
        }
    }
}

// MARK: - Beginning and end of a connection

extension Server {
    /// Caps come first, before TLS and before the engine hears of the connection.
    private func accept(_ descriptor: Int32, _ peer: IPAddress) {
        counts.acceptedConnections += 1
        let limits = settings.limits
        let isProxy = ClientAddress.isTrusted(peer, settings.trustedProxies)
        guard connections.count < limits.connectionsTotal else {
            return turnAway(descriptor, .tooManyConnections)
        }
        guard isProxy || openPerNetwork[peer.network, default: 0] < limits.connectionsPerAddress else {
            return turnAway(descriptor, .tooManyFromAddress)
        }
        Listener.tune(descriptor, sendBufferBytes: limits.sendBufferBytes)
        let connection = connections.insert {
            Connection(id: $0, server: self, descriptor: descriptor, peer: peer)
        }
        connection.isCounted = true
        openPerNetwork[peer.network, default: 0] += 1
        counts.openConnections += 1
        watch(connection, limits.headerDeadline, .headerDeadline)
        if !engine.adopt(connection) { ended(connection) }
    }

    private func turnAway(_ descriptor: Int32, _ reason: RefusalReason) {
        count(reason)
        Listener.closeDescriptor(descriptor)
    }

    private func pauseAccepting(_ code: Int32) {
        counts.acceptPauses += 1
        logger.warning("no file descriptor left, accepting pauses", metadata: ["errno": "\(code)"])
        loop.schedule(after: settings.limits.acceptPause) { [weak self] in self?.listener?.resume() }
    }

    func count(_ reason: RefusalReason) { counts.refused[reason, default: 0] += 1 }

    /// The engine is done with the connection; comes once or more, counts once.
    func ended(_ connection: Connection) {
        connection.socket = nil
        guard connection.isCounted else { return }
        connection.isCounted = false
        unwatch(connection)
        connections.remove(connection.id)
        counts.openConnections -= 1
        let network = connection.peer.network
        let left = openPerNetwork[network, default: 1] - 1
        openPerNetwork[network] = left > 0 ? left : nil
        counts.queuedBytes -= connection.outbox.byteCount
        connection.outbox.removeAll()
        if connection.wasOpened {
            counts.openSockets -= 1
            delegate?.closed(connection.id)
        } else if case .answering = connection.phase {
            delegate?.abandoned(connection.exchange)
        }
    }

    /// Drops the connection when the turn ends; safe inside a callback of the engine.
    func drop(_ connection: Connection) { doomed.append(connection) }
}
