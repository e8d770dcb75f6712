internal import Basics
internal import GRDB

// The little that the slices of the store need of SQL: prepared statements from GRDB's cache, values in, columns out.

/// A value that a statement can be given.
protocol Bindable { var bound: DatabaseValue { get } }

extension String: Bindable { var bound: DatabaseValue { databaseValue } }
extension Int: Bindable { var bound: DatabaseValue { databaseValue } }
extension Int64: Bindable { var bound: DatabaseValue { databaseValue } }
extension Bool: Bindable { var bound: DatabaseValue { databaseValue } }
extension Timestamp: Bindable { var bound: DatabaseValue { milliseconds.databaseValue } }
extension Identifier: Bindable { var bound: DatabaseValue { rawValue.databaseValue } }
extension Optional: Bindable where Wrapped: Bindable { var bound: DatabaseValue { self?.bound ?? .null } }

extension Database {
    func run(_ sql: String, _ values: any Bindable...) throws { try run(sql, values) }

    func run(_ sql: String, _ values: [any Bindable]) throws {
        try cachedStatement(sql: sql).execute(arguments: StatementArguments(values.map(\.bound)))
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
        let rows = try Row.fetchCursor(
            cachedStatement(sql: sql),
            arguments: StatementArguments(values.map(\.bound))
        )
        guard let row = try rows.next() else { return nil }
        var columns = Columns(row)
        return try read(&columns)
    }

    func all<Result>(
        _ sql: String,
        _ values: any Bindable...,
        read: (inout Columns) throws -> Result
    ) throws -> [Result] {
        try all(sql, values, read: read)
    }

    /// All rows. `read` must not run the same statement again: a cached statement has one cursor.
    func all<Result>(
        _ sql: String,
        _ values: [any Bindable],
        read: (inout Columns) throws -> Result
    ) throws -> [Result] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: sql),
            arguments: StatementArguments(values.map(\.bound))
        )
        var results: [Result] = []
        while let row = try rows.next() {
            var columns = Columns(row)
            results.append(try read(&columns))
        }
        return results
    }

    func exists(_ sql: String, _ values: any Bindable...) throws -> Bool {
        try first(sql, values) { _ in true } ?? false
    }

    func count(_ sql: String, _ values: any Bindable...) throws -> Int64 {
        try first(sql, values) { $0.integer() } ?? 0
    }
}
