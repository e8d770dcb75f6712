internal import Basics

/// A JSON text, with numbers as they were written.
indirect enum JSONValue: Hashable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

/// Reads JSON strictly (RFC 8259), within limits, from bytes that anybody may have sent.
///
/// Refused besides what the RFC refuses: a name twice in one object, half of a surrogate pair, a depth or size over the
/// limits. The depth limit is what keeps the recursion off the end of the stack.
struct JSONReader {
    static let depthMax = Limit("JSON depth", 32)
    static let keysMax = Limit("JSON keys", 1_000)
    static let elementsMax = Limit("JSON array elements", 1_000)
    static let stringBytesMax = Limit("JSON string bytes", 64 * 1_024)

    private let units: [UInt8]
    private var place = 0
    private var keys = 0
    private var elements = 0

    static func read(_ bytes: [UInt8]) throws(CarrierRefusal) -> JSONValue {
        var reader = JSONReader(units: bytes)
        let value = try reader.value(depth: 1)
        reader.skipSpace()
        guard reader.place == bytes.count else { throw .malformed }
        return value
    }

    private init(units: [UInt8]) { self.units = units }

    private mutating func value(depth: Int) throws(CarrierRefusal) -> JSONValue {
        guard Self.depthMax.admits(depth) else { throw .tooLarge(Self.depthMax) }
        skipSpace()
        guard place < units.count else { throw .malformed }
        switch units[place] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(CarrierRefusal) -> JSONValue {
        place += 1
        var members: [String: JSONValue] = [:]
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard place < units.count, units[place] == UInt8(ascii: "\"") else { throw .malformed }
            keys += 1
            guard Self.keysMax.admits(keys) else { throw .tooLarge(Self.keysMax) }
            let name = try string()
            guard take(":") else { throw .malformed }
            guard members.updateValue(try value(depth: depth + 1), forKey: name) == nil else { throw .malformed }
        } while take(",")
        guard take("}") else { throw .malformed }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(CarrierRefusal) -> JSONValue {
        place += 1
        var values: [JSONValue] = []
        if take("]") { return .array(values) }
        repeat {
            elements += 1
            guard Self.elementsMax.admits(elements) else { throw .tooLarge(Self.elementsMax) }
            values.append(try value(depth: depth + 1))
        } while take(",")
        guard take("]") else { throw .malformed }
        return .array(values)
    }

    private mutating func string() throws(CarrierRefusal) -> String {
        place += 1
        var text: [UInt8] = []
        while place < units.count {
            let unit = units[place]
            place += 1
            switch unit {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw .malformed }
                return string
            case UInt8(ascii: "\\"): text += try escape().utf8
            case 0..<32: throw .malformed
            default: text.append(unit)
            }
            guard Self.stringBytesMax.admits(text.count) else { throw .tooLarge(Self.stringBytesMax) }
        }
        throw .malformed
    }

    private mutating func escape() throws(CarrierRefusal) -> String {
        guard place < units.count else { throw .malformed }
        let unit = units[place]
        place += 1
        switch unit {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(unit))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return String(try scalar())
        default: throw .malformed
        }
    }

    private mutating func scalar() throws(CarrierRefusal) -> UnicodeScalar {
        let first = try fourHexDigits()
        var value = first
        if (0xD800..<0xDC00).contains(first) {
            guard place + 1 < units.count, units[place] == UInt8(ascii: "\\"), units[place + 1] == UInt8(ascii: "u")
            else { throw .malformed }
            place += 2
            let second = try fourHexDigits()
            guard (0xDC00..<0xE000).contains(second) else { throw .malformed }
            value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        }
        guard let scalar = UnicodeScalar(value) else { throw .malformed }
        return scalar
    }

    private mutating func fourHexDigits() throws(CarrierRefusal) -> UInt32 {
        guard place + 4 <= units.count,
            let bytes = ByteText.fromHex(String(decoding: units[place..<place + 4], as: UTF8.self)), bytes.count == 2
        else { throw .malformed }
        place += 4
        return UInt32(bytes[0]) << 8 | UInt32(bytes[1])
    }

    private mutating func number() throws(CarrierRefusal) -> String {
        let start = place
        if place < units.count, units[place] == UInt8(ascii: "-") { place += 1 }
        let whole = skipDigits()
        guard whole > 0, whole == 1 || units[place - whole] != UInt8(ascii: "0") else { throw .malformed }
        if place < units.count, units[place] == UInt8(ascii: ".") {
            place += 1
            guard skipDigits() > 0 else { throw .malformed }
        }
        if place < units.count, units[place] | 32 == UInt8(ascii: "e") {
            place += 1
            if place < units.count, units[place] == UInt8(ascii: "+") || units[place] == UInt8(ascii: "-") {
                place += 1
            }
            guard skipDigits() > 0 else { throw .malformed }
        }
        guard place - start <= 64 else { throw .malformed }
        return String(decoding: units[start..<place], as: UTF8.self)
    }

    private mutating func skipDigits() -> Int {
        let start = place
        while place < units.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(units[place]) { place += 1 }
        return place - start
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(CarrierRefusal) -> JSONValue {
        guard units[place...].starts(with: word.utf8) else { throw .malformed }
        place += word.utf8.count
        return value
    }

    private mutating func take(_ character: UnicodeScalar) -> Bool {
        skipSpace()
        guard place < units.count, units[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while place < units.count, [0x20, 0x0A, 0x0D, 0x09].contains(units[place]) { place += 1 }
    }
}
