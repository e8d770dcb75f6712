internal import GRDB
internal import GRDBSQLite

/// How long the write-ahead log is, as SQLite tells after each commit.
///
/// Written and read on the commit thread alone: the hook is called inside COMMIT.
final class WALPages {
    static let idleLimit = 1_000
    static let busyLimit = 8_000

    fileprivate(set) var count = 0

    /// The hook takes the place of SQLite's own checkpoints, which are off.
    init(of db: Database) {
        sqlite3_wal_hook(db.sqliteConnection, walDidGrow, Unmanaged.passUnretained(self).toOpaque())
    }

    func reset() { count = 0 }
}

private func walDidGrow(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ name: UnsafePointer<CChar>?,
    _ pages: CInt
) -> CInt {
    guard let context else { return SQLITE_OK }
    Unmanaged<WALPages>.fromOpaque(context).takeUnretainedValue().count = Int(pages)
    return SQLITE_OK
}
