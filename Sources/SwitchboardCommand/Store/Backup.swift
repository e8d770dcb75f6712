internal import ArgumentParser
internal import Foundation
internal import StorageSQLite

/// The command `switchboard backup`.
struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the store, also while it is served.",
        discussion: """
            Copies one moment of the store, checks the copy, and writes a manifest beside it (FILE.json), by which \
            `restore` knows that it is whole. The key of the installation (master.key) is not in it: keep that apart.

            Examples:
              switchboard backup /backups/switchboard-2026-11-24.sqlite
              switchboard backup "/backups/$(date +%F).sqlite" --config /etc/switchboard/switchboard.json
            """
    )

    @Argument(help: "The file to make; it must not be there yet.")
    var file: String

    @OptionGroup var installation: ConfigurationOptions

    func run() throws {
        let settings = try installation.settings()
        let source = settings.data.storeFile
        guard FileManager.default.fileExists(atPath: source) else {
            throw CommandFailure(.noInput, "there is no store at \(source) yet")
        }
        for path in [file, file + ".json"] where FileManager.default.fileExists(atPath: path) {
            throw CommandFailure(.cannotCreate, "\(path) is there already: choose another name")
        }
        let folder = (file as NSString).deletingLastPathComponent
        guard FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder) else {
            throw CommandFailure(.cannotCreate, "the folder \(folder.isEmpty ? "." : folder) cannot be written")
        }
        var progress: Progress?
        let manifest: BackupManifest
        do {
            manifest = try SQLiteStore.backup(from: source, to: file) { state in
                var current = progress ?? Progress(total: state.totalPages)
                current.advance(to: state.copiedPages, "\(state.copiedPages) of \(state.totalPages) pages copied")
                progress = current
            }
        } catch {
            throw CommandFailure(error, file: source)
        }
        progress?.end()
        Terminal.print("Backed up \(ByteCount.text(manifest.bytes)) to \(file), up to event \(manifest.position).")
    }
}

/// Sizes for people.
enum ByteCount {
    static func text(_ bytes: Int64) -> String {
        let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 1_024, unit < units.count - 1 {
            value /= 1_024
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        return unit == 0 || tenths % 10 == 0
            ? "\(tenths / 10) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
    }
}
