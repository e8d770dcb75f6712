public import Basics

/// What a visitor's browser shows to be the same visitor again: an id of ours, for one inbox, for a while.
///
/// As a payload: length (4 bytes, big-endian) and UTF-8 of the visitor, the same of the inbox, then both times in
/// milliseconds (8 bytes each). Two different tokens never have the same bytes.
public struct VisitorToken: Hashable, Sendable {
    /// How far the clocks of two gateways may differ.
    public static let clockSkewMax = Span.seconds(60)

    public let visitor: String
    public let inbox: String
    public let issuedAt: Timestamp
    public let expiresAt: Timestamp

    public init(visitor: String, inbox: String, issuedAt: Timestamp, expiresAt: Timestamp) {
        self.visitor = visitor
        self.inbox = inbox
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }

    /// The text for the browser.
    public func encode(with ring: SigningKeyRing) -> String { SignedToken.seal(payload, with: ring) }

    /// Reads a token that we signed and that is valid `now`; whether it is for the right inbox is the caller's question.
    public static func decode(
        _ text: String,
        with ring: SigningKeyRing,
        now: Timestamp
    ) throws(TokenRefusal) -> VisitorToken {
        let payload = try SignedToken.open(text, with: ring)
        guard let token = VisitorToken(payload: payload) else { throw .malformed }
        guard now < token.expiresAt else { throw .expired }
        guard token.issuedAt <= now + clockSkewMax else { throw .notYetValid }
        return token
    }
}

extension VisitorToken {

    private var payload: [UInt8] {
        var bytes: [UInt8] = []
        for text in [visitor, inbox] {
            bytes += Self.bigEndian(UInt64(text.utf8.count), count: 4)
            bytes += Array(text.utf8)
        }
        for time in [issuedAt, expiresAt] {
            bytes += Self.bigEndian(UInt64(bitPattern: time.milliseconds), count: 8)
        }
        return bytes
    }

    private init?(payload: [UInt8]) {
        var rest = payload[...]
        guard let visitor = Self.takeText(&rest), let inbox = Self.takeText(&rest),
            let issuedAt = Self.takeNumber(&rest, count: 8), let expiresAt = Self.takeNumber(&rest, count: 8),
            rest.isEmpty
        else { return nil }
        self.init(
            visitor: visitor,
            inbox: inbox,
            issuedAt: Timestamp(milliseconds: Int64(bitPattern: issuedAt)),
            expiresAt: Timestamp(milliseconds: Int64(bitPattern: expiresAt))
        )
    }

    private static func takeText(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let count = takeNumber(&rest, count: 4), count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return String(validating: rest.prefix(Int(count)), as: UTF8.self)
    }

    private static func takeNumber(_ rest: inout ArraySlice<UInt8>, count: Int) -> UInt64? {
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func bigEndian(_ value: UInt64, count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    }
}
