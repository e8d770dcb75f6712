import Basics
import Foundation
import Testing

@testable import Transport

/// A loop on a thread of its own.
private final class RunningLoop: Sendable {
    let loop: Loop
    let ended = Event()

    init(_ prepare: (Loop) -> Void = { _ in }) throws {
        loop = try Loop()
        prepare(loop)
        let (loop, ended) = (loop, ended)
        Thread.detachNewThread {
            loop.run()
            ended.signal()
        }
    }

    func stop() -> Bool {
        loop.stop()
        return ended.wait()
    }
}

private actor Counter {
    let loop: Loop
    var value = 0
    init(_ loop: Loop) { self.loop = loop }
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    func increment() -> Bool {
        value += 1
        return loop.isCurrent
    }
    func add(_ amount: Int) { value += amount }
}

struct LoopTests {
    @Test func `posts of eight threads all run, each thread's in order`() throws {
        let running = try RunningLoop()
        let seen = Locked<[[Int]]>(Array(repeating: [], count: 8))
        let done = Event()
        for thread in 0..<8 {
            Thread.detachNewThread {
                for number in 0..<1_000 {
                    running.loop.post { seen.withLock { $0[thread].append(number) } }
                }
                running.loop.post { done.signal() }
            }
        }
        for _ in 0..<8 { #expect(done.wait()) }
        #expect(seen.withLock { $0 } == Array(repeating: Array(0..<1_000), count: 8))
        #expect(running.stop())
    }

    @Test func `an actor lives on the loop, and is entered from it without a hop`() async throws {
        let running = try RunningLoop()
        let counter = Counter(running.loop)
        for _ in 0..<100 { #expect(await counter.increment()) }
        let entered = Event()
        running.loop.post {
            counter.assumeIsolated { $0.add(1) }
            entered.signal()
        }
        #expect(await counter.value >= 100)
        #expect(entered.wait())
        #expect(await counter.value == 101)
        #expect(running.stop())
    }

    @Test func `timers fire once in the order of their delays, unless they are cancelled`() throws {
        let order = Locked<[String]>([])
        let late = Event()
        let nested = Event()
        let running = try RunningLoop { loop in
            loop.schedule(after: .milliseconds(30)) {
                order.withLock { $0.append("late") }
                late.signal()
            }
            let cancelled = loop.schedule(after: .milliseconds(20)) { order.withLock { $0.append("cancelled") } }
            loop.schedule(after: .milliseconds(1)) {
                order.withLock { $0.append("early") }
                loop.cancel(cancelled)
                loop.cancel(cancelled)
                loop.schedule(after: .milliseconds(0)) {
                    order.withLock { $0.append("nested") }
                    nested.signal()
                }
            }
        }
        #expect(late.wait() && nested.wait())
        // On a busy machine all are due by the time the loop looks, so that only these orders are certain.
        let fired = order.withLock { $0 }
        #expect(fired.first == "early" && Set(fired) == ["early", "late", "nested"] && fired.count == 3)
        #expect(running.stop())
    }

    @Test func `the turn ends after what was ready`() throws {
        let record = Locked<[String]>([])
        let running = try RunningLoop { loop in
            loop.onTurnEnd = { record.withLock { if $0.last != "end" { $0.append("end") } } }
        }
        let done = Event()
        running.loop.post {
            record.withLock { $0 = ["work"] }
            running.loop.schedule(after: .milliseconds(1)) { done.signal() }
        }
        #expect(done.wait())
        #expect(record.withLock { $0.prefix(2) } == ["work", "end"])
        #expect(running.stop())
    }

    @Test func `signals come to the loop`() throws {
        let arrived = Event()
        let running = try RunningLoop { $0.onSignal(SIGUSR2) { arrived.signal() } }
        let ready = Event()
        running.loop.post { ready.signal() }
        #expect(ready.wait())
        kill(getpid(), SIGUSR2)
        #expect(arrived.wait())
        #expect(running.stop())
    }

    @Test func `a loop may be stopped, and a server shut down, from inside a callback`() throws {
        for order in ["stop", "shutdown"] {
            let owner = Owner()
            let server = try TestServer(owner)
            let loop = server.loop
            owner.onMessage = { server, _, _ in order == "stop" ? loop.stop() : server.shutdown() }
            let client = try SocketClient(port: server.port)
            client.send(text: order)
            #expect(client.raw.readToEnd() == "")
            #expect(owner.saw(.closed))
            #expect(server.stop())
        }
    }

    @Test func `a stopped loop takes no more work, and stopping twice is harmless`() throws {
        let running = try RunningLoop()
        running.loop.stop()
        running.loop.stop()
        #expect(running.ended.wait())
        running.loop.post { Issue.record("ran after the end") }
        running.loop.stop()
    }

    @Test func `a loop that never ran goes away quietly`() throws {
        let loop = try Loop()
        loop.schedule(after: .seconds(1)) {}
        _ = consume loop
    }

    @Test func `a port that is taken is an error, not a crash`() throws {
        let server = try TestServer()
        let loop = try Loop()
        #expect(throws: TransportError.self) {
            _ = try Server(
                loop: loop,
                settings: ServerSettings(host: "127.0.0.1", port: server.port),
                delegate: Owner()
            )
        }
        #expect(throws: TransportError.unknownHost("no host")) {
            _ = try Server(loop: loop, settings: ServerSettings(host: "no host", port: 0), delegate: Owner())
        }
        server.stop()
    }
}
