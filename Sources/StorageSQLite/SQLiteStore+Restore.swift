internal import Basics
internal import GRDB
internal import Storage

extension SQLiteStore {
    /// Puts a backup in the place of the database, whose files are kept aside; nobody may have it open.
    ///
    /// The restored store begins a new epoch: whoever resumes at a position of the old one starts over. Returns the
    /// name under which the old database is kept, nil when there was none.
    @discardableResult
    public static func restore(backup: String, to path: String) throws -> (manifest: BackupManifest, keptAside: String?)
    {
        do {
            let manifest = try BackupManifest.check(backup)
            let lock = try StoreLock(for: path)
            return try withExtendedLifetime(lock) {
                let fresh = path + ".restoring"
                try prepare(fresh, from: backup)
                let aside = try keepAside(path)
                try Files.put(fresh, at: path)
                return (manifest, aside)
            }
        } catch {
            throw StoreError(error, in: backup)
        }
    }

    private static func prepare(_ fresh: String, from backup: String) throws {
        try Files.create(fresh)
        let source = try Connection.reader(backup, mustBeLive: false)
        defer { try? source.close() }
        let copy = try Connection.writer(fresh)
        defer { try? copy.close() }
        try source.unsafeRead { db in try copy.writeWithoutTransaction { try db.backup(to: $0) } }
        try copy.writeWithoutTransaction { db in
            let findings = try Examination.findings(in: db)
            guard findings.isEmpty else { throw StoreError.damagedFile(backup, findings[0]) }
            try Meta.beginEpoch(in: db)
        }
    }

    /// The log of the old database must not stand beside the new one: SQLite would play it back into it.
    private static func keepAside(_ path: String) throws -> String? {
        guard Files.exists(path) else { return nil }
        let aside = "\(path).before-\(Timestamp.wallClock.milliseconds)"
        for ending in ["-wal", "-shm", ""] where Files.exists(path + ending) {
            try Files.put(path + ending, at: aside + ending)
        }
        return aside
    }
}
