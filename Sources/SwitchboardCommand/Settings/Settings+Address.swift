internal import Carriers
internal import Foundation
internal import Gateway
internal import Transport

// By what names and addresses we are reached.
extension Settings {
    private var scheme: String { certificate == nil ? "http" : "https" }

    /// The host as it stands in a URL.
    private func written(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

    /// Under which address browsers and carriers reach a server on this port.
    func publicURL(port: Int) -> String { publicBaseURL ?? localURL(port: port) }

    /// Under which address this machine itself reaches it.
    func localURL(port: Int) -> String {
        let anywhere = ["0.0.0.0": "127.0.0.1", "::": "::1"]
        let standard = certificate == nil ? 80 : 443
        let name = written(anywhere[host] ?? host)
        return "\(scheme)://\(name)" + (port == standard ? "" : ":\(port)")
    }

    /// Under which address commands on this machine reach it: by the name in its certificate, where it has one.
    func ownURL(port: Int) -> String { certificate == nil ? localURL(port: port) : publicURL(port: port) }

    /// The values of `Host` that are ours.
    func allowedHosts() -> Set<String> {
        var names: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
        for name in hosts { names.insert(name.lowercased()) }
        if !["0.0.0.0", "::"].contains(host) { names.insert(written(host)) }
        if let publicBaseURL, let url = URLComponents(string: publicBaseURL), let name = url.host {
            names.insert(name.lowercased())
            if let port = url.port { names.insert("\(name.lowercased()):\(port)") }
        }
        return names
    }

    func server(port: Int) -> ServerSettings {
        var server = ServerSettings(host: host, port: port, tls: certificate)
        server.trustedProxies = trustedProxies
        server.limits = transport
        server.limits.frameBytes = max(limits.visitorFrameBytes, limits.staffFrameBytes, transport.frameBytes)
        return server
    }

    func carrierSources(publicURL: String) -> [CarrierSource] {
        sources.map { source in
            CarrierSource(
                carrier: source.carrier,
                account: source.account,
                secrets: source.secrets,
                namedSecrets: source.namedSecrets,
                allowsUnsigned: source.allowsUnsigned,
                publicBaseURL: publicURL,
                replies: source.replies
            )
        }
    }
}
