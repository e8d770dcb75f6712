internal import Foundation
internal import GRDB
internal import Storage

/// The look at the file before it serves: small ones always, larger ones when the last process did not say good-bye.
struct Examination {
    /// The write-ahead log was empty, as a process leaves it that closes the store.
    let wasClean: Bool
    private let bytes: Int64

    private static let alwaysBelow: Int64 = 64 << 20
    /// Above this, the check would keep callers waiting too long; `doctor` does it then.
    private static let neverAbove: Int64 = 2 << 30

    static func before(opening path: String) throws -> Examination {
        let files = FileManager.default
        func size(_ name: String) -> Int64 {
            (try? files.attributesOfItem(atPath: name)[.size] as? Int64) ?? 0
        }
        if !files.fileExists(atPath: path) {
            // Names and conversations of people: nobody else's to read. The log and its index inherit this.
            guard files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
                throw StoreError.unavailable("cannot make \(path)")
            }
        }
        return Examination(wasClean: size(path + "-wal") == 0, bytes: size(path))
    }

    func check(_ db: Database, at path: String) throws {
        guard bytes < Self.alwaysBelow || (!wasClean && bytes < Self.neverAbove) else { return }
        let findings = try Self.findings(in: db)
        guard findings.isEmpty else { throw StoreError.damagedFile(path, findings[0]) }
    }

    /// What SQLite finds wrong with the structure of the file; empty when all is well.
    static func findings(in db: Database, pragma: String = "quick_check") throws -> [String] {
        try db.all("PRAGMA \(pragma)(10)") { $0.text() }.filter { $0 != "ok" }
    }
}
