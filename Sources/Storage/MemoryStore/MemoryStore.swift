public import Basics

/// A store without a disk, for tests and simulation: it answers as every store must, and fails when it is told to.
///
/// A commit is applied and confirmed at once, on the caller's thread or wherever the executor runs it, unless commits
/// are held back.
public final class MemoryStore: Store {
    public typealias Executor = @Sendable (@escaping @Sendable () -> Void) -> Void

    public let epoch: String
    private let clock: @Sendable () -> Timestamp
    private let executor: Executor
    private let desk: Locked<Desk>

    public init(
        epoch: String = "memory",
        clock: @escaping @Sendable () -> Timestamp = { .wallClock },
        executor: @escaping Executor = { $0() }
    ) {
        self.epoch = epoch
        self.clock = clock
        self.executor = executor
        desk = Locked(Desk(state: MemoryState()))
    }

    /// What another process would find that opens the same files: everything committed, nothing that was held.
    ///
    /// With another epoch it is what a restore from a backup gives.
    public init(
        reopening store: MemoryStore,
        epoch: String? = nil,
        clock: (@Sendable () -> Timestamp)? = nil,
        executor: Executor? = nil
    ) {
        self.epoch = epoch ?? store.epoch
        self.clock = clock ?? store.clock
        self.executor = executor ?? store.executor
        desk = Locked(Desk(state: store.desk.withLock { $0.state }))
    }

    public func commit(
        _ units: [WriteUnit],
        then done: @escaping @Sendable (Result<[UnitOutcome], StoreError>) -> Void
    ) {
        let commit = HeldCommit(units: units, done: done)
        let result = desk.withLock { desk -> Result<[UnitOutcome], StoreError>? in
            if desk.isClosed { return .failure(.closed) }
            if desk.isHolding {
                desk.held.append(commit)
                return nil
            }
            return desk.apply(commit)
        }
        if let result { executor { done(result) } }
    }

    public func ask(_ queries: [Query], then done: @escaping @Sendable (Result<[Answer], StoreError>) -> Void) {
        let now = clock()
        let result = desk.withLock { desk -> Result<[Answer], StoreError> in
            desk.isClosed ? .failure(.closed) : .success(queries.map { desk.state.answer($0, at: now) })
        }
        executor { done(result) }
    }

    public func close() {
        release()
        desk.withLock { $0.isClosed = true }
    }

    // MARK: Failures on purpose

    /// From now on commits neither happen nor call back, until they are released.
    public func hold() { desk.withLock { $0.isHolding = true } }

    public var heldCommits: Int { desk.withLock { $0.held.count } }

    /// Lets the oldest held commits happen, or all of them; after all, nothing is held any more.
    public func release(_ count: Int? = nil) {
        let calls = desk.withLock { desk -> [@Sendable () -> Void] in
            let released = desk.held.prefix(count ?? desk.held.count)
            desk.held.removeFirst(released.count)
            if count == nil { desk.isHolding = false }
            return released.map { commit in
                let result = desk.apply(commit)
                return { commit.done(result) }
            }
        }
        for call in calls { executor(call) }
    }

    /// Fails the next commit; with `writing` it happens all the same, as when a disk takes a commit and then says no.
    public func failNextCommit(_ error: StoreError, writing: Bool = false) {
        desk.withLock { $0.failures.append(.init(error: error, isWriting: writing)) }
    }

    /// Fails all commits until it is given nil: a full disk, and room again.
    public func failCommits(_ error: StoreError?) { desk.withLock { $0.standingFailure = error } }
}

/// A commit that waits for its turn.
private struct HeldCommit: Sendable {
    let units: [WriteUnit]
    let done: @Sendable (Result<[UnitOutcome], StoreError>) -> Void
}

/// The state and what shall go wrong with it, behind the lock of the store.
private struct Desk: Sendable {
    struct Failure {
        let error: StoreError
        let isWriting: Bool
    }

    var state: MemoryState
    var held: [HeldCommit] = []
    var isHolding = false
    var isClosed = false
    var failures: [Failure] = []
    var standingFailure: StoreError?

    mutating func apply(_ commit: HeldCommit) -> Result<[UnitOutcome], StoreError> {
        if let standingFailure { return .failure(standingFailure) }
        if !failures.isEmpty {
            let failure = failures.removeFirst()
            if failure.isWriting { for unit in commit.units { _ = state.apply(unit) } }
            return .failure(failure.error)
        }
        return .success(commit.units.map { state.apply($0) })
    }
}
