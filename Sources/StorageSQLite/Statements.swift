internal import Basics
internal import GRDB

// The little that the slices of the store need of SQL: prepared statements from GRDB's cache, values in, columns out.

/// A value that a statement can be given.
protocol Bindable { var bound: (any DatabaseValueConvertible)? { get } }

extension String: Bindable { var bound: (any DatabaseValueConvertible)? { self } }
extension Int: Bindable { var bound: (any DatabaseValueConvertible)? { self } }
extension Int64: Bindable { var bound: (any DatabaseValueConvertible)? { self } }
extension Bool: Bindable { var bound: (any DatabaseValueConvertible)? { self } }
extension Timestamp: Bindable { var bound: (any DatabaseValueConvertible)? { milliseconds } }
extension Identifier: Bindable { var bound: (any DatabaseValueConvertible)? { rawValue } }
extension Optional: Bindable where Wrapped: Bindable {
    var bound: (any DatabaseValueConvertible)? { self?.bound }
}

extension StatementArguments {
    /// GRDB's way through a key path costs more than the statement.
    fileprivate init(bound values: [any Bindable]) { self.init(values.map { $0.bound }) }
}

extension Database {
    func run(_ sql: String, _ values: any Bindable...) throws { try run(sql, values) }

    func run(_ sql: String, _ values: [any Bindable]) throws {
        try cachedStatement(sql: sql).execute(arguments: StatementArguments(bound: values))
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
            arguments: StatementArguments(bound: values)
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

    /// All rows.
    ///
    /// `read` must not run the same statement again: a cached statement has one cursor.
    func all<Result>(
        _ sql: String,
        _ values: [any Bindable],
        read: (inout Columns) throws -> Result
    ) throws -> [Result] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: sql),
            arguments: StatementArguments(bound: values)
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
