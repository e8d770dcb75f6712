internal import GRDB
package import Storage

// What SQLite's result codes mean for a store.
extension StoreError {
    /// An error while statements ran, before anything was confirmed.
    package init(_ error: any Error, in path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self = Self.meaning(of: error, in: path)
        default: self = .unavailable("unexpected: \(type(of: error))")
        }
    }

    /// An error of the commit itself: unless SQLite says that it rolled back, nobody knows how it ended.
    package init(committing error: any Error, in path: String) {
        self.init(error, in: path)
        switch self {
        case .full, .damaged, .closed, .uncertain: return
        case .unavailable(let why): self = .uncertain(why)
        }
    }

    private static func meaning(of error: DatabaseError, in path: String) -> StoreError {
        switch error.resultCode.primaryResultCode {
        case .SQLITE_FULL: .full
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damagedFile(path, error.message ?? "SQLite error \(error.resultCode)")
        // A disk that fails once is not to be trusted with the next commit.
        case .SQLITE_IOERR: .uncertain("the disk failed under \(path) (SQLite error \(error.extendedCode))")
        default: .unavailable("SQLite error \(error.extendedCode): \(error.message ?? "no reason given")")
        }
    }

    static func damagedFile(_ path: String, _ why: String) -> StoreError {
        .damaged("\(path) is damaged (\(why)): keep it, and bring back the newest backup with `switchboard restore`")
    }

    /// Whether the store can go on after it.
    package var isFinal: Bool {
        switch self {
        case .uncertain, .damaged: true
        case .full, .unavailable, .closed: false
        }
    }
}

extension DatabaseError {
    fileprivate var extendedCode: Int32 { extendedResultCode.rawValue }
    var isConstraint: Bool { resultCode.primaryResultCode == .SQLITE_CONSTRAINT }
}
