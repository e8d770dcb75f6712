internal import Basics
internal import Foundation
internal import GRDB
internal import Storage

/// A few threads, each with a connection that can only read; every question is one snapshot.
///
/// Unchecked, because `condition` guards what the threads share.
final class Readers: @unchecked Sendable {
    struct Question: Sendable {
        let queries: [Query]
        let done: @Sendable (Result<[Answer], StoreError>) -> Void
    }

    private static let count = 2

    private let path: String
    private let clock: @Sendable () -> Timestamp
    private let condition = NSCondition()
    private var waiting: [Question] = []
    private var isClosing = false
    private var running = 0
    private var threads: [Thread] = []

    init(path: String, clock: @escaping @Sendable () -> Timestamp) throws {
        self.path = path
        self.clock = clock
        let databases = try (0..<Self.count).map { _ in try Connection.reader(path) }
        running = databases.count
        threads = databases.map { database in
            let thread = Thread { [self] in run(database) }
            thread.name = "switchboard-read"
            return thread
        }
        for thread in threads { thread.start() }
    }

    func add(_ question: Question) {
        condition.lock()
        let isOpen = !isClosing
        if isOpen {
            waiting.append(question)
            condition.signal()
        }
        condition.unlock()
        if !isOpen { question.done(.failure(.closed)) }
    }

    /// Returns when what was asked has been answered and the connections are closed.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosing = true
        condition.broadcast()
        guard !threads.contains(where: { Thread.current === $0 }) else { return }
        while running > 0 { condition.wait() }
        threads = []
    }

    private func run(_ database: DatabaseQueue) {
        while let question = next() { question.done(answer(question.queries, from: database)) }
        try? database.close()
        condition.lock()
        running -= 1
        condition.broadcast()
        condition.unlock()
    }

    private func next() -> Question? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty && !isClosing { condition.wait() }
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }

    private func answer(_ queries: [Query], from database: DatabaseQueue) -> Result<[Answer], StoreError> {
        do {
            return .success(
                try database.unsafeRead { db in
                    try db.control("BEGIN")
                    defer { if db.isInsideTransaction { try? db.control("COMMIT") } }
                    let snapshot = Snapshot(db: db, now: clock())
                    return try queries.map(snapshot.answer)
                }
            )
        } catch {
            return .failure(StoreError(error, in: path))
        }
    }
}
