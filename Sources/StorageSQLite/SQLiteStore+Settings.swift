internal import GRDB

extension SQLiteStore {
    /// What the writing connection is set to, as SQLite tells it.
    package func setting(_ pragma: String) throws -> String {
        try database.writeWithoutTransaction { db in try Pragmas.value(of: pragma, on: db) }
    }

    /// Bounds the file, so that a full disk can be met without filling one; nil takes the bound away.
    package func limitPages(_ count: Int?) throws {
        try database.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA max_page_count = \(count ?? 1_073_741_823)")
        }
    }
}
