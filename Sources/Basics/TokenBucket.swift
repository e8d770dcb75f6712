/// A rate limit: `burst` at once, then one each `interval`.
///
/// A value: the caller says what time it is, so that a test moves the clock by hand.
public struct TokenBucket: Hashable, Sendable {
    /// How much may come at once, and how fast it refills.
    public struct Rate: Hashable, Sendable {
        public let burst: Int
        public let interval: Span
        public init(burst: Int, every interval: Span) {
            precondition(burst > 0 && interval.milliseconds > 0)
            self.burst = burst
            self.interval = interval
        }
    }

    public let rate: Rate
    /// The moment at which the bucket is full again; the further ahead, the emptier.
    private var fullAt: Timestamp

    public init(_ rate: Rate, at now: Timestamp) {
        self.rate = rate
        fullAt = now
    }

    /// Takes a token, or says how long until there is one.
    public mutating func take(at now: Timestamp) -> Span? {
        let start = max(fullAt, now)
        let next = start + rate.interval
        let horizon = now + Span(milliseconds: rate.interval.milliseconds * Int64(rate.burst))
        guard next <= horizon else { return next - horizon }
        fullAt = next
        return nil
    }

    /// Puts a token back that turned out not to be owed.
    public mutating func giveBack() { fullAt = fullAt - rate.interval }

    public func isFull(at now: Timestamp) -> Bool { fullAt <= now }
}
