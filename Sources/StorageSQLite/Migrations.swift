internal import Basics
internal import GRDB
internal import Storage

/// One step of the schema; once released it never changes.
package struct Migration: Sendable {
    package let number: Int
    package let name: String
    package let sql: String

    package init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// What tells a changed step from the one that was applied.
    var checksum: String { ByteText.hex(SHA256.hash(Array(sql.utf8))) }

    package static let all: [Migration] = [.first]
    static var newest: Int { all.last?.number ?? 0 }
}

/// Brings the schema to what this build knows, one transaction a step; refuses what it does not know.
package struct Migrations: Sendable {
    let steps: [Migration]
    package init(_ steps: [Migration] = Migration.all) { self.steps = steps }

    /// "SWBD" in the header of the file: `file` and we know it by that.
    static let applicationID: Int64 = 0x5357_4244

    func apply(to db: Database, named path: String) throws {
        try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
        try db.run(
            """
            CREATE TABLE IF NOT EXISTS migration (
                number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at INTEGER NOT NULL
            ) STRICT
            """
        )
        let applied = try db.all("SELECT number, checksum FROM migration ORDER BY number") {
            (number: Int($0.integer()), checksum: $0.text())
        }
        try check(applied, named: path)
        for step in steps.dropFirst(applied.count) { try apply(step, to: db) }
    }

    /// Refuses another program's database before anything in it is touched.
    static func checkOrigin(of db: Database, named path: String) throws {
        let application = try db.count("PRAGMA application_id")
        if application == applicationID { return }
        guard application == 0, try db.count("SELECT count(*) FROM sqlite_schema") == 0 else {
            throw StoreError.unavailable("\(path) is a database, but none of Switchboard")
        }
    }

    private func check(_ applied: [(number: Int, checksum: String)], named path: String) throws {
        if let last = applied.last, last.number > steps.last?.number ?? 0 {
            throw StoreError.unavailable(
                "\(path) was written by a newer Switchboard (schema \(last.number)); this one knows \(steps.last?.number ?? 0)"
            )
        }
        for (row, step) in zip(applied, steps) where row.number != step.number || row.checksum != step.checksum {
            throw StoreError.unavailable(
                "\(path) has another migration \(row.number) than this Switchboard: it was changed after its release"
            )
        }
    }

    private func apply(_ step: Migration, to db: Database) throws {
        try db.inTransaction(.immediate) {
            try db.execute(sql: step.sql)
            try db.run(
                "INSERT INTO migration VALUES (?, ?, ?, ?)",
                step.number,
                step.name,
                step.checksum,
                Timestamp.wallClock
            )
            try db.execute(sql: "PRAGMA user_version = \(step.number)")
            return .commit
        }
    }
}
