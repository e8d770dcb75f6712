internal import Basics
internal import Foundation
internal import GRDB
internal import Storage

/// The columns of one row, read from left to right.
///
/// The tables are STRICT, so that a column of the wrong type cannot be; a word that no enumeration knows can, and is damage.
struct Columns {
    private let row: Row
    private var index = 0
    init(_ row: Row) { self.row = row }

    private mutating func next() -> Int {
        defer { index += 1 }
        return index
    }

    mutating func text() -> String { row[next()] }
    mutating func textIfAny() -> String? { row[next()] }
    mutating func integer() -> Int64 { row[next()] }
    mutating func integerIfAny() -> Int64? { row[next()] }
    mutating func flag() -> Bool { integer() != 0 }
    mutating func time() -> Timestamp { Timestamp(milliseconds: integer()) }
    mutating func timeIfAny() -> Timestamp? { integerIfAny().map(Timestamp.init(milliseconds:)) }
    mutating func id<Entity>() -> Identifier<Entity> { Identifier(text()) }
    mutating func idIfAny<Entity>() -> Identifier<Entity>? { textIfAny().map { Identifier($0) } }
    mutating func bytes() -> [UInt8] { [UInt8](row[next()] as Data) }

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
