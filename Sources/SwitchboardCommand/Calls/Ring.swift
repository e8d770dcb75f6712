internal import ArgumentParser
internal import Basics
internal import Foundation

/// The command `switchboard ring`.
struct Ring: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play a call, to see the screen pop.",
        discussion: """
            Sends what a carrier would send for an incoming call (ringing, answered, hung up), signed with the secret \
            of the source, to the running server's real endpoint. Without a settings file it uses the demo's.

            Examples:
              switchboard ring +8613800138000
              switchboard ring 13800138000 --agent 1002 --hold
              switchboard ring "+1 415 555 0100" --missed --ringing 10s
            """
    )

    @Argument(help: "The number of the caller, as a carrier would write it.")
    var number: String

    @Option(name: .long, help: "The extension that rings (default: the first rep's).")
    var agent: String?

    @Flag(name: .long, help: "Nobody answers.")
    var missed = false

    @Flag(name: .long, help: "The caller gives up before anybody answers.")
    var cancel = false

    @Flag(name: .long, help: "The caller waits on hold in the middle of the call.")
    var hold = false

    @Option(name: .long, help: "How long it rings, such as 4s.")
    var ringing = "4s"

    @Option(name: .long, help: "How long they talk, such as 6s.")
    var talking = "6s"

    @Option(name: .long, help: "The number that was called.")
    var to: String?

    @Option(name: .long, help: "The address of the server (default: the one that runs from these settings).")
    var url: String?

    @Option(name: .long, help: "The source to speak for, generic/ACCOUNT (default: the first generic one).")
    var source: String?

    @OptionGroup var installation: ConfigurationOptions

    func validate() throws {
        guard !number.isEmpty, number.utf8.count <= 128 else {
            throw ValidationError("The number is empty or too long.")
        }
        for text in [ringing, talking] where (DurationText.parse(text)?.milliseconds).map({ $0 > 600_000 }) ?? true {
            throw ValidationError("\(text) is no time up to 10m, such as 4s.")
        }
        if [missed, cancel, hold].count(where: { $0 }) > 1 {
            throw ValidationError("--missed, --cancel and --hold exclude each other.")
        }
    }

    func run() async throws {
        let settings = try usedInstallation.settings()
        let player = CallPlayer(
            client: HTTPClient(try address(settings)),
            account: try account(settings),
            secret: try secret(settings)
        )
        var script = CallPlayer.Script(from: number, agent: agent)
        if agent == nil { script.agent = await firstExtension(settings) }
        if let to { script.to = to }
        script.outcome = missed ? .missed : cancel ? .cancelled : .answered(withHold: hold)
        script.ringing = DurationText.parse(ringing) ?? script.ringing
        script.talking = DurationText.parse(talking) ?? script.talking
        do throws(CallPlayer.Failure) {
            try await player.play(script) { Terminal.print($0) }
        } catch {
            throw CommandFailure(error, account: player.account)
        }
    }

    /// The extension of the first rep, so that somebody's phone rings.
    private func firstExtension(_ settings: Settings) async -> String? {
        guard url == nil, let users = try? await AdminClient.with(settings, { try await $0.users() }) else {
            return nil
        }
        return users.filter { $0.role == "rep" }.compactMap(\.extension).min()
    }

    /// The demo stands in where nothing else is set up.
    private var usedInstallation: ConfigurationOptions {
        let files = FileManager.default
        let hasNothing = installation.config == nil && !files.fileExists(atPath: LoadedSettings.standardFile)
        guard hasNothing, files.fileExists(atPath: DemoFolder.standard.settingsFile) else { return installation }
        var demo = installation
        demo.demo = true
        return demo
    }

    private func address(_ settings: Settings) throws(CommandFailure) -> String {
        if let url { return url }
        if let server = RunningServer.find(in: settings.data) { return server.url }
        throw CommandFailure(
            .unavailable,
            "no server runs from \(settings.data.path): start it with `switchboard demo` or `serve`, or name it with --url"
        )
    }

    private func found(_ settings: Settings) throws(CommandFailure) -> Settings.Source {
        let generic = settings.sources.filter { $0.carrier == "generic" }
        let chosen = source.map { wanted in generic.first { "generic/\($0.account)" == wanted } } ?? generic.first
        guard let chosen else {
            let known = generic.map { "generic/\($0.account)" }.joined(separator: ", ")
            throw CommandFailure(
                .configuration,
                known.isEmpty
                    ? "the settings have no generic source to speak for" : "there is no such source; known: \(known)"
            )
        }
        return chosen
    }

    private func account(_ settings: Settings) throws(CommandFailure) -> String { try found(settings).account }

    private func secret(_ settings: Settings) throws(CommandFailure) -> Redacted<String> {
        guard let secret = try found(settings).secrets.first else {
            throw CommandFailure(.configuration, "the source has no secret to sign with")
        }
        return secret
    }
}

extension CommandFailure {
    fileprivate init(_ failure: CallPlayer.Failure, account: String) {
        switch failure {
        case .silence(let reason): self.init(.unavailable, reason)
        case .refused(401):
            self.init(
                .noPermission,
                "the server did not take the signature of generic/\(account): it runs with other settings"
            )
        case .refused(let status) where status == 429 || status >= 500:
            self.init(.temporary, "the server cannot take calls now (status \(status))")
        case .refused(let status):
            self.init(.unavailable, "this is not a switchboard, or not this one (status \(status))")
        }
    }
}
