internal import GRDB

/// How the file is opened: once to write, elsewhere to read alone.
///
/// Transactions are ended by us; GRDB would end the process over one that a failing disk kept open.
enum Connection {
    static func writer(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "switchboard-writer"
        configuration.allowsUnsafeTransactions = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// A database that serves is in WAL mode; a backup is one file alone.
    static func reader(_ path: String, mustBeLive: Bool = true) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "switchboard-reader"
        configuration.readonly = true
        configuration.allowsUnsafeTransactions = true
        let database = try DatabaseQueue(path: path, configuration: configuration)
        if mustBeLive { try database.unsafeRead(Pragmas.applyToReader) }
        return database
    }
}
