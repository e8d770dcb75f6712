internal import COpenSSL

/// Random bytes for secrets, never from a seed.
enum SecureRandom {
    static func bytes(_ count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let done = unsafe RAND_bytes(buffer.baseAddress, Int32(count))
            precondition(done == 1, "OpenSSL gives no randomness")
            filled = count
        }
    }
}
