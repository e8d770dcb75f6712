import Basics
import Domain
import Foundation
import GRDB
import Storage
import StorageSQLite
import Testing

/// What SQLiteStore promises about its file.
struct SQLiteFileTests {
    private let folder: Folder
    private var path: String { folder.file("store.sqlite") }

    init() throws { folder = try Folder() }

    private func open(_ migrations: [Migration] = Migration.all) throws -> SQLiteStore {
        try SQLiteStore.open(path: path, logger: .silent, migrations: Migrations(migrations))
    }

    /// The words of the error that opening meets.
    private func refusal(_ body: () throws -> SQLiteStore) throws -> StoreError {
        do {
            try body().close()
        } catch let error as StoreError {
            return error
        }
        throw Unexpected("no refusal")
    }

    @Test func `the connection is set to what durability needs`() throws {
        let store = try open()
        defer { store.close() }
        let expected = [
            "journal_mode": "wal", "synchronous": "2", "wal_autocheckpoint": "0", "foreign_keys": "1",
            "busy_timeout": "5000", "trusted_schema": "0", "cell_size_check": "1", "mmap_size": "0",
            "journal_size_limit": "67108864", "temp_store": "2", "auto_vacuum": "2",
        ]
        for (pragma, value) in expected { #expect(try store.setting(pragma) == value, "\(pragma)") }
        #expect(try store.setting("application_id") == "\(0x5357_4244)")
        #expect(try store.setting("user_version") == "\(Migration.all.count)")
    }

    @Test func `nobody else may read the file`() throws {
        let store = try open()
        defer { store.close() }
        for ending in ["", "-wal", "-shm", ".lock"] {
            let mode = try FileManager.default.attributesOfItem(atPath: path + ending)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(ending)")
        }
    }

    @Test func `a second opener is told who has the file, until that one closes it`() throws {
        let store = try open()
        guard case .unavailable(let why) = try refusal({ try open() }) else { throw Unexpected("another error") }
        #expect(why.contains(path))
        #expect(why.contains("\(getpid())"))
        store.close()
        try open().close()
    }

    @Test func `a closed store leaves no log behind`() async throws {
        let store = try open()
        try await store.write(.insertPerson(Make.person("a")))
        store.close()
        let wal = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        #expect(wal ?? 0 == 0)
    }

    @Test func `a file that is cut short is refused by name`() async throws {
        try await fill()
        let size = try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.truncate(atOffset: UInt64(size / 2))
        try file.close()
        try expectDamage()
    }

    @Test(arguments: 0..<8)
    func `a file with a page of garbage is refused by name`(page: Int) async throws {
        try await fill()
        let size = try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seek(toOffset: UInt64(size / 4_096 * page / 8 * 4_096))
        try file.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
        try file.close()
        try expectDamage()
    }

    @Test func `a file that is no database, or of another program, is refused`() throws {
        try Data("These are not the bytes you are looking for, but there are many of them.".utf8)
            .write(to: URL(fileURLWithPath: path))
        try expectDamage()
        let other = folder.file("other.sqlite")
        try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE cats (name TEXT)") }
        let error = try refusal { try SQLiteStore.open(path: other, logger: .silent) }
        #expect(error == .unavailable("\(other) is a database, but none of Switchboard"))
    }

    @Test func `migrations are applied once, in order, and never change`() async throws {
        let second = Migration(number: 2, name: "more", sql: "CREATE TABLE more (x INTEGER) STRICT")
        try open().close()
        try open(Migration.all + [second]).close()
        try open(Migration.all + [second]).close()
        let changed = Migration(number: 2, name: "more", sql: "CREATE TABLE more (x TEXT) STRICT")
        guard case .unavailable(let why) = try refusal({ try open(Migration.all + [changed]) }) else {
            throw Unexpected("another error")
        }
        #expect(why.contains("migration 2"))
        guard case .unavailable(let newer) = try refusal({ try open() }) else { throw Unexpected("another error") }
        #expect(newer.contains("newer Switchboard (schema 2)"))
    }

    @Test func `a migration that fails leaves nothing of itself`() throws {
        try open().close()
        let broken = Migration(number: 2, name: "broken", sql: "CREATE TABLE more (x INTEGER); CREATE TABLE more (y)")
        _ = try refusal { try open(Migration.all + [broken]) }
        try open().close()
    }

    @Test func `the log takes no change and no deletion, whoever asks`() async throws {
        try await fill()
        let database = try DatabaseQueue(path: path)
        for sql in ["UPDATE event SET body = '{}' WHERE gid = 1", "DELETE FROM event WHERE gid = 1"] {
            #expect(throws: DatabaseError.self) { try database.write { try $0.execute(sql: sql) } }
        }
        let claim = "UPDATE identity_link SET exclusive = 1, assurance = 0"
        #expect(throws: DatabaseError.self) { try database.write { try $0.execute(sql: claim) } }
        try database.close()
    }

    @Test func `doctor sees versions, rows and a log without gaps`() async throws {
        let store = try open()
        defer { store.close() }
        let (chat, drafts) = Make.chat("chat")
        try await store.write(.open(chat, drafts))
        let inspection = try SQLiteStore.inspect(path: path)
        #expect(inspection.schema == inspection.schemaKnown)
        #expect(inspection.epoch == store.epoch)
        #expect(inspection.head == Int64(drafts.count))
        #expect(inspection.counts["event"] == Int64(drafts.count))
        #expect(inspection.counts["conversation"] == 1)
        #expect(inspection.findings == [])
        #expect(inspection.isOpenElsewhere)
        #expect(inspection.walBytes > 0)
    }

    @Test func `doctor finds a hole in the log`() async throws {
        try await fill()
        let database = try DatabaseQueue(path: path)
        try await database.write { db in
            try db.execute(sql: "DROP TRIGGER event_remains; DELETE FROM event WHERE gid = 2")
        }
        try database.close()
        #expect(try SQLiteStore.inspect(path: path).findings.count == 1)
        #expect(try !SQLiteStore.inspect(path: path).isOpenElsewhere)
    }

    @Test(
        arguments: [
            (3_006_999, false), (3_007_000, true), (3_040_001, true), (3_044_005, true), (3_044_006, false),
            (3_045_000, true), (3_050_006, true), (3_050_007, false), (3_051_002, true), (3_051_003, false),
        ]
    )
    func `the versions with the WAL-reset bug are known`(version: Int, isAffected: Bool) {
        #expect(SQLiteStore.hasWALResetBug(version) == isAffected)
    }

    private func expectDamage() throws {
        guard case .damaged(let why) = try refusal({ try open() }) else { throw Unexpected("another error") }
        #expect(why.contains(path))
        #expect(why.contains("switchboard restore"))
    }

    /// A store with some pages in it, closed again.
    private func fill() async throws {
        let store = try open()
        try await store.write(.insertPerson(Make.person("p")))
        try await store.write(.link(Make.link(Identity(.phone, "+4930123456"), "p")))
        for number in 0..<60 {
            let (chat, drafts) = Make.chat("chat\(number)", visitor: "visitor\(number)")
            let more = (0..<10).map { Make.draft(String(repeating: "text \($0) ", count: 40)) }
            try await store.write(.open(chat, drafts + more))
        }
        store.close()
    }
}
