import Basics
import Foundation

@testable import Transport

/// A real server on a free port of loopback, on a thread of its own, with an owner that a test can program.
final class TestServer: Sendable {
    let loop: Loop
    let server: Server
    let owner: Owner
    private let ended = Event()

    init(
        _ owner: Owner = Owner(),
        host: String = "127.0.0.1",
        _ change: (inout ServerSettings) -> Void = { _ in }
    ) throws {
        var settings = ServerSettings(host: host, port: 0)
        settings.limits.connectionsPerAddress = 1_000
        change(&settings)
        self.owner = owner
        loop = try Loop()
        server = try Server(loop: loop, settings: settings, delegate: owner)
        owner.server = server
        let (loop, ended) = (loop, ended)
        Thread.detachNewThread {
            loop.run()
            ended.signal()
        }
    }

    var port: Int { server.port }

    /// Runs `body` on the loop and waits for what it returns.
    func onLoop<Value: Sendable>(_ body: @escaping @Sendable (Server) -> Value) -> Value {
        let result = Locked<Value?>(nil)
        let done = Event()
        let server = server
        loop.post {
            let value = body(server)
            result.withLock { $0 = value }
            done.signal()
        }
        _ = done.wait()
        return result.withLock { $0! }
    }

    var statistics: ServerStatistics { onLoop { $0.statistics } }

    /// True when the loop ended by itself within the patience of a test.
    @discardableResult
    func stop() -> Bool {
        loop.stop()
        return ended.wait()
    }
}

/// Something that happens once or more on another thread; waiting is bounded.
final class Event: Sendable {
    // DispatchSemaphore is thread-safe.
    private let semaphore = DispatchSemaphore(value: 0)
    func signal() { semaphore.signal() }
    func wait(seconds: Int = 10) -> Bool { semaphore.wait(timeout: .now() + .seconds(seconds)) == .success }
}

/// What happened to a connection, in order.
enum Happening: Hashable, Sendable {
    case admitted(String)
    case received(method: String, path: String, query: String, body: [UInt8])
    case abandoned
    case upgrade(String)
    case opened
    case text([UInt8])
    case binary([UInt8])
    case drained
    case closed
}

/// A delegate that echoes, unless a test says otherwise; unchecked, because the closures are set before the server runs
/// and called on the loop, and the record is behind a lock.
final class Owner: ServerDelegate, @unchecked Sendable {
    var admission: (RequestHead) -> Admission = { _ in .body(limitBytes: 1_048_576) }
    /// `nil` leaves the exchange unanswered.
    var answer: (Request) -> Response? = { Response(status: 200, body: $0.body) }
    var decide: (RequestHead) -> UpgradeDecision = { _ in .accept(limits: SocketLimits()) }
    var onMessage: ((Server, ConnectionID, SocketMessage) -> Void)?
    var onDrained: ((Server, ConnectionID) -> Void)?
    weak var server: Server?

    private let record = Locked<[Happening]>([])
    private let heads = Locked<[RequestHead]>([])
    private let sockets = Locked<[ConnectionID]>([])
    private let exchanges = Locked<[ExchangeID]>([])
    private let happened = NSCondition()

    var happenings: [Happening] { record.withLock { $0 } }
    var lastHead: RequestHead? { heads.withLock { $0.last } }
    var openSockets: [ConnectionID] { sockets.withLock { $0 } }
    var openExchanges: [ExchangeID] { exchanges.withLock { $0 } }

    /// Waits until `happening` was seen `count` times; bounded.
    func saw(_ happening: Happening, count: Int = 1, seconds: TimeInterval = 10) -> Bool {
        let deadline = Date(timeIntervalSinceNow: seconds)
        happened.lock()
        defer { happened.unlock() }
        while record.withLock({ $0.filter { $0 == happening }.count }) < count {
            if !happened.wait(until: deadline) { return false }
        }
        return true
    }

    private func note(_ happening: Happening) {
        happened.lock()
        record.withLock { $0.append(happening) }
        happened.broadcast()
        happened.unlock()
    }

    func admit(_ head: RequestHead) -> Admission {
        heads.withLock { $0.append(head) }
        note(.admitted(head.path))
        return admission(head)
    }
    func received(_ request: Request, _ exchange: ExchangeID) {
        let response = answer(request)
        if response == nil { exchanges.withLock { $0.append(exchange) } }
        note(
            .received(
                method: request.head.method,
                path: request.head.path,
                query: request.head.query,
                body: request.body
            )
        )
        if let response { server?.respond(exchange, response) }
    }
    func abandoned(_ exchange: ExchangeID) { note(.abandoned) }
    func upgrade(_ head: RequestHead) -> UpgradeDecision {
        heads.withLock { $0.append(head) }
        note(.upgrade(head.path))
        return decide(head)
    }
    func opened(_ connection: ConnectionID, _ head: RequestHead) {
        sockets.withLock { $0.append(connection) }
        note(.opened)
    }
    func received(_ message: SocketMessage, from connection: ConnectionID) {
        switch message {
        case .text(let bytes): note(.text(bytes))
        case .binary(let bytes): note(.binary(bytes))
        }
        guard let server else { return }
        if let onMessage { return onMessage(server, connection, message) }
        switch message {
        case .text(let bytes): server.send(OutboundFrame(text: bytes), to: connection)
        case .binary(let bytes): server.send(OutboundFrame(binary: bytes), to: connection)
        }
    }
    func drained(_ connection: ConnectionID) {
        note(.drained)
        if let server { onDrained?(server, connection) }
    }
    func closed(_ connection: ConnectionID) {
        sockets.withLock { $0.removeAll { $0 == connection } }
        note(.closed)
    }
}
