/// Why the site's word for its user is not taken.
public enum IdentityRefusal: Error, Hashable, Sendable, CaseIterable {
    case malformed
    case unsupportedAlgorithm
    /// No secret of 32 bytes or more is configured.
    case noSecret
    case forged
    /// The proof is for another inbox.
    case wrongAudience
    case expired
    /// Issued further ahead than two clocks may differ.
    case notYetValid
    /// Valid for longer than an hour, or for no time at all.
    case wrongLifetime
}
