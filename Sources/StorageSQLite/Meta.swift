internal import Basics
internal import GRDB

/// What the database says of itself.
enum Meta {
    /// The lineage, made with the database.
    static func epoch(of db: Database) throws -> String {
        if let known = try db.first("SELECT value FROM meta WHERE key = 'epoch'", read: { $0.text() }) { return known }
        return try beginEpoch(in: db)
    }

    /// From here on, positions mean something else than they did: clients that resume start over.
    @discardableResult
    static func beginEpoch(in db: Database) throws -> String {
        var random = SystemGenerator()
        let epoch = ByteText.hex(random.bytes(12))
        try db.run(
            "INSERT INTO meta VALUES ('epoch', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            epoch
        )
        return epoch
    }
}
