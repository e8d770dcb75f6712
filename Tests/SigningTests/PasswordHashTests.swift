import Basics
import Signing
import Testing

@Suite struct PasswordHashTests {
    private let hash = PasswordHash(cost: .forTests)
    private let password = Redacted("correct horse battery")

    @Test func `the right password passes, every other does not`() throws {
        let stored = try hash.hash(password)
        #expect(stored.hasPrefix("$argon2id$v=19$"))
        #expect(hash.verify(password, against: stored))
        #expect(!hash.verify(Redacted("correct horse batterz"), against: stored))
        #expect(!hash.verify(Redacted(""), against: stored))
        #expect(try hash.hash(password) != stored)
    }

    @Test func `nobody signs in as a user that does not exist, or by a broken record`() {
        #expect(!hash.verify(password, against: nil))
        #expect(!hash.verify(password, against: ""))
        #expect(!hash.verify(password, against: "$argon2id$v=19$m=8,t=1,p=1$"))
    }

    @Test func `a zero byte does not end a password`() throws {
        let stored = try hash.hash(Redacted("twelve chars\u{0}and more"))
        #expect(!hash.verify(Redacted("twelve chars\u{0}and less"), against: stored))
        #expect(!hash.verify(Redacted("twelve chars"), against: stored))
    }

    @Test func `two spellings of one letter are one password`() throws {
        let stored = try hash.hash(Redacted("caf\u{E9} caf\u{E9} caf\u{E9}"))
        #expect(hash.verify(Redacted("cafe\u{301} cafe\u{301} cafe\u{301}"), against: stored))
    }

    @Test func `a password has 12 to 128 characters`() throws {
        func letters(_ count: Int) -> Redacted<String> { Redacted(String(repeating: "密", count: count)) }
        #expect(throws: PasswordRules.Refusal.tooShort(PasswordRules.charactersMin)) { try hash.hash(letters(11)) }
        #expect(throws: Never.self) { try hash.hash(letters(12)) }
        let stored = try hash.hash(letters(128))
        #expect(hash.verify(letters(128), against: stored))
        #expect(throws: PasswordRules.Refusal.tooLong(PasswordRules.charactersMax)) { try hash.hash(letters(129)) }
        #expect(!hash.verify(letters(129), against: stored))
    }

    @Test func `a configured cost is at least 19 MiB and two passes, and within reason`() throws {
        #expect(PasswordCost(memoryMebibytes: 19, passes: 2) == .floor)
        #expect(PasswordCost(memoryMebibytes: 18, passes: 2) == nil)
        #expect(PasswordCost(memoryMebibytes: 19, passes: 1) == nil)
        #expect(PasswordCost(memoryMebibytes: 1_024, passes: 16) != nil)
        #expect(PasswordCost(memoryMebibytes: 1_025, passes: 16) == nil)
        #expect(PasswordCost(memoryMebibytes: 1_024, passes: 17) == nil)
        #expect(PasswordCost(memoryMebibytes: .max, passes: .max) == nil)
    }

    @Test func `a hash of another cost is due for renewal and still good`() throws {
        let stored = try hash.hash(password)
        let today = PasswordHash(cost: .floor)
        #expect(!hash.needsRehash(stored))
        #expect(today.needsRehash(stored))
        #expect(today.verify(password, against: stored))
    }
}
