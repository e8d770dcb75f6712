import Basics
import Testing

@Suite struct TokenBucketTests {
    @Test func `the burst passes, the next one waits exactly one interval`() {
        let start = Timestamp(milliseconds: 1_000)
        var bucket = TokenBucket(.init(burst: 3, every: .seconds(1)), at: start)
        for _ in 0..<3 { #expect(bucket.take(at: start) == nil) }
        #expect(bucket.take(at: start) == .seconds(1))
        #expect(bucket.take(at: start + .milliseconds(999)) == .milliseconds(1))
        #expect(bucket.take(at: start + .seconds(1)) == nil)
        #expect(bucket.take(at: start + .seconds(1)) == .seconds(1))
    }

    @Test func `a clock that jumps back does not lock the bucket for longer than its burst`() {
        let start = Timestamp(milliseconds: 100_000)
        var bucket = TokenBucket(.init(burst: 2, every: .seconds(1)), at: start)
        #expect(bucket.take(at: start) == nil)
        #expect(bucket.isFull(at: start + .seconds(1)))
        #expect(bucket.take(at: start + .days(1)) == nil)
    }
}
