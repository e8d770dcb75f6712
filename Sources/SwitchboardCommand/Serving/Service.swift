internal import Basics
internal import CoreMetrics
internal import Foundation
internal import Gateway
internal import Glibc
internal import Logging
internal import Signing
internal import Storage
internal import StorageSQLite
internal import Transport
internal import WebAssets

/// A server from its settings to its end: opens what it needs, serves until it is told to stop, closes everything.
struct Service {
    let settings: Settings
    var port: Int
    var demo: DemoSettings?
    /// Whether other commands may find it; not when it serves one command alone.
    var isPublic = true

    init(_ settings: Settings) {
        self.settings = settings
        port = settings.port
        // Carriers sign the address that they call, so that it has to be known before the server listens.
        if port == 0, settings.publicBaseURL == nil { port = FreePort.any(host: settings.host) ?? 0 }
    }

    typealias Ready = @Sendable (RunningServer, _ stop: @escaping @Sendable () -> Void) -> Void

    /// Serves on the calling thread; `ready` is called when requests are answered, with a way to end it.
    func run(on store: SQLiteStore, ready: @escaping Ready) throws(CommandFailure) {
        OpenFiles.raise()
        let logger = Logger(label: "switchboard")
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        defer { store.close() }
        let parts = GatewayParts(
            store: store,
            settings: try gatewaySettings(publicURL: settings.publicURL(port: port)),
            assets: try assets(logger),
            metrics: metrics,
            logger: logger
        )
        let gateway: Gateway
        do throws(TransportError) { gateway = try Gateway(parts: parts, server: settings.server(port: port)) } catch {
            throw CommandFailure(error)
        }
        let server = RunningServer(
            url: settings.ownURL(port: gateway.port),
            publicURL: settings.publicURL(port: gateway.port),
            port: gateway.port,
            pid: getpid()
        )
        if isPublic { try server.announce(in: settings.data) }
        defer { if isPublic { RunningServer.withdraw(from: settings.data) } }
        // `stop` may be called from any thread, and nothing else of the gateway is.
        nonisolated(unsafe) let stoppable = gateway
        gateway.run { ready(server) { stoppable.stop() } }
        logger.notice("stopped")
    }

    func gatewaySettings(publicURL: String) throws(CommandFailure) -> GatewaySettings {
        let masterKey = try settings.data.masterKey()
        guard let ring = SigningKeyRing(["1": masterKey.subkey(for: "visitor-token-1")], current: "1") else {
            throw CommandFailure(.software, "the key for visitor tokens cannot be made")
        }
        return GatewaySettings(
            publicBaseURL: publicURL,
            hosts: settings.allowedHosts(),
            inboxes: settings.inboxes,
            sources: settings.carrierSources(publicURL: publicURL),
            line: settings.line,
            visitorKeys: ring,
            masterKey: masterKey,
            adminToken: try settings.data.adminToken(),
            passwordCost: settings.passwordCost,
            limits: settings.limits,
            build: Version.current,
            demo: demo
        )
    }

    /// The pages; a gateway without them still takes calls and answers its API.
    private func assets(_ logger: Logger) throws(CommandFailure) -> AssetStore {
        guard isPublic else { return AssetStore() }
        let directory = settings.webDirectory ?? WebFolder.find()
        guard let directory else {
            logger.warning("there are no web pages to serve: run `make web`, or set web.directory")
            return AssetStore()
        }
        do throws(AssetStore.Failure) { return try AssetStore(directory: directory) } catch {
            switch error {
            case .noManifest(let directory):
                throw CommandFailure(
                    .configuration,
                    "\(directory) holds no built pages (no manifest.json): run `make web`, or set web.directory"
                )
            case .missing(let file):
                throw CommandFailure(
                    .configuration,
                    "\(directory)/\(file) is missing, though manifest.json lists it: run `make web` again"
                )
            }
        }
    }
}

/// Where the built pages lie when nobody says so.
enum WebFolder {
    static func find() -> String? {
        let program = (CommandLine.arguments.first ?? "") as NSString
        let beside = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")).map {
            $0 as NSString
        }
        let folder = (beside ?? program).deletingLastPathComponent
        return [folder + "/web", ".build/web"].first { FileManager.default.fileExists(atPath: $0 + "/manifest.json") }
    }
}

/// What this program calls itself.
enum Version {
    static let current = "0.1.0"
}

extension CommandFailure {
    init(_ error: TransportError) {
        switch error {
        case .listen(let host, let port, EADDRINUSE):
            self.init(.temporary, "another program listens on \(host):\(port): stop it, or choose another http.port")
        case .listen(let host, let port, EACCES):
            self.init(.noPermission, "\(host):\(port) may not be listened on: choose an http.port of 1024 or more")
        case .listen(let host, let port, let code):
            self.init(
                .configuration,
                "\(host):\(port) cannot be listened on: \(systemReason(code)) (http.host, http.port)"
            )
        case .unknownHost(let host):
            self.init(.configuration, "\(host) is no address of this machine (http.host)")
        case .certificate:
            self.init(
                .configuration,
                "the certificate and the key cannot be read, or do not belong together (tls.certificate, tls.key)"
            )
        case .loop(let code): self.init(.temporary, "libuv does not start (\(code)): is a limit of the system met?")
        case .engine: self.init(.temporary, "libwebsockets does not start: is a limit of the system met?")
        }
    }
}
