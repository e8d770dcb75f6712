internal import Basics
internal import GRDBSQLite
internal import Storage

/// The columns of one row, read from left to right.
///
/// The tables are STRICT, so that a column of the wrong type cannot be; a word that no enumeration knows can, and is damage.
struct Columns {
    private let statement: OpaquePointer
    private var index: Int32 = 0
    init(_ statement: OpaquePointer) { self.statement = statement }

    private mutating func next() -> Int32 {
        defer { index += 1 }
        return index
    }

    mutating func text() -> String { textIfAny() ?? "" }

    mutating func textIfAny() -> String? {
        let column = next()
        guard let start = sqlite3_column_text(statement, column) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    mutating func integer() -> Int64 { sqlite3_column_int64(statement, next()) }

    mutating func integerIfAny() -> Int64? {
        let column = next()
        return sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : sqlite3_column_int64(statement, column)
    }

    mutating func bytes() -> [UInt8] {
        let column = next()
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    mutating func flag() -> Bool { integer() != 0 }
    mutating func time() -> Timestamp { Timestamp(milliseconds: integer()) }
    mutating func timeIfAny() -> Timestamp? { integerIfAny().map(Timestamp.init(milliseconds:)) }
    mutating func id<Entity>() -> Identifier<Entity> { Identifier(text()) }
    mutating func idIfAny<Entity>() -> Identifier<Entity>? { textIfAny().map { Identifier($0) } }

    mutating func choice<Choice: RawRepresentable<String>>() throws -> Choice {
        try Self.known(Choice(rawValue: text()))
    }

    mutating func choiceIfAny<Choice: RawRepresentable<String>>() throws -> Choice? {
        guard let text = textIfAny() else { return nil }
        return try Self.known(Choice(rawValue: text))
    }

    mutating func numberedIfAny<Choice: RawRepresentable<Int>>() throws -> Choice? {
        guard let number = integerIfAny() else { return nil }
        return try Self.known(Choice(rawValue: Int(number)))
    }

    static func known<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw StoreError.damaged("a \(Value.self) in the database is none that we write") }
        return value
    }
}
