public import Basics
public import Signing

/// Why a carrier's request is not taken, or not understood.
///
/// It names fields and limits and never holds a value of the request, so it may be logged and stored as a note.
public enum CarrierRefusal: Error, Hashable, Sendable {
    /// The sender is told 401 and nothing else; the reason is for counters and operators.
    case unauthenticated(SignatureRefusal)
    /// The body is not what its content type says.
    case malformed
    case tooLarge(Limit)
    case missing(field: String)
    case badValue(field: String)

    /// A word for counters and logs that is never renamed.
    public var code: String {
        switch self {
        case .unauthenticated: "unauthenticated"
        case .malformed: "malformed"
        case .tooLarge: "too_large"
        case .missing: "missing"
        case .badValue: "bad_value"
        }
    }

    /// What the refusal is about: a field, a limit, or the reason of the signature check.
    public var detail: String? {
        switch self {
        case .unauthenticated(let reason): "\(reason)"
        case .malformed: nil
        case .tooLarge(let limit): limit.name
        case .missing(let field), .badValue(let field): field
        }
    }
}
