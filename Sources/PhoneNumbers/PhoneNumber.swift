/// What a piece of text says about who is at the other end of a line.
///
/// A number is somebody's: printing one shows its kind and nothing else.
public struct PhoneNumber: Hashable, Sendable {

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case mobile
        case fixed
        /// The number does not tell which, as in North America.
        case fixedOrMobile
        case tollFree
        case premium
        case voip
        /// Valid, and none of the above: shared cost, personal, pager, company number.
        case other
        /// A short code of the network: an emergency number, a bank's hotline.
        case short
        /// An extension of the house, or the name of a softphone.
        case `internal`
        /// The caller does not say.
        case anonymous
        /// No number that the rules know.
        case invalid
    }

    /// The text as it came.
    public let raw: String
    /// The number as the world dials it; never for short codes and extensions.
    ///
    /// An `invalid` number may have one: written with its country, of the right length, in a range that the rules do not
    /// know. Ranges are opened faster than rules are updated, and the same text still finds the same person.
    public let e164: String?
    public let `extension`: String?
    /// The country of the number (ISO 3166), or of the line for what is known there only.
    public let region: String?
    public let kind: Kind
    public let countryCode: Int?
    /// The digits within the country, without the trunk prefix; of a short code or an extension, all there is.
    public let nationalNumber: String?
    /// The rules that read it: other rules may read another number, and then old answers are to be read again.
    public let ruleset: String

    /// The last eight digits within the country, or seven if there are no more: enough to suspect, not to know.
    public var last8: String? {
        guard kind.isDialledFromOutside, let nationalNumber, nationalNumber.utf8.count >= 7 else { return nil }
        return String(nationalNumber.suffix(8))
    }

    /// Whether the rules know this number.
    public var isValid: Bool { kind.isDialledFromOutside && kind != .invalid }
}

extension PhoneNumber.Kind {
    var isDialledFromOutside: Bool {
        switch self {
        case .mobile, .fixed, .fixedOrMobile, .tollFree, .premium, .voip, .other, .invalid: true
        case .short, .internal, .anonymous: false
        }
    }
}

extension PhoneNumber {

    /// The number with its middle hidden, for people who may know that it is the same one: `+86 138****8000`.
    ///
    /// Not for logs: there a number is not written at all.
    public var masked: String {
        switch kind {
        case .anonymous: return ""
        case .short, .internal: return nationalNumber ?? ""
        default: break
        }
        guard let digits = nationalNumber else { return "" }
        let (head, tail) =
            switch digits.utf8.count {
            case 10...: (3, 4)
            case 7...: (2, 2)
            default: (0, 0)
            }
        let text = digits.prefix(head) + Self.hidden + digits.suffix(tail)
        guard e164 != nil, let countryCode else { return String(text) }
        return "+\(countryCode) \(text)"
    }

    private static let hidden = "****"
}

extension PhoneNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "•••(\(kind.rawValue))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
