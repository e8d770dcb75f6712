public import Basics
internal import Domain
internal import Foundation
internal import Storage

/// What stands beside a backup: by what it is known to be whole, and which moment it holds.
public struct BackupManifest: Hashable, Sendable, Codable {
    public static let formatNow = 1

    public let format: Int
    public let sha256: String
    public let bytes: Int64
    /// The newest migration that the copy has.
    public let schema: Int
    public let epoch: String
    /// The newest event that the copy has.
    public let position: Int64
    public let at: Timestamp

    /// Where the manifest of a backup stands.
    public static func path(of backup: String) -> String { backup + ".json" }

    /// Reads the manifest of a backup and makes sure that the backup is what it says.
    public static func check(_ backup: String) throws -> BackupManifest {
        guard let data = FileManager.default.contents(atPath: path(of: backup)) else {
            throw StoreError.unavailable(
                "\(path(of: backup)) is missing: without it nobody knows whether a backup is whole"
            )
        }
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data), manifest.format == formatNow
        else {
            throw StoreError.damaged("\(path(of: backup)) is no manifest that this Switchboard reads")
        }
        let (sha256, bytes) = try FileDigest.of(backup)
        guard sha256 == manifest.sha256, bytes == manifest.bytes else {
            throw StoreError.damaged("\(backup) is not the file that its manifest describes")
        }
        guard manifest.schema <= Migration.newest else {
            throw StoreError.unavailable("\(backup) was made by a newer Switchboard (schema \(manifest.schema))")
        }
        return manifest
    }

    func write(for backup: String) throws {
        try Files.write(Array((try JSON.text(self) + "\n").utf8), to: Self.path(of: backup))
    }
}

/// The digest of a file, read in pieces.
enum FileDigest {
    static func of(_ path: String) throws -> (sha256: String, bytes: Int64) {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw StoreError.unavailable("\(path) cannot be read")
        }
        defer { try? file.close() }
        var digest = SHA256()
        var bytes: Int64 = 0
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            digest.update([UInt8](piece)[...])
            bytes += Int64(piece.count)
        }
        return (ByteText.hex(digest.finish()), bytes)
    }
}
