internal import Basics

/// Rate limits by what they protect and whom they slow down; full buckets are forgotten.
struct BucketTable {
    struct Key: Hashable {
        let purpose: String
        let who: String
    }
    static let keysMax = 100_000
    private var buckets: [Key: TokenBucket] = [:]

    /// Takes a token, or says how long until there is one.
    mutating func take(_ purpose: String, _ who: String, _ rate: TokenBucket.Rate, at now: Timestamp) -> Span? {
        let key = Key(purpose: purpose, who: who)
        if buckets[key] == nil, buckets.count >= Self.keysMax { forgetFull(at: now) }
        return buckets[key, default: TokenBucket(rate, at: now)].take(at: now)
    }

    mutating func giveBack(_ purpose: String, _ who: String) { buckets[Key(purpose: purpose, who: who)]?.giveBack() }

    mutating func forgetFull(at now: Timestamp) { buckets = buckets.filter { !$0.value.isFull(at: now) } }
}
