internal import ArgumentParser
internal import Foundation
internal import StorageSQLite

/// The command `switchboard restore`.
struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a backup in the place of the store.",
        discussion: """
            Checks the backup against its manifest, keeps the store that is there aside, and begins a new epoch, so \
            that every browser starts over instead of resuming at a place that is no more. The server must be stopped.

            Examples:
              switchboard restore /backups/switchboard-2026-11-24.sqlite
            """
    )

    @Argument(help: "The backup; its manifest (FILE.json) lies beside it.")
    var file: String

    @OptionGroup var installation: ConfigurationOptions

    func run() throws {
        let settings = try installation.settings()
        let data = settings.data
        guard FileManager.default.fileExists(atPath: file) else {
            throw CommandFailure(.noInput, "there is no backup at \(file)")
        }
        guard !data.isServed else {
            let pid = RunningServer.find(in: data).map { " (process \($0.pid))" } ?? ""
            throw CommandFailure(.temporary, "a server runs from \(data.path)\(pid): stop it first")
        }
        try data.prepare()
        do {
            let (manifest, keptAside) = try SQLiteStore.restore(backup: file, to: data.storeFile)
            let time = LogLine.time(manifest.at)
            Terminal.print("Restored \(file) of \(time), up to event \(manifest.position), with a new epoch.")
            if let keptAside { Terminal.print("The store that was there is kept as \(keptAside).") }
        } catch {
            throw CommandFailure(restoring: error, file: file)
        }
        if !FileManager.default.fileExists(atPath: data.keyFile) {
            Terminal.note(
                "switchboard: note: \(data.keyFile) is missing: bring it from where you keep it, or the next start makes a new one"
                    + " and visitors begin new chats"
            )
        }
    }
}

extension CommandFailure {
    /// A backup that cannot be used is bad data, not a bad installation.
    fileprivate init(restoring error: any Error, file: String) {
        let failure = CommandFailure(error, file: file)
        self = failure.exit == .configuration ? CommandFailure(.data, failure.message) : failure
    }
}
