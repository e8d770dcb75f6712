internal import Glibc

/// Random numbers that a seed repeats (SplitMix64): for tests, simulation and demo data, never for secrets.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64
    public init(seed: UInt64) { state = seed }
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Random numbers of the kernel, drawn 4 KiB at a time.
///
/// One `getrandom` call for each number costs 3 µs, which a message would feel.
public struct SystemGenerator: RandomNumberGenerator, Sendable {
    private var pool: [UInt64] = []
    public init() {}
    public mutating func next() -> UInt64 {
        if pool.isEmpty { pool = Self.words(512) }
        return pool.removeLast()
    }

    private static func words(_ count: Int) -> [UInt64] {
        unsafe [UInt64](unsafeUninitializedCapacity: count) { buffer, filled in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            for offset in stride(from: 0, to: count * 8, by: 256) {  // getentropy(3) gives 256 bytes at most
                let failed = unsafe getentropy(raw.baseAddress! + offset, min(256, count * 8 - offset))
                precondition(failed == 0, "the kernel gives no randomness")
            }
            filled = count
        }
    }
}

extension RandomNumberGenerator {
    /// `count` random bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count + 8)
        while result.count < count {
            let word = next()
            for shift in stride(from: 0, to: 64, by: 8) {
                result.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        result.removeLast(result.count - count)
        return result
    }
}
