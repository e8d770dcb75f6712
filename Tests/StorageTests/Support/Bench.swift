import Basics
import Domain
import Foundation
import Storage
import StorageSQLite

/// The kinds of memory; whatever a store promises, all of them keep.
enum Kind: String, CaseIterable, CustomStringConvertible, Sendable {
    case sqlite, memory
    var description: String { rawValue }
}

/// A store of one kind that can be closed and opened again, in a folder of its own.
final class Bench {
    let kind: Kind
    let folder: Folder
    private(set) var store: any Store
    /// What lists take for the present.
    static let now = Make.start + .hours(1)

    init(_ kind: Kind) throws {
        self.kind = kind
        folder = try Folder()
        store =
            switch kind {
            case .sqlite: try Self.open(folder)
            case .memory: MemoryStore(clock: { Self.now })
            }
    }

    deinit { store.close() }

    var path: String { folder.file("store.sqlite") }

    /// As after a restart of the process.
    func reopen() throws {
        store.close()
        if let memory = store as? MemoryStore {
            store = MemoryStore(reopening: memory)
        } else {
            store = try Self.open(folder)
        }
    }

    /// As after a restore from a backup that was made now.
    func restore() throws {
        if let memory = store as? MemoryStore {
            store = MemoryStore(reopening: memory, epoch: memory.epoch + "'")
            return
        }
        try SQLiteStore.backup(from: path, to: folder.file("backup"))
        store.close()
        try SQLiteStore.restore(backup: folder.file("backup"), to: path)
        store = try Self.open(folder)
    }

    private static func open(_ folder: Folder) throws -> SQLiteStore {
        try SQLiteStore.open(path: folder.file("store.sqlite"), logger: .silent, clock: { now })
    }
}

// What a test expects an answer to be; anything else fails it with what came instead.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ value: Any) { description = "\(value)" }
}

extension UnitOutcome {
    var events: [LogEvent] {
        get throws {
            guard case .stored(let outcomes) = self else { throw Unexpected(self) }
            return outcomes.flatMap { if case .events(let events, _) = $0 { events } else { [LogEvent]() } }
        }
    }

    var conversation: Conversation {
        get throws {
            guard case .stored(let outcomes) = self,
                let found = outcomes.compactMap({ if case .events(_, let it) = $0 { it } else { nil } }).last
            else { throw Unexpected(self) }
            return found
        }
    }

    var isStored: Bool { if case .stored = self { true } else { false } }
}

extension Store {
    func conversation(_ id: String) async throws -> Conversation? {
        guard case .conversation(let found) = try await read(.conversation(ConversationID(id))) else {
            throw Unexpected("conversation")
        }
        return found
    }

    func events(_ id: String) async throws -> [LogEvent] {
        guard case .events(let events, _) = try await read(.events(ConversationID(id), before: nil, limit: 10_000))
        else { throw Unexpected("events") }
        return events
    }

    func ids(_ query: Query) async throws -> [String] {
        switch try await read(query) {
        case .conversations(let found, _): found.map(\.id.rawValue)
        case .people(let found, _): found.map(\.person.id.rawValue)
        case .candidates(let found): found.map(\.person.id.rawValue)
        case .deliveries(let found): found.map(\.id.rawValue)
        case .visitors(let found): found.map(\.rawValue)
        case let other: throw Unexpected(other)
        }
    }

    func person(_ id: String) async throws -> Person? {
        guard case .person(let found) = try await read(.person(PersonID(id))) else { throw Unexpected("person") }
        return found
    }

    func card(_ id: String) async throws -> PersonCard {
        guard case .card(let found?) = try await read(.card(PersonID(id))) else { throw Unexpected("card") }
        return found
    }

    func isVisible(_ person: String, _ scope: Scope) async throws -> Bool {
        guard case .flag(let flag) = try await read(.isVisible(PersonID(person), scope, now: Bench.now)) else {
            throw Unexpected("flag")
        }
        return flag
    }
}
