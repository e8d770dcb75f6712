/// What can keep the transport from starting, or from taking a new certificate.
public enum TransportError: Error, Hashable, Sendable {
    /// libuv could not make a loop or a handle; the number is its (negative) code.
    case loop(code: Int32)
    /// libwebsockets could not make its context.
    case engine
    /// The host is no address of this machine.
    case unknownHost(String)
    /// The address could not be listened on; the number is `errno`.
    case listen(host: String, port: Int, errno: Int32)
    /// The certificate chain and the private key cannot be read, or do not belong together.
    case certificate
}
