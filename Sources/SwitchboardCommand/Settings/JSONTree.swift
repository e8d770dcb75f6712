internal import Foundation

/// A JSON document as it was written, before anybody asked what it should be.
enum JSONTree: Hashable, Decodable {
    case object([String: JSONTree])
    case array([JSONTree])
    case text(String)
    case integer(Int)
    case number(Double)
    case bool(Bool)
    case null

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let integer = try? value.decode(Int.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let array = try? value.decode([JSONTree].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSONTree].self))
        }
    }

    /// Reads a document; comments and trailing commas are welcome, since people write it.
    init(reading data: Data) throws(SettingProblem) {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        do {
            self = try decoder.decode(JSONTree.self, from: data)
        } catch {
            throw SettingProblem(path: "", value: nil, reason: Self.explanation(error))
        }
    }

    private static func explanation(_ error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context)? = error as? DecodingError else { return "is no JSON" }
        let cause = (context.underlyingError as NSError?)?.userInfo[NSDebugDescriptionErrorKey] as? String
        return "is no JSON: " + (cause ?? context.debugDescription)
    }

    subscript(path: String) -> JSONTree? {
        path.split(separator: ".").reduce(Optional(self)) { node, part in
            guard let bracket = part.firstIndex(of: "[") else { return node?.member(String(part)) }
            let index = Int(part[part.index(after: bracket)...].dropLast())
            guard case .array(let elements)? = node?.member(String(part[..<bracket])), let index,
                elements.indices.contains(index)
            else { return nil }
            return elements[index]
        }
    }

    private func member(_ name: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// As an error shows it.
    var shown: String {
        switch self {
        case .object: "{…}"
        case .array(let elements): "[" + elements.map(\.shown).joined(separator: ", ") + "]"
        case .text(let text): "\"\(text)\""
        case .integer(let integer): String(integer)
        case .number(let number): String(number)
        case .bool(let bool): String(bool)
        case .null: "null"
        }
    }
}
