/// Why a request is not taken for what it says it is.
///
/// For counters and operators. The sender gets one answer for all of them: 401 without detail.
public enum SignatureRefusal: Error, Hashable, Sendable, CaseIterable {
    /// A header or the body digest that the scheme needs is not there.
    case missing
    /// A header is there and cannot be read.
    case malformed
    /// No usable secret is configured for this source.
    case noSecret
    /// The request names a key that we do not have.
    case unknownKey
    /// The request names an algorithm that we do not take.
    case unsupportedAlgorithm
    /// Signed longer ago than the replay window.
    case tooOld
    /// Signed further ahead than the replay window.
    case tooNew
    /// The body is not the one whose digest was signed.
    case wrongBody
    /// No secret of ours makes this signature.
    case forged
}
