internal import CLibwebsockets
internal import CSwitchboard

/// TLS 1.2 and 1.3 with authenticated ciphers and forward secrecy only.
enum TLSPolicy {
    static let ciphers12 = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
    ].joined(separator: ":")
    static let ciphers13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
}

extension Engine {
    /// Refuses files that cannot be read or do not belong together, before the engine half takes them.
    static func checkCertificate(_ certificate: ServerSettings.Certificate?) throws(TransportError) {
        guard let certificate else { return }
        guard unsafe CSwitchboard_certificate_matches(certificate.chainPath, certificate.keyPath) == 1 else {
            throw .certificate
        }
    }

    /// Puts the files as they are now into the live `SSL_CTX`; handshakes that are done keep what they have.
    func reloadCertificate(_ certificate: ServerSettings.Certificate?) throws(TransportError) {
        guard let certificate, let context = unsafe context else { return }
        try Engine.checkCertificate(certificate)
        guard
            unsafe lws_tls_cert_updated(context, certificate.chainPath, certificate.keyPath, nil, 0, nil, 0) == 0
        else { throw .certificate }
    }
}
