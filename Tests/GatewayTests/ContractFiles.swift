import Foundation

/// A JSON text as a tree, to look around in the files of `Protocols`.
indirect enum JSONTree: Hashable, Codable {
    case object([String: JSONTree])
    case array([JSONTree])
    case text(String)
    case integer(Int64)
    case number(Double)
    case bool(Bool)
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode([String: JSONTree].self) {
            self = .object(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .array(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else {
            self = .null
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .bool(let value): try container.encode(value)
        case .null: try container.encodeNil()
        }
    }

    /// The member of that name; a missing one, or one of something that is no object, is null.
    subscript(name: String) -> JSONTree { members[name] ?? .null }

    var members: [String: JSONTree] { if case .object(let value) = self { value } else { [:] } }
    var elements: [JSONTree] { if case .array(let value) = self { value } else { [] } }
    var text: String? { if case .text(let value) = self { value } else { nil } }
    var texts: [String] { elements.compactMap(\.text) }
    var bytes: [UInt8] { get throws { try Array(JSONEncoder().encode(self)) } }
}

/// The files that say to the outside what the code does.
enum ContractFiles {
    static func read(_ path: String) throws -> JSONTree {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try JSONDecoder().decode(
            JSONTree.self,
            from: Data(contentsOf: root.appending(path: "Protocols/" + path))
        )
    }

    static func tree(_ json: String) throws -> JSONTree {
        try JSONDecoder().decode(JSONTree.self, from: Data(json.utf8))
    }

    static func schema(_ name: String) throws -> JSONTree { try read("schemas/\(name).json")["$defs"] }

    /// The frames of `asyncapi.json` whose names begin so, with the payloads of their examples.
    static func examples(_ prefix: String) throws -> [String: [JSONTree]] {
        var result: [String: [JSONTree]] = [:]
        for (name, message) in try read("asyncapi.json")["components"]["messages"].members
        where name.hasPrefix(prefix + ".") {
            result[name.dropFirst(prefix.count + 1).description] = message["examples"].elements.map { $0["payload"] }
        }
        return result
    }
}
