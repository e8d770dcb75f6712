internal import COpenSSL

/// A keyed hash: who can make it knows the key (RFC 2104).
public enum MessageAuthentication {

    /// The code of `message` under `key`; an empty key is refused by every verifier of this module before it comes here.
    public static func hmac(_ function: HashFunction, key: [UInt8], message: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: function.outputBytes) { buffer, filled in
            var size: UInt32 = 0
            let code = unsafe HMAC(
                function.handle,
                key,
                Int32(key.count),
                message,
                message.count,
                buffer.baseAddress,
                &size
            )
            precondition(unsafe code != nil && Int(size) == function.outputBytes, "OpenSSL cannot authenticate")
            filled = function.outputBytes
        }
    }

    /// A key for one purpose out of a main key: the expand step of HKDF (RFC 5869 §2.3), one block.
    ///
    /// Two purposes never share a key, so a proof made for one of them says nothing to the other.
    public static func subkey(of key: [UInt8], for purpose: String) -> [UInt8] {
        hmac(.sha256, key: key, message: Array(purpose.utf8) + [1])
    }
}
