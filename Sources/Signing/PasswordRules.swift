public import Basics
internal import Foundation

/// What a password must be: long enough, and not so long that hashing it is an attack.
///
/// Nothing about its letters: such rules make passwords worse.
public enum PasswordRules {
    public static let charactersMin = Limit("password characters, at least", 12)
    public static let charactersMax = Limit("password characters, at most", 128)

    /// Why a new password is not taken.
    public enum Refusal: Error, Hashable, Sendable {
        case tooShort(Limit)
        case tooLong(Limit)
        /// The machine could not give the memory that a hash takes.
        case outOfMemory
    }

    public static func check(_ password: Redacted<String>) throws(Refusal) {
        let count = normalised(password).unicodeScalars.count
        guard count >= charactersMin.value else { throw .tooShort(charactersMin) }
        guard charactersMax.admits(count) else { throw .tooLong(charactersMax) }
    }

    /// One spelling for what two keyboards write in two: NFKC, and a character is a code point (NIST SP 800-63B §5.1.1.2).
    static func normalised(_ password: Redacted<String>) -> String {
        let text = password.reveal()
        return text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCompatibilityMapping
    }
}
