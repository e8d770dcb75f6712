internal import GRDB
internal import Logging
internal import Storage

/// The one connection that writes: commits, checkpoints, migrations.
///
/// Belongs to the commit thread once that runs.
final class Committer {
    let epoch: String
    private let path: String
    private let logger: Logger
    private let lock: StoreLock
    let database: DatabaseQueue
    private let walPages: WALPages
    /// The failure after which nothing can be promised any more until the process starts again.
    private var finalFailure: StoreError?
    private var isFull = false

    init(path: String, logger: Logger, migrations: Migrations) throws {
        self.path = path
        self.logger = logger
        lock = try StoreLock(for: path)
        let examination = try Examination.before(opening: path)
        database = try Connection.writer(path)
        try database.writeWithoutTransaction { db in
            try Migrations.checkOrigin(of: db, named: path)
            try Pragmas.applyToWriter(db)
            try examination.check(db, at: path)
            try migrations.apply(to: db, named: path)
        }
        (epoch, walPages) = try database.writeWithoutTransaction { db in
            (try Meta.epoch(of: db), WALPages(of: db))
        }
        logger.info("store opened", metadata: ["path": "\(path)", "clean": "\(examination.wasClean)"])
    }

    /// One transaction for all batches; a result for each.
    func commit(_ batches: [[WriteUnit]]) -> [Result<[UnitOutcome], StoreError>] {
        if let finalFailure { return batches.map { _ in .failure(finalFailure) } }
        do {
            let outcomes = try database.writeWithoutTransaction { db in
                do {
                    return try transact(batches, on: db, isCareful: false)
                } catch let error as DatabaseError where error.isConstraint {
                    logger.error(
                        "a write met a constraint that no check foresaw",
                        metadata: ["error": "\(error.message ?? "")"]
                    )
                    return try transact(batches, on: db, isCareful: true)
                }
            }
            if isFull { logger.notice("the disk has room again: writes go on") }
            isFull = false
            return outcomes.map { .success($0) }
        } catch {
            let failure = StoreError(error, in: path)
            note(failure)
            return batches.map { _ in .failure(failure) }
        }
    }

    private func transact(_ batches: [[WriteUnit]], on db: Database, isCareful: Bool) throws -> [[UnitOutcome]] {
        let writer = UnitWriter(db: db, isCareful: isCareful)
        do {
            try db.control("BEGIN IMMEDIATE")
            let outcomes = try batches.map { try $0.map(writer.apply) }
            do { try db.control("COMMIT") } catch { throw StoreError(committing: error, in: path) }
            return outcomes
        } catch {
            // After a full disk or a failed flush SQLite has rolled back already, and a second ROLLBACK is an error.
            if db.isInsideTransaction { try? db.control("ROLLBACK") }
            throw error
        }
    }

    private func note(_ failure: StoreError) {
        if case .full = failure {
            if !isFull { logger.error("the disk is full: nothing is stored until there is room") }
            isFull = true
            return
        }
        if failure.isFinal { finalFailure = failure }
        logger.critical("a commit failed", metadata: ["error": "\(failure)", "final": "\(failure.isFinal)"])
    }

    /// Moves the write-ahead log into the file: when nobody waits, or when it has become long all the same.
    ///
    /// Only this connection ever does so, and never at the same time as a commit: two at once are what SQLite before
    /// 3.51.3 damages a file by.
    func checkpoint(isIdle: Bool) {
        guard finalFailure == nil, walPages.count > (isIdle ? WALPages.idleLimit : WALPages.busyLimit) else { return }
        do {
            try database.writeWithoutTransaction { db in
                let result = try db.checkpoint(.passive)
                // All of it is in the file: the next commit begins the log anew.
                if result.checkpointedFrameCount >= result.walFrameCount { walPages.reset() }
            }
        } catch {
            note(StoreError(committing: error, in: path))
        }
    }

    func close() {
        defer { lock.release() }
        do {
            if finalFailure == nil {
                try database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
            }
            try database.close()
        } catch {
            logger.error("the store was not closed cleanly", metadata: ["error": "\(StoreError(error, in: path))"])
        }
    }
}
