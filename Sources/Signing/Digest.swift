internal import COpenSSL

/// The two hash functions that our proofs are made of.
public enum Digest {
    public static func sha256(_ bytes: [UInt8]) -> [UInt8] { HashFunction.sha256.digest(of: bytes) }

    /// For the wire format of others only: nothing of ours rests on SHA-1.
    public static func sha1(_ bytes: [UInt8]) -> [UInt8] { HashFunction.sha1.digest(of: bytes) }
}

/// A hash function by its name.
public enum HashFunction: Sendable, CaseIterable {
    case sha1
    case sha256

    public var outputBytes: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        }
    }
}

extension HashFunction {

    /// The description that OpenSSL keeps of this function; static data, nobody frees it.
    var handle: OpaquePointer {
        switch self {
        case .sha1: unsafe EVP_sha1()
        case .sha256: unsafe EVP_sha256()
        }
    }

    fileprivate func digest(of bytes: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: outputBytes) { buffer, filled in
            var size: UInt32 = 0
            let done = unsafe EVP_Digest(bytes, bytes.count, buffer.baseAddress, &size, handle, nil)
            precondition(done == 1 && Int(size) == outputBytes, "OpenSSL cannot hash")
            filled = outputBytes
        }
    }
}
