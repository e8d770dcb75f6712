/// Where a server listens, whom it believes, and its limits.
public struct ServerSettings: Sendable {
    /// PEM files: the certificate chain, leaf first, and its private key.
    public struct Certificate: Hashable, Sendable {
        public var chainPath: String
        public var keyPath: String
        public init(chainPath: String, keyPath: String) {
            self.chainPath = chainPath
            self.keyPath = keyPath
        }
    }

    /// A numeric address, or `localhost`.
    public var host: String
    /// 0 asks the kernel for a free one, which `Server.port` then tells.
    public var port: Int
    public var tls: Certificate?
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    public var trustedProxies: [AddressRange] = []
    /// Lower-case header names to keep, besides the ones `RequestHead` always keeps.
    public var capturedHeaders: [String] = []
    public var webSocketSubprotocol = "switchboard.v1"
    public var limits = TransportLimits()

    public init(host: String, port: Int, tls: Certificate? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
    }
}
