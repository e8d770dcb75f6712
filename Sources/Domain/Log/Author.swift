public import Basics

public enum ClientMessage {}
/// The name that an author gives to something it wants done once; unique for that author for ever.
public typealias ClientMessageID = Identifier<ClientMessage>

extension ClientMessageID {
    public static let lengthBounds = 16...64

    /// A `cid` as clients may write it: 16 to 64 of `[A-Za-z0-9_-]`.
    public init?(checking text: String) {
        guard Self.lengthBounds.contains(text.utf8.count) else { return nil }
        for unit in text.utf8 {
            switch unit {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                continue
            default: return nil
            }
        }
        self.init(text)
    }
}

/// Whose deed an event records.
public enum Author: Hashable, Sendable {
    case visitor(VisitorID)
    case rep(RepID)
    case carrier(String)
    case system

    /// The form that the store keeps: `v:…`, `r:…`, `c:…` or `s`.
    public var key: String {
        switch self {
        case .visitor(let id): "v:" + id.rawValue
        case .rep(let id): "r:" + id.rawValue
        case .carrier(let name): "c:" + name
        case .system: "s"
        }
    }

    public init?(key: String) {
        if key == "s" {
            self = .system
            return
        }
        let name = String(key.dropFirst(2))
        switch key.prefix(2) {
        case "v:": self = .visitor(VisitorID(name))
        case "r:": self = .rep(RepID(name))
        case "c:": self = .carrier(name)
        default: return nil
        }
    }
}
