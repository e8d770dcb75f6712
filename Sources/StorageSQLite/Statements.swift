internal import GRDB
internal import GRDBSQLite

// The little that the slices of the store need of SQL: GRDB prepares and keeps the statements, and here values go in
// and columns come out without a detour. Through GRDB's arguments and rows each append cost half as much again as
// SQLite itself.

extension Database {
    /// Begins and ends transactions and savepoints; GRDB has to know of these.
    func control(_ sql: String) throws { try cachedStatement(sql: sql).execute() }

    func run(_ sql: String, _ values: any Bindable...) throws { try run(sql, values) }

    func run(_ sql: String, _ values: [any Bindable]) throws {
        try stepping(sql, values) { while try $0.next() {} }
    }

    /// The first row, or nil when there is none.
    func first<Result>(
        _ sql: String,
        _ values: any Bindable...,
        read: (inout Columns) throws -> Result
    ) throws -> Result? {
        try first(sql, values, read: read)
    }

    func first<Result>(
        _ sql: String,
        _ values: [any Bindable],
        read: (inout Columns) throws -> Result
    ) throws -> Result? {
        try stepping(sql, values) { rows in
            guard try rows.next() else { return nil }
            var columns = rows.columns
            return try read(&columns)
        }
    }

    func all<Result>(
        _ sql: String,
        _ values: any Bindable...,
        read: (inout Columns) throws -> Result
    ) throws -> [Result] {
        try all(sql, values, read: read)
    }

    /// All rows.
    ///
    /// `read` must not run the same statement again: a prepared statement has one cursor.
    func all<Result>(
        _ sql: String,
        _ values: [any Bindable],
        read: (inout Columns) throws -> Result
    ) throws -> [Result] {
        try stepping(sql, values) { rows in
            var results: [Result] = []
            while try rows.next() {
                var columns = rows.columns
                results.append(try read(&columns))
            }
            return results
        }
    }

    func exists(_ sql: String, _ values: any Bindable...) throws -> Bool {
        try first(sql, values) { _ in true } ?? false
    }

    func count(_ sql: String, _ values: any Bindable...) throws -> Int64 {
        try first(sql, values) { $0.integer() } ?? 0
    }

    private func stepping<Result>(
        _ sql: String,
        _ values: [any Bindable],
        _ body: (Rows) throws -> Result
    ) throws -> Result {
        let statement = try cachedStatement(sql: sql)
        let handle = statement.sqliteStatement
        precondition(sqlite3_stmt_busy(handle) == 0, "a statement is run again while its rows are read")
        precondition(
            sqlite3_bind_parameter_count(handle) == values.count,
            "a statement is given other values than it asks for"
        )
        defer { sqlite3_reset(handle) }
        for (index, value) in values.enumerated() {
            let code = value.bind(to: handle, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw error(code, in: sql) }
        }
        return try body(Rows(handle: handle, database: self, sql: sql))
    }

    fileprivate func error(_ code: Int32, in sql: String) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: lastErrorMessage, sql: sql)
    }
}

/// The rows of a statement that runs.
private struct Rows {
    let handle: OpaquePointer
    let database: Database
    let sql: String

    var columns: Columns { Columns(handle) }

    func next() throws -> Bool {
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw database.error(code, in: sql)
        }
    }
}
