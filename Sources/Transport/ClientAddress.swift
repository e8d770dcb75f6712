internal import Glibc

/// An IPv4 or IPv6 address as bytes; an IPv4-mapped IPv6 address is the IPv4 one.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 4 or 16 bytes in network order.
    public let bytes: [UInt8]

    /// Reads the numeric text of an address; brackets, ports and zones are not part of it.
    public init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            self.init(unsafe withUnsafeBytes(of: &four) { unsafe Array($0) })
        } else if unsafe inet_pton(AF_INET6, text, &six) == 1 {
            self.init(unsafe withUnsafeBytes(of: &six) { unsafe Array($0) })
        } else {
            return nil
        }
    }

    private init(_ raw: [UInt8]) {
        let isMapped = raw.count == 16 && raw.prefix(10).allSatisfy { $0 == 0 } && raw[10] == 0xFF && raw[11] == 0xFF
        bytes = isMapped ? Array(raw.suffix(4)) : raw
    }

    init?(_ storage: inout sockaddr_storage) {
        switch Int32(storage.ss_family) {
        case AF_INET:
            self.init(unsafe withUnsafeBytes(of: &storage) { unsafe Array($0[4..<8]) })
        case AF_INET6:
            self.init(unsafe withUnsafeBytes(of: &storage) { unsafe Array($0[8..<24]) })
        default: return nil
        }
    }

    public var description: String {
        guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let length = text.count
        unsafe inet_ntop(AF_INET6, bytes, &text, socklen_t(length))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whose limit it counts against: the IPv4 address, or the IPv6 /64, which is what one household gets.
    public var network: String {
        guard bytes.count == 16 else { return description }
        let half = stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
        return half.joined(separator: ":") + "::/64"
    }
}

/// A block of addresses such as `10.0.0.0/8`; a lone address is a block of one.
public struct AddressRange: Hashable, Sendable {
    private let base: IPAddress
    private let prefixBits: Int

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let base = IPAddress(String(parts[0])) else { return nil }
        let most = base.bytes.count * 8
        let bits = parts.count == 2 ? Int(parts[1]) : most
        guard let bits, (0...most).contains(bits) else { return nil }
        self.base = base
        prefixBits = bits
    }

    public func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == base.bytes.count else { return false }
        var left = prefixBits
        for (mine, theirs) in zip(base.bytes, address.bytes) where left > 0 {
            let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(left))
            guard mine & mask == theirs & mask else { return false }
            left -= 8
        }
        return true
    }
}

/// Who is really asking.
struct ClientAddress {
    /// The peer, or, when the peer is a trusted proxy, the right-most hop that is not one.
    ///
    /// Everything to the left of that hop is the client's own claim. A hop that is no address ends the walk: the last
    /// proxy that said something readable is then all we know.
    static func resolve(peer: IPAddress, forwardedFor: String?, trusted: [AddressRange]) -> IPAddress {
        guard isTrusted(peer, trusted), let forwardedFor else { return peer }
        var known = peer
        for hop in forwardedFor.split(separator: ",").reversed() {
            guard let address = IPAddress(String(hop.trimmingSpaces)) else { break }
            known = address
            if !isTrusted(address, trusted) { break }
        }
        return known
    }

    static func isTrusted(_ address: IPAddress, _ trusted: [AddressRange]) -> Bool {
        trusted.contains { $0.contains(address) }
    }
}

extension Substring {
    /// Without the spaces and tabs around it.
    var trimmingSpaces: Substring {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
