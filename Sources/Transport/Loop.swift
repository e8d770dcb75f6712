internal import Basics
internal import CLibuv
internal import Glibc
internal import Synchronization

/// One thread, one libuv loop, one isolation domain.
///
/// An actor that names this loop as its executor runs on the thread that reads the sockets, so a callback enters it with
/// `assumeIsolated` and no hop, and nothing inside it awaits.
///
/// Unchecked, because two rules keep it safe: other threads touch only `inbox` (a lock) and `thread` (an atomic), and
/// everything else is touched on the loop's thread, which `assertCurrent` checks, or before `run()`.
@safe public final class Loop: SerialExecutor, @unchecked Sendable {
    /// Work that came through the door for other threads.
    @safe private enum Work {
        case job(UnownedJob)
        case call(@Sendable () -> Void)
    }

    private struct Inbox {
        var work: [Work] = []
        /// Closed when the wake-up handle is, so that no thread pokes a handle that is gone.
        var isOpen = true
    }

    let handle: UnsafeMutablePointer<uv_loop_t>
    private let wake: UnsafeMutablePointer<uv_async_t>
    private let prepare: UnsafeMutablePointer<uv_prepare_t>
    private let inbox = Locked(Inbox())
    private let thread = Atomic<UInt>(0)
    private let hasRun = Atomic<Bool>(false)

    var timers = TimerTable()
    var signals: [SignalWatch] = []
    /// What servers do after the owner's `onTurnEnd`, on `stop()`, when nothing is left to run, and when every handle is
    /// closed.
    var afterTurn: [() -> Void] = []
    var onStop: [() -> Void] = []
    var onEnd: [() -> Void] = []
    var onClosed: [() -> Void] = []
    private var isStopping = false

    /// Called once in each iteration, after everything ready was handled and before the loop blocks again.
    ///
    /// This is where the owner commits what the turn decided.
    public var onTurnEnd: (() -> Void)? {
        willSet { assertCurrent() }
    }

    /// Makes a loop that no thread runs yet.
    public init() throws(TransportError) {
        unsafe handle = .allocate(capacity: 1)
        unsafe wake = .allocate(capacity: 1)
        unsafe prepare = .allocate(capacity: 1)
        let code = unsafe uv_loop_init(handle)
        guard code == 0 else { throw .loop(code: code) }
        let this = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe handle.pointee.data = this
        unsafe wake.pointee.data = this
        unsafe prepare.pointee.data = this
        let woken = unsafe uv_async_init(handle, wake, loopWoken)
        guard woken == 0 else { throw .loop(code: woken) }
        unsafe uv_prepare_init(handle, prepare)
        unsafe uv_prepare_start(prepare, loopAboutToBlock)
    }

    deinit {
        if !hasRun.load(ordering: .acquiring) {
            closeHandles()
            for body in onEnd { body() }
            unsafe uv_run(handle, UV_RUN_DEFAULT)
            for body in onClosed { body() }
            unsafe uv_loop_close(handle)
        }
        unsafe wake.deallocate()
        unsafe prepare.deallocate()
        unsafe handle.deallocate()
    }

    /// Runs the loop on the calling thread until `stop()`; returns when everything on it is closed.
    ///
    /// A loop runs once. After it returned, nothing that is posted or enqueued will ever run.
    public func run() {
        let again = hasRun.exchange(true, ordering: .acquiringAndReleasing)
        precondition(!again, "a loop runs once")
        thread.store(UInt(pthread_self()), ordering: .releasing)
        unsafe uv_run(handle, UV_RUN_DEFAULT)
        for body in onEnd { body() }
        unsafe uv_run(handle, UV_RUN_DEFAULT)  // the closing of what the engines kept
        for body in onClosed { body() }
        forgetHooks()
        let leftOpen = unsafe uv_loop_close(handle)
        precondition(leftOpen == 0, "a handle outlived the loop")
        thread.store(0, ordering: .releasing)
    }

    /// Runs `body` on the loop; the one door for other threads, besides calls of an actor that lives here.
    public func post(_ body: @escaping @Sendable () -> Void) { push(.call(body)) }

    /// Closes the servers, timers and signal watches of the loop, after which `run()` returns; from any thread.
    ///
    /// It happens in a turn of its own, because the caller may be inside a callback of a connection that is to be closed.
    public func stop() { post { self.stopNow() } }

    private func stopNow() {
        guard !isStopping else { return }
        isStopping = true
        for body in onStop { body() }
        drain()
        closeHandles()
    }

    /// Whether the calling thread is the loop's.
    public var isCurrent: Bool { thread.load(ordering: .acquiring) == UInt(pthread_self()) }

    /// Stops the process when the caller is on the wrong thread: a crash in development, not a race in production.
    func assertCurrent() {
        precondition(isCurrent || !hasRun.load(ordering: .acquiring), "not on the loop's thread")
    }
}

// MARK: - Executor

extension Loop {
    public func enqueue(_ job: consuming ExecutorJob) { push(.job(UnownedJob(job))) }
    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { unsafe UnownedSerialExecutor(ordinary: self) }
    public func isIsolatingCurrentContext() -> Bool? { isCurrent }
    public func checkIsolated() { precondition(isCurrent, "not on the loop's thread") }
}

// MARK: - Inside

extension Loop {
    private func push(_ work: Work) {
        inbox.withLock { inbox in
            guard inbox.isOpen else { return }
            inbox.work.append(work)
            // Inside the lock, so that closing the handle cannot come between the question and the call.
            if inbox.work.count == 1 { unsafe uv_async_send(wake) }
        }
    }

    /// The handles of the loop that are not closing.
    var openHandles: [UnsafeMutablePointer<uv_handle_t>] {
        let list = HandleList()
        unsafe uv_walk(handle, collectHandle, Unmanaged.passUnretained(list).toOpaque())
        return unsafe list.handles
    }

    func drain() {
        let work = inbox.withLock { inbox in
            let all = inbox.work
            inbox.work = []
            return all
        }
        for item in work {
            switch item {
            case .job(let job): unsafe job.runSynchronously(on: asUnownedSerialExecutor())
            case .call(let body): body()
            }
        }
    }

    func endTurn() {
        onTurnEnd?()
        for body in afterTurn { body() }
    }

    private func closeHandles() {
        inbox.withLock { $0.isOpen = false }
        closeTimers()
        closeSignals()
        unsafe uv_close(UnsafeMutableRawPointer(wake).assumingMemoryBound(to: uv_handle_t.self), nil)
        unsafe uv_close(UnsafeMutableRawPointer(prepare).assumingMemoryBound(to: uv_handle_t.self), nil)
    }

    /// What the hooks captured may hold the loop; letting go of them is what ends the circle.
    private func forgetHooks() {
        onTurnEnd = nil
        afterTurn = []
        onStop = []
        onEnd = []
        onClosed = []
    }
}

/// What `uv_walk` found.
@safe final class HandleList {
    var handles: [UnsafeMutablePointer<uv_handle_t>] = unsafe []
}
