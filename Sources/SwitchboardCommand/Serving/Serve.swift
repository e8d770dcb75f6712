internal import ArgumentParser
internal import Foundation
internal import Glibc

/// The command `switchboard serve`.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve visitors, reps and carriers until stopped.",
        discussion: """
            Opens the store, listens, and prints the address when requests are answered. SIGTERM ends it cleanly \
            within five seconds; SIGHUP takes a renewed certificate.

            Examples:
              switchboard serve
              switchboard serve --config /etc/switchboard/switchboard.json
              SWITCHBOARD_HTTP_PORT=9000 switchboard serve
            """
    )

    @OptionGroup var installation: ConfigurationOptions

    @Option(name: .long, help: .hidden)
    var readyFile: String?

    func run() throws {
        umask(0o077)
        let loaded = try installation.load()
        let settings = try loaded.checked()
        for warning in loaded.warnings { Terminal.note("switchboard: note: \(warning)") }
        LogLine.install(settings)
        try settings.data.prepare()
        let store = try StoreFile.open(settings.data)
        let readyFile = readyFile
        try Service(settings).run(on: store) { server, _ in
            Terminal.print("Switchboard is ready at \(server.publicURL)")
            if let readyFile { try? PrivateFile.write(server.json + "\n", to: readyFile) }
        }
    }
}
