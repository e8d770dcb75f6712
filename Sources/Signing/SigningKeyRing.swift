public import Basics

/// The keys that our own tokens are signed with: one is current, the others are still believed.
public struct SigningKeyRing: Sendable {
    public static let keyBytesMin = Limit("signing key bytes, at least", 32)
    public static let keyIDBytesMax = Limit("signing key id bytes", 32)

    public let current: String
    private let keys: [String: Redacted<[UInt8]>]

    /// Nothing if the current key is not among them, a key is short, or an id is not made of letters, digits, `-` and `_`.
    public init?(_ keys: [String: Redacted<[UInt8]>], current: String) {
        guard keys[current] != nil else { return nil }
        for (id, key) in keys {
            guard Self.isKeyID(id), key.reveal().count >= Self.keyBytesMin.value else { return nil }
        }
        self.keys = keys
        self.current = current
    }

    func key(_ id: String) -> [UInt8]? { keys[id]?.reveal() }

    var currentKey: [UInt8] {
        guard let key = key(current) else { preconditionFailure("a ring always has its current key") }
        return key
    }

    private static func isKeyID(_ text: String) -> Bool {
        !text.isEmpty && keyIDBytesMax.admits(text.utf8.count)
            && text.utf8.allSatisfy { unit in
                switch unit {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
