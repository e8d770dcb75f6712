/// Why a token of ours is not accepted.
public enum TokenRefusal: Error, Hashable, Sendable, CaseIterable {
    case malformed
    /// Signed with a key that the ring does not hold (any more).
    case unknownKey
    case forged
    case expired
    /// Issued further ahead than two clocks may differ.
    case notYetValid
}
