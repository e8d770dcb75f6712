public import Basics
internal import CSodium

/// Passwords as Argon2id keeps them, in the PHC string format: `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`.
///
/// Every function here computes for as long as the cost says: call them off the loop, at most two at once.
public struct PasswordHash: Sendable {
    public let cost: PasswordCost
    /// What a guess is compared with when there is no such user, so that the answer takes the same time.
    private let dummy: String

    public init(cost: PasswordCost = .standard) {
        precondition(sodium_init() >= 0, "libsodium does not start")
        self.cost = cost
        guard let dummy = Self.compute(ByteText.hex(SecureRandom.bytes(16)), cost) else {
            preconditionFailure("no memory to hash passwords with")
        }
        self.dummy = dummy
    }

    /// The string to store for a new password, if the rules allow it.
    public func hash(_ password: Redacted<String>) throws(PasswordRules.Refusal) -> String {
        try PasswordRules.check(password)
        guard let text = Self.compute(PasswordRules.normalised(password), cost) else { throw .outOfMemory }
        return text
    }

    /// Whether `password` is the one that `stored` was made of; without a stored string the answer is no, at the same cost.
    public func verify(_ password: Redacted<String>, against stored: String?) -> Bool {
        var guess = PasswordRules.normalised(password)
        // Too long to be anybody's password. The work is done all the same, on something short.
        let isPossible = PasswordRules.charactersMax.admits(guess.unicodeScalars.count)
        if !isPossible { guess = "" }
        let matches = Self.matches(guess, stored ?? dummy)
        return matches && isPossible && stored != nil
    }

    /// Whether a stored string was made at another cost than today's, so that the next sign-in should store a new one.
    public func needsRehash(_ stored: String) -> Bool {
        unsafe crypto_pwhash_str_needs_rehash(stored, UInt64(cost.passes), cost.memoryBytes) != 0
    }
}

extension PasswordHash {

    private static func compute(_ password: String, _ cost: PasswordCost) -> String? {
        let bytes = password.utf8.map { CChar(bitPattern: $0) }
        let text = unsafe [CChar](unsafeUninitializedCapacity: Int(crypto_pwhash_STRBYTES)) { buffer, filled in
            let failed = unsafe crypto_pwhash_str_alg(
                buffer.baseAddress!,
                bytes,
                UInt64(bytes.count),
                UInt64(cost.passes),
                cost.memoryBytes,
                crypto_pwhash_ALG_ARGON2ID13
            )
            filled = failed == 0 ? Int(crypto_pwhash_STRBYTES) : 0
        }
        guard !text.isEmpty else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func matches(_ password: String, _ stored: String) -> Bool {
        let bytes = password.utf8.map { CChar(bitPattern: $0) }
        return unsafe crypto_pwhash_str_verify(stored, bytes, UInt64(bytes.count)) == 0
    }
}
