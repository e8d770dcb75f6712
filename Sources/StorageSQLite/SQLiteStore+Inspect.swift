internal import Domain
internal import Foundation
internal import GRDB
internal import Storage

/// What `doctor` wants to know of a database.
public struct StoreInspection: Hashable, Sendable {
    public var sqliteVersion: String
    /// SQLite 3.7.0 to 3.51.2 can damage a file that two connections write or checkpoint at once; Switchboard has one
    /// connection that writes, and a lock against a second process.
    public var hasWALResetBug: Bool
    public var schema: Int
    public var schemaKnown: Int
    public var epoch: String
    public var head: Int64
    public var bytes: Int64
    public var walBytes: Int64
    public var isOpenElsewhere: Bool
    /// Rows, by table.
    public var counts: [String: Int64]
    /// What is wrong with the file or with the log in it; empty when all is well.
    public var findings: [String]
}

extension SQLiteStore {
    /// Looks through the whole file without changing it; another process may serve it meanwhile.
    public static func inspect(path: String) throws -> StoreInspection {
        guard Files.exists(path) else { throw StoreError.unavailable("there is no database at \(path)") }
        do {
            let database = try Connection.reader(path)
            defer { try? database.close() }
            return try database.unsafeRead { db in
                try db.control("BEGIN")
                defer { if db.isInsideTransaction { try? db.control("COMMIT") } }
                return StoreInspection(
                    sqliteVersion: try db.first("SELECT sqlite_version()") { $0.text() } ?? "",
                    hasWALResetBug: hasWALResetBug(Int(Database.sqliteLibVersionNumber)),
                    schema: Int(try db.count("PRAGMA user_version")),
                    schemaKnown: Migration.newest,
                    epoch: try Meta.epoch(of: db),
                    head: try db.head().rawValue,
                    bytes: size(path),
                    walBytes: size(path + "-wal"),
                    isOpenElsewhere: (try? StoreLock(for: path)) == nil,
                    counts: try counts(in: db),
                    findings: try Examination.findings(in: db, pragma: "integrity_check") + logFindings(in: db)
                )
            }
        } catch {
            throw StoreError(error, in: path)
        }
    }

    package static func hasWALResetBug(_ version: Int) -> Bool {
        switch version {
        case ..<3_007_000, 3_044_006...3_044_999, 3_050_007...3_050_999, 3_051_003...: false
        default: true
        }
    }

    private static func size(_ path: String) -> Int64 {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64) ?? 0
    }

    private static func counts(in db: Database) throws -> [String: Int64] {
        let tables = ["person", "conversation", "event", "delivery", "call_event", "visitor", "rep", "session"]
        var counts: [String: Int64] = [:]
        for table in tables { counts[table] = try db.count("SELECT count(*) FROM \(table)") }
        return counts
    }

    /// The log is without gaps, and every conversation knows how long its part of it is.
    private static func logFindings(in db: Database) throws -> [String] {
        try db.all(
            """
            SELECT c.id FROM conversation c LEFT JOIN event e ON e.conversation = c.n
            GROUP BY c.n HAVING count(e.gid) <> c.seq OR coalesce(max(e.seq), 0) <> c.seq
                OR count(e.vseq) <> c.vseq OR coalesce(max(e.vseq), 0) <> c.vseq
            LIMIT 10
            """
        ) { "the events of conversation \($0.text()) are not numbered without gaps" }
    }
}
