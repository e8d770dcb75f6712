public import Basics
internal import GRDB
public import Logging
public import Storage

/// The memory of one machine: a SQLite file, one connection that writes it, a few that read it.
///
/// What is confirmed has been flushed to the disk. Commits gather while one is on its way, so that the price of the
/// flush is shared without anybody waiting for a timer.
public final class SQLiteStore: Store {
    public let epoch: String
    /// The writing connection; commits come through their thread, and this is for settings alone.
    let database: DatabaseQueue
    private let commits: CommitThread
    private let readers: Readers

    /// Opens the database, or makes it, and brings its schema up to date.
    ///
    /// Throws a `StoreError` that says what to do: another process has it, it is damaged, or it is of another version.
    /// `clock` is asked only by lists that depend on how long ago something ended.
    public static func open(
        path: String,
        logger: Logger,
        clock: @escaping @Sendable () -> Timestamp = { .wallClock }
    ) throws -> SQLiteStore {
        try open(path: path, logger: logger, clock: clock, migrations: Migrations())
    }

    package static func open(
        path: String,
        logger: Logger,
        clock: @escaping @Sendable () -> Timestamp = { .wallClock },
        migrations: Migrations
    ) throws -> SQLiteStore {
        do {
            let committer = try Committer(path: path, logger: logger, migrations: migrations)
            let readers = try Readers(path: path, clock: clock)
            return SQLiteStore(committer, readers)
        } catch {
            throw StoreError(error, in: path)
        }
    }

    private init(_ committer: Committer, _ readers: Readers) {
        epoch = committer.epoch
        database = committer.database
        commits = CommitThread(committer)
        self.readers = readers
    }

    deinit { close() }

    public func commit(
        _ units: [WriteUnit],
        then done: @escaping @Sendable (Result<[UnitOutcome], StoreError>) -> Void
    ) {
        commits.add(CommitThread.Batch(units: units, done: done))
    }

    public func ask(_ queries: [Query], then done: @escaping @Sendable (Result<[Answer], StoreError>) -> Void) {
        readers.add(Readers.Question(queries: queries, done: done))
    }

    /// Readers first, so that nothing holds the write-ahead log when the writer empties it.
    public func close() {
        readers.close()
        commits.close()
    }
}
