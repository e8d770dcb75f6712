import Basics
import Testing

@testable import Gateway

@Suite struct BucketTableTests {
    private let rate = TokenBucket.Rate(burst: 2, every: .seconds(1))
    private let start = Timestamp(milliseconds: 50_000)

    @Test func `whoever is too fast waits alone`() {
        var table = BucketTable()
        let taken = (0..<3).map { _ in table.take("send", "fast", rate, at: start) }
        let other = table.take("send", "other", rate, at: start)
        let otherPurpose = table.take("page", "fast", rate, at: start)
        #expect(taken == [nil, nil, .seconds(1)] && other == nil && otherPurpose == nil)
    }

    @Test func `a token given back can be taken again`() {
        var table = BucketTable()
        _ = table.take("login", "ana", rate, at: start)
        _ = table.take("login", "ana", rate, at: start)
        table.giveBack("login", "ana")
        let again = table.take("login", "ana", rate, at: start)
        #expect(again == nil)
    }

    @Test func `full buckets are forgotten and the others kept`() {
        var table = BucketTable()
        _ = table.take("a", "x", rate, at: start)
        _ = table.take("a", "y", TokenBucket.Rate(burst: 1, every: .hours(1)), at: start)
        table.forgetFull(at: start + .seconds(2))
        let still = table.take("a", "y", TokenBucket.Rate(burst: 1, every: .hours(1)), at: start + .seconds(2))
        #expect(still != nil)
    }
}
