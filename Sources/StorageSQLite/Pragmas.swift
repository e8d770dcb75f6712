internal import GRDB
internal import GRDBSQLite
internal import Storage

/// What every connection must be set to, read back before it serves: durability hangs on these lines.
///
/// GRDB and SQLite have defaults of their own (GRDB's pool sets `synchronous` to NORMAL, which loses acknowledged
/// commits in a power cut), and a pragma that is not understood is passed over without an error.
enum Pragmas {
    private static let shared: [(name: String, value: String)] = [
        ("busy_timeout", "5000"),
        ("trusted_schema", "0"),
        ("cell_size_check", "1"),
        ("mmap_size", "0"),
        ("temp_store", "2"),
        ("foreign_keys", "1"),
        ("wal_autocheckpoint", "0"),
    ]

    private static let writing: [(name: String, value: String)] = [
        ("synchronous", "2"),  // FULL: each commit waits for the disk
        ("journal_size_limit", "67108864"),
    ]

    static func applyToWriter(_ db: Database) throws {
        // Both can be chosen for an empty file alone, and in this order.
        try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
        try db.execute(sql: "PRAGMA journal_mode = WAL")
        for pragma in shared + writing { try db.execute(sql: "PRAGMA \(pragma.name) = \(pragma.value)") }
        try verify(shared + writing + [("journal_mode", "wal"), ("auto_vacuum", "2")], on: db)
    }

    static func applyToReader(_ db: Database) throws {
        for pragma in shared { try db.execute(sql: "PRAGMA \(pragma.name) = \(pragma.value)") }
        try verify(shared + [("journal_mode", "wal")], on: db)
        guard sqlite3_db_readonly(db.sqliteConnection, "main") == 1 else {
            throw StoreError.unavailable("a reader of the database could write")
        }
    }

    static func verify(_ expected: [(name: String, value: String)], on db: Database) throws {
        for pragma in expected {
            let found = try value(of: pragma.name, on: db)
            guard found == pragma.value else {
                throw StoreError.unavailable(
                    "SQLite keeps \(pragma.name) at \(found) where \(pragma.value) is needed: nothing would be safe"
                )
            }
        }
    }

    static func value(of name: String, on db: Database) throws -> String {
        let row = try Row.fetchOne(db, sql: "PRAGMA \(name)")
        return row.map { $0[0] as DatabaseValue }.map { String.fromDatabaseValue($0) ?? "\($0)" } ?? "nothing"
    }
}
