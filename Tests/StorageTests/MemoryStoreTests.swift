import Basics
import Domain
import Storage
import Testing

/// The failures that tests and simulation ask a memory for.
struct MemoryStoreTests {
    private let store = MemoryStore(clock: { Bench.now })

    @Test func `a commit that fails did not happen, unless it is told to`() async throws {
        store.failNextCommit(.unavailable("not now"))
        await #expect(throws: StoreError.unavailable("not now")) {
            try await store.write(.insertPerson(Make.person("a")))
        }
        #expect(try await store.person("a") == nil)
        store.failNextCommit(.uncertain("who knows"), writing: true)
        await #expect(throws: StoreError.uncertain("who knows")) {
            try await store.write(.insertPerson(Make.person("a")))
        }
        #expect(try await store.person("a") != nil)
        #expect(try await store.write(.insertPerson(Make.person("b"))).isStored)
    }

    @Test func `a full disk stays full until there is room, and can be read`() async throws {
        store.failCommits(.full)
        for _ in 0..<2 {
            await #expect(throws: StoreError.full) { try await store.write(.insertPerson(Make.person("a"))) }
            #expect(try await store.person("a") == nil)
        }
        store.failCommits(nil)
        #expect(try await store.write(.insertPerson(Make.person("a"))).isStored)
    }

    @Test func `held commits happen in order when they are released`() async throws {
        let done = Locked<[Int]>([])
        store.hold()
        for number in 0..<4 {
            store.commit([WriteUnit(.insertPerson(Make.person("\(number)")))]) { _ in
                done.withLock { $0.append(number) }
            }
        }
        #expect(store.heldCommits == 4)
        #expect(try await store.person("0") == nil)
        store.release(2)
        #expect(done.withLock { $0 } == [0, 1])
        #expect(try await store.person("1") != nil)
        #expect(try await store.person("2") == nil)
        // What was on its way when the power went is not there afterwards.
        let after = MemoryStore(reopening: store)
        #expect(try await after.person("1") != nil)
        #expect(try await after.person("2") == nil)
        store.release()
        #expect(done.withLock { $0 } == [0, 1, 2, 3])
        #expect(try await store.write(.insertPerson(Make.person("4"))).isStored)
    }

    @Test func `the executor says where callbacks run`() throws {
        let waiting = Locked<[@Sendable () -> Void]>([])
        let store = MemoryStore(executor: { call in waiting.withLock { $0.append(call) } })
        let isDone = Locked(false)
        store.commit([WriteUnit(.insertPerson(Make.person("a")))]) { _ in isDone.withLock { $0 = true } }
        #expect(!isDone.withLock { $0 })
        for call in waiting.withLock({ $0 }) { call() }
        #expect(isDone.withLock { $0 })
    }
}
