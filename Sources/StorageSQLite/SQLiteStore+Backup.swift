internal import Basics
internal import Domain
internal import GRDB
internal import Storage

/// How far a backup has come.
public struct BackupProgress: Hashable, Sendable {
    public let copiedPages: Int
    public let totalPages: Int
}

extension SQLiteStore {
    /// Copies the database as it stands at this moment, while another process may serve and write it.
    ///
    /// The copy is checked, flushed and only then given its name; the manifest beside it comes last, so that a backup
    /// with a manifest is whole.
    @discardableResult
    public static func backup(
        from path: String,
        to destination: String,
        progress: @escaping (BackupProgress) -> Void = { _ in }
    ) throws -> BackupManifest {
        do {
            return try copy(from: path, to: destination, progress: progress)
        } catch {
            throw StoreError(error, in: path)
        }
    }

    private static let pagesAtOnce: Int32 = 1_024

    private static func copy(
        from path: String,
        to destination: String,
        progress: @escaping (BackupProgress) -> Void
    ) throws -> BackupManifest {
        guard Files.exists(path) else { throw StoreError.unavailable("there is no database at \(path)") }
        guard !Files.exists(destination) else { throw StoreError.unavailable("\(destination) exists already") }
        let partial = destination + ".partial"
        try Files.create(partial)
        do {
            let (schema, epoch, position) = try fill(partial, from: path, progress: progress)
            let (sha256, bytes) = try FileDigest.of(partial)
            let manifest = BackupManifest(
                format: BackupManifest.formatNow,
                sha256: sha256,
                bytes: bytes,
                schema: schema,
                epoch: epoch,
                position: position,
                at: .wallClock
            )
            try Files.put(partial, at: destination)
            try manifest.write(for: destination)
            return manifest
        } catch {
            try? Files.remove(partial)
            throw error
        }
    }

    private static func fill(
        _ partial: String,
        from path: String,
        progress: @escaping (BackupProgress) -> Void
    ) throws -> (schema: Int, epoch: String, position: Int64) {
        let source = try Connection.reader(path)
        defer { try? source.close() }
        let copy = try Connection.writer(partial)
        defer { try? copy.close() }
        let facts = try source.unsafeRead { db in
            // One read transaction around all steps: a commit between two of them would make SQLite begin again, and
            // under load it would never finish.
            try db.control("BEGIN")
            defer { if db.isInsideTransaction { try? db.control("COMMIT") } }
            let facts = (Int(try db.count("PRAGMA user_version")), try Meta.epoch(of: db), try db.head().rawValue)
            try copy.writeWithoutTransaction { target in
                try db.backup(to: target, pagesPerStep: pagesAtOnce) {
                    progress(.init(copiedPages: $0.completedPageCount, totalPages: $0.totalPageCount))
                }
            }
            return facts
        }
        try copy.writeWithoutTransaction { db in
            // One file, without a log beside it.
            try db.execute(sql: "PRAGMA journal_mode = DELETE")
            let findings = try Examination.findings(in: db)
            guard findings.isEmpty else { throw StoreError.damagedFile(path, findings[0]) }
        }
        return facts
    }
}
