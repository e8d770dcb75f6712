internal import ArgumentParser
internal import Basics
internal import Domain
internal import Foundation
internal import Gateway
internal import Glibc
internal import Signing
internal import Storage
internal import StorageSQLite

/// The command `switchboard demo`.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a shop with customers, history and logins, to try everything.",
        discussion: """
            Makes an installation of its own in .data/demo at the first start: people, deals, weeks of calls and \
            chats. Needs no settings and no telephone; prints the addresses to open and how to ring.

            Examples:
              switchboard demo
              switchboard demo --port 9000
              switchboard demo --fresh
            """
    )

    @Option(name: .long, help: "The port (default: 8080, or the next one that is free; 0 takes any).")
    var port: Int?

    @Flag(name: .long, help: "Forget the demo that is there, and start over.")
    var fresh = false

    @Option(name: .long, help: ArgumentHelp("Where the demo is kept.", valueName: "folder"))
    var data = DemoFolder.standard.path

    @Option(name: .long, help: .hidden)
    var readyFile: String?

    func validate() throws {
        if let port, !(0...65_535).contains(port) { throw ValidationError("\(port) is no port.") }
    }

    func run() async throws {
        umask(0o077)
        let folder = DemoFolder(path: data)
        if fresh { try folder.clear() }
        try DataFolder(data).prepare()
        try folder.makeSettings()
        let settings = try LoadedSettings(path: folder.settingsFile).checked()
        LogLine.install(settings)
        let store = try StoreFile.open(settings.data)
        let passwords = try folder.passwords()
        try await fill(store, settings, passwords)
        guard let secret = settings.sources.first(where: { $0.carrier == "generic" })?.secrets.first else {
            throw CommandFailure(.configuration, "\(folder.settingsFile) has no generic source with a secret")
        }
        let ring = DemoRing(store: store, line: settings.line, secret: secret)
        var service = Service(settings)
        service.port = try FreePort.choose(port, host: settings.host, standard: settings.port)
        service.demo = DemoSettings(
            customers: DemoPerson.all.compactMap { person in
                person.shopID.map { .init(id: $0, name: person.name, email: person.emails.first) }
            },
            logins: DemoRep.all.map { rep in
                let password = passwords[rep.key] ?? Redacted("")
                return .init(email: rep.email, password: password, name: rep.name, role: rep.role.rawValue)
            },
            ring: { ring.play($0, $1, $2) }
        )
        let readyFile = readyFile
        try service.run(on: store) { server, _ in
            ring.serve(at: server.url)
            Terminal.print(DemoGreeting.text(server.publicURL, passwords))
            if let readyFile { try? PrivateFile.write(server.json + "\n", to: readyFile) }
        }
    }

    /// Puts the records in at the first start, all of them or none.
    private func fill(
        _ store: SQLiteStore,
        _ settings: Settings,
        _ passwords: [DemoRep.Name: Redacted<String>]
    ) async throws(CommandFailure) {
        do {
            let answers = try await store.ask([.reps])
            guard case .reps(let reps) = answers[0], reps.isEmpty else { return }
            Terminal.note("switchboard: making the demo's customers and their history")
            let hasher = PasswordHash(cost: settings.passwordCost)
            let hashes = try passwords.mapValues { Redacted(try hasher.hash($0)) }
            let records = DemoRecords(
                inbox: DemoFolder.inbox,
                source: DemoFolder.source,
                line: settings.line,
                now: .wallClock,
                clockOffset: .seconds(Int64(TimeZone.current.secondsFromGMT())),
                passwords: hashes
            )
            let outcomes = try await store.commit(records.units)
            for case .conflict(let conflict) in outcomes {
                throw CommandFailure(.software, "the demo's records do not fit together (\(conflict))")
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(error, file: settings.data.storeFile)
        }
    }
}
