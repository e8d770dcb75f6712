import Basics
import Testing

@Suite struct IdentifierTests {
    private enum Thing {}

    @Test func `identifiers are 26 characters, distinct, and sort by time`() {
        var random = SeededGenerator(seed: 1)
        let early = (0..<1_000).map { _ in Identifier<Thing>.make(at: Timestamp(milliseconds: 5), using: &random) }
        let late = Identifier<Thing>.make(at: Timestamp(milliseconds: 6), using: &random)
        #expect(Set(early).count == 1_000)
        #expect(early.allSatisfy { $0.rawValue.utf8.count == 26 && $0 < late })
    }

    @Test func `a redacted value prints nothing of itself`() {
        let secret = Redacted("hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!"\(secret) \(String(reflecting: secret)) \(dumped)".contains("hunter2"))
        #expect(secret.reveal() == "hunter2")
    }
}
