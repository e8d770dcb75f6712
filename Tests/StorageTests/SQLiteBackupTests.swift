import Basics
import Domain
import Foundation
import Storage
import StorageSQLite
import Testing

/// Backups are whole, whatever goes on meanwhile, and come back as what they were.
struct SQLiteBackupTests {
    private let folder: Folder
    private var path: String { folder.file("store.sqlite") }
    private var backup: String { folder.file("backup.sqlite") }

    init() throws { folder = try Folder() }

    private func open() throws -> SQLiteStore { try SQLiteStore.open(path: path, logger: .silent) }

    @Test func `a backup under load holds everything up to its position, and nothing half`() async throws {
        let store = try open()
        var current: [Conversation] = []
        for number in 0..<20 {
            let (chat, drafts) = Make.chat("chat\(number)", visitor: "visitor\(number)")
            current.append(try await store.write(.open(chat, drafts)).conversation)
        }
        let isRunning = Locked(true)
        let talks = current
        let writing = Task {
            var talks = talks
            var written: Int64 = 0
            while isRunning.withLock({ $0 }), written < 20_000 {
                let index = Int(written) % talks.count
                let assuming = talks[index].revision
                let unit = WriteUnit([
                    .append(talks[index], assuming: assuming, [Make.draft("a"), Make.draft("b")], extent: .line),
                    .insertPerson(Make.person("person\(written)")),
                ])
                talks[index] = try await store.write([unit])[0].conversation
                written += 1
            }
            return written
        }
        for number in 0..<3 {
            let pages = Locked(0)
            let manifest = try SQLiteStore.backup(from: path, to: "\(backup)\(number)") { progress in
                pages.withLock { $0 = progress.copiedPages }
            }
            #expect(pages.withLock { $0 } > 0)
            #expect(manifest.epoch == store.epoch)
            #expect(try BackupManifest.check("\(backup)\(number)") == manifest)
        }
        isRunning.withLock { $0 = false }
        let written = try await writing.value
        #expect(written > 0)
        store.close()

        for number in 0..<3 {
            let manifest = try BackupManifest.check("\(backup)\(number)")
            try SQLiteStore.restore(backup: "\(backup)\(number)", to: path)
            let restored = try open()
            #expect(try await restored.read(.head) == .head(LogPosition(manifest.position)))
            let inspection = try SQLiteStore.inspect(path: path)
            #expect(inspection.findings == [])
            // Each unit of the load wrote two events and a person.
            let people = try #require(inspection.counts["person"])
            #expect(manifest.position == Int64(20 * 2) + people * 2)
            restored.close()
        }
    }

    @Test func `a restore keeps the old files and begins a new epoch`() async throws {
        var store = try open()
        let epoch = store.epoch
        try await store.write(.insertPerson(Make.person("before")))
        try SQLiteStore.backup(from: path, to: backup)
        try await store.write(.insertPerson(Make.person("after")))
        store.close()
        let (manifest, aside) = try SQLiteStore.restore(backup: backup, to: path)
        #expect(manifest.epoch == epoch)
        store = try open()
        #expect(store.epoch != epoch)
        #expect(try await store.person("before") != nil)
        #expect(try await store.person("after") == nil)
        store.close()
        let old = try SQLiteStore.open(path: try #require(aside), logger: .silent)
        #expect(old.epoch == epoch)
        #expect(try await old.person("after") != nil)
        old.close()
        // To a place where nothing was, too.
        let (_, none) = try SQLiteStore.restore(backup: backup, to: folder.file("new.sqlite"))
        #expect(none == nil)
    }

    @Test func `a restore onto a store that is open is refused`() async throws {
        let store = try open()
        defer { store.close() }
        try SQLiteStore.backup(from: path, to: backup)
        #expect(throws: StoreError.self) { try SQLiteStore.restore(backup: backup, to: path) }
        #expect(try await store.write(.insertPerson(Make.person("still here"))).isStored)
    }

    @Test func `a backup that is not what its manifest says is refused`() throws {
        try open().close()
        try SQLiteStore.backup(from: path, to: backup)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: backup))
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(fileURLWithPath: backup))
        #expect(throws: StoreError.damaged("\(backup) is not the file that its manifest describes")) {
            try SQLiteStore.restore(backup: backup, to: path)
        }
        try FileManager.default.removeItem(atPath: BackupManifest.path(of: backup))
        #expect(throws: StoreError.self) { try SQLiteStore.restore(backup: backup, to: path) }
    }

    @Test func `a backup never overwrites another, and needs something to copy`() throws {
        #expect(throws: StoreError.unavailable("there is no database at \(path)")) {
            try SQLiteStore.backup(from: path, to: backup)
        }
        try open().close()
        try SQLiteStore.backup(from: path, to: backup)
        #expect(throws: StoreError.unavailable("\(backup) exists already")) {
            try SQLiteStore.backup(from: path, to: backup)
        }
    }
}
