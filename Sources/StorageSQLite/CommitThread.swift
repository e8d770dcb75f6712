internal import Foundation
internal import Storage

/// The thread that commits: it takes what has gathered, in order, makes one transaction of it, and calls back.
///
/// Unchecked, because `condition` guards what threads share, and the committer is touched by the thread alone.
final class CommitThread: @unchecked Sendable {
    struct Batch: Sendable {
        let units: [WriteUnit]
        let done: @Sendable (Result<[UnitOutcome], StoreError>) -> Void
    }

    /// A longer transaction would make the first of its batches wait for the last.
    private static let groupUnitsMax = 512

    private let committer: Committer
    private let condition = NSCondition()
    private var waiting: [Batch] = []
    private var isClosing = false
    private var isFinished = false
    private var thread: Thread?

    init(_ committer: Committer) {
        self.committer = committer
        let thread = Thread { [self] in run() }
        thread.name = "switchboard-commit"
        self.thread = thread
        thread.start()
    }

    func add(_ batch: Batch) {
        condition.lock()
        let isOpen = !isClosing
        if isOpen {
            waiting.append(batch)
            condition.signal()
        }
        condition.unlock()
        if !isOpen { batch.done(.failure(.closed)) }
    }

    /// Returns when everything that was added has been committed and the file is closed.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosing = true
        condition.broadcast()
        // From a callback, which runs on this very thread, there is nothing to wait for: the loop ends by itself.
        guard Thread.current !== thread else { return }
        while !isFinished { condition.wait() }
    }

    private func run() {
        while let group = nextGroup() {
            let results = committer.commit(group.map(\.units))
            for (batch, result) in zip(group, results) { batch.done(result) }
            committer.checkpoint(isIdle: isIdle)
        }
        committer.close()
        condition.lock()
        isFinished = true
        thread = nil
        condition.broadcast()
        condition.unlock()
    }

    private var isIdle: Bool {
        condition.lock()
        defer { condition.unlock() }
        return waiting.isEmpty
    }

    private func nextGroup() -> [Batch]? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty && !isClosing { condition.wait() }
        guard !waiting.isEmpty else { return nil }
        var units = waiting[0].units.count
        var count = 1
        while count < waiting.count, units + waiting[count].units.count <= Self.groupUnitsMax {
            units += waiting[count].units.count
            count += 1
        }
        defer { waiting.removeFirst(count) }
        return Array(waiting.prefix(count))
    }
}
