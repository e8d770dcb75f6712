internal import Foundation
internal import Logging
internal import Storage
internal import StorageSQLite

/// Opens the store of a data folder, and says in words why not.
enum StoreFile {
    static func open(
        _ data: DataFolder,
        logger: Logger = Logger(label: "switchboard.store")
    ) throws(CommandFailure)
        -> SQLiteStore
    {
        if data.isServed {
            let pid = RunningServer.find(in: data).map { " (process \($0.pid))" } ?? ""
            throw CommandFailure(.temporary, "\(data.storeFile) is served by another switchboard already\(pid)")
        }
        do {
            return try SQLiteStore.open(path: data.storeFile, logger: logger)
        } catch {
            throw CommandFailure(error, file: data.storeFile)
        }
    }
}

extension CommandFailure {
    /// What a store that does not open means for the process.
    init(_ error: any Error, file: String) {
        switch error as? StoreError {
        case .damaged(let why)?: self.init(.configuration, why)
        case .full?: self.init(.temporary, "the disk under \(file) is full: make room, then start again")
        case .uncertain(let why)?: self.init(.temporary, why)
        case .unavailable(let why)?: self.init(.configuration, why)
        case .closed?, nil: self.init(.temporary, "\(file) cannot be opened")
        }
    }
}

extension Store {
    /// Commits units, and waits.
    func commit(_ units: [WriteUnit]) async throws(StoreError) -> [UnitOutcome] {
        let result = await withCheckedContinuation { continuation in
            commit(units) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    /// Asks, and waits.
    func ask(_ queries: [Query]) async throws(StoreError) -> [Answer] {
        let result = await withCheckedContinuation { continuation in
            ask(queries) { continuation.resume(returning: $0) }
        }
        return try result.get()
    }
}
