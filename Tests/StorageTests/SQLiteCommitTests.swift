import Basics
import Domain
import Foundation
import Storage
import StorageSQLite
import Testing

/// What SQLiteStore promises about commits that gather, and about a disk that says no.
struct SQLiteCommitTests {
    private let folder: Folder
    private let store: SQLiteStore

    init() throws {
        folder = try Folder()
        store = try SQLiteStore.open(path: folder.file("store.sqlite"), logger: .silent)
    }

    @Test func `commits gather while one is on its way, and keep their order`() async throws {
        defer { store.close() }
        let done = Locked<[Int]>([])
        let count = 500
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            for number in 0..<count {
                let opened = Make.conversation("k\(number)", state: .queued)
                store.commit([WriteUnit(.open(opened, [Make.draft("\(number)")]))]) { result in
                    done.withLock { $0.append(number) }
                    if case .failure(let error) = result { return continuation.resume(throwing: error) }
                    if number == count - 1 { continuation.resume() }
                }
            }
        }
        #expect(done.withLock { $0 } == Array(0..<count))
        guard
            case .feed(let events, _, _) = try await store.read(
                .staffFeed(after: .start, Make.scope("a"), limit: count, scan: count)
            )
        else { throw Unexpected("feed") }
        #expect(events.map(\.body) == (0..<count).map { .text("\($0)") })
        #expect(events.map(\.position.rawValue) == Array(1...Int64(count)))
    }

    @Test func `what was committed is there for whoever is called back`() async throws {
        defer { store.close() }
        let answer: Answer = try await withCheckedThrowingContinuation { continuation in
            store.commit([WriteUnit(.insertPerson(Make.person("a")))]) { [store] _ in
                store.ask([.person(PersonID("a"))]) { continuation.resume(with: $0.map { $0[0] }) }
            }
        }
        #expect(answer == .person(Make.person("a")))
    }

    @Test func `closing waits for what was begun, and may be done from a callback`() async throws {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            store.commit([WriteUnit(.insertPerson(Make.person("a")))]) { [store] _ in
                store.close()
                continuation.resume()
            }
        }
        store.close()
        let again = try SQLiteStore.open(path: folder.file("store.sqlite"), logger: .silent)
        defer { again.close() }
        #expect(try await again.person("a") != nil)
    }

    @Test func `a constraint that no check foresaw is that unit's conflict alone`() async throws {
        defer { store.close() }
        func delivery(_ id: String, _ key: String) -> RawDelivery {
            RawDelivery(
                id: DeliveryID(id),
                carrier: "c",
                account: "a",
                key: key,
                receivedAt: Make.start,
                contentType: "",
                query: "",
                body: []
            )
        }
        let outcomes = try await store.write([
            WriteUnit(.delivery(delivery("one", "1"))), WriteUnit(.delivery(delivery("one", "2"))),
            WriteUnit([.insertPerson(Make.person("with it")), .delivery(delivery("one", "3"))]),
            WriteUnit(.delivery(delivery("two", "4"))),
        ])
        #expect(outcomes.map(\.isStored) == [true, false, false, true])
        #expect(try await store.ids(.deliveries(.pending, limit: 9)) == ["one", "two"])
        #expect(try await store.person("with it") == nil)
    }

    @Test func `a full disk refuses writes and goes on reading, until there is room`() async throws {
        defer { store.close() }
        try await store.write(.insertPerson(Make.person("before")))
        let pages = try #require(Int(try store.setting("page_count")))
        try store.limitPages(pages)
        let long = Make.draft(String(repeating: "long ", count: 4_000))
        let talk = Make.conversation("k", state: .queued)
        for _ in 0..<2 {
            await #expect(throws: StoreError.full) { try await store.write(.open(talk, [long])) }
            #expect(try await store.person("before") != nil)
            #expect(try await store.conversation("k") == nil)
        }
        try store.limitPages(nil)
        #expect(try await store.write(.open(talk, [long])).isStored)
        #expect(try await store.events("k").map(\.seq) == [1])
        #expect(try SQLiteStore.inspect(path: folder.file("store.sqlite")).findings == [])
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system in memory"))
    func `a file system without room is a full disk, and room is noticed`() async throws {
        store.close()
        let disk = try SmallDisk(megabytes: 2, at: folder.file("disk"))
        defer { disk.unmount() }
        let ballast = disk.path + "/ballast"
        let small = try SQLiteStore.open(path: disk.path + "/store.sqlite", logger: .silent)
        defer { small.close() }
        let (chat, drafts) = Make.chat("chat")
        var current = try await small.write(.open(chat, drafts)).conversation
        try Data(repeating: 1, count: 600_000).write(to: URL(fileURLWithPath: ballast))
        var written = 0
        var failure: StoreError?
        for number in 0..<400 where failure == nil {
            let long = Make.draft("\(number) " + String(repeating: "long ", count: 4_000))
            do {
                current = try await small.write(.append(current, assuming: 1, [long], extent: .line)).conversation
                written += 1
            } catch let error as StoreError {
                failure = error
            }
        }
        #expect(failure == .full)
        #expect(try await small.events("chat").count == written + drafts.count)
        try FileManager.default.removeItem(atPath: ballast)
        #expect(try await small.write(.append(current, assuming: 1, [Make.draft()], extent: .line)).isStored)
        #expect(try await small.events("chat").count == written + drafts.count + 1)
    }
}

/// A file system in memory that is soon full.
struct SmallDisk {
    let path: String

    static let isPossible: Bool = geteuid() == 0 && (try? probe()) != nil

    init(megabytes: Int, at path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Self.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path)
    }

    func unmount() { try? Self.run("umount", "-l", path) }

    private static func probe() throws {
        let folder = try Folder()
        try SmallDisk(megabytes: 1, at: folder.file("probe")).unmount()
    }

    private static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Unexpected(process.terminationStatus) }
    }
}
