/// A name for one thing of the kind `Entity`, such as a person or a call.
///
/// The text is opaque. Ours are ULIDs: 26 characters of Crockford base 32 that sort by the time they were made.
public struct Identifier<Entity>: Hashable, Comparable, Sendable, RawRepresentable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension Identifier: Codable {
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

private let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

extension Identifier {

    /// A fresh ULID: 48 bits of time, 80 bits of randomness.
    public static func make(at now: Timestamp, using random: inout some RandomNumberGenerator) -> Self {

        let time = UInt64(max(0, now.milliseconds))
        let high = random.next() as UInt64
        let low = random.next() as UInt64
        let text = unsafe String(unsafeUninitializedCapacity: 26) { buffer in
            for index in 0..<10 { unsafe buffer[index] = alphabet[Int((time >> (45 - 5 * UInt64(index))) & 31)] }
            for index in 0..<8 {
                unsafe buffer[10 + index] = alphabet[Int((high >> (5 * UInt64(index))) & 31)]
                unsafe buffer[18 + index] = alphabet[Int((low >> (5 * UInt64(index))) & 31)]
            }
            return 26
        }
        return Self(text)
    }
}

/// A name for one open socket, unique for the life of the process.
public struct ConnectionID: Hashable, Sendable {
    public let rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
}
