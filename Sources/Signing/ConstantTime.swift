internal import COpenSSL

/// Comparison that takes the same time wherever the difference is.
public enum ConstantTime {

    /// Whether both are the same bytes; different lengths differ at once.
    ///
    /// The corresponding C function is `CRYPTO_memcmp`.
    public static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        return unsafe CRYPTO_memcmp(a, b, a.count) == 0
    }

    /// The same for texts, byte by byte: Swift's own `==` also calls two spellings of one letter equal.
    public static func equal(_ a: String, _ b: String) -> Bool { equal(Array(a.utf8), Array(b.utf8)) }
}
