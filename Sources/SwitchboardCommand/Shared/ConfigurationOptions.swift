internal import ArgumentParser
internal import Foundation

/// Which installation a command is about.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The settings file (default: ./switchboard.json).", valueName: "path"))
    var config: String?

    @Flag(name: .long, help: "The installation that `switchboard demo` keeps in .data/demo.")
    var demo = false

    func validate() throws {
        if demo, config != nil { throw ValidationError("--demo and --config exclude each other.") }
    }

    func load() throws(CommandFailure) -> LoadedSettings {
        if demo {
            guard FileManager.default.fileExists(atPath: DemoFolder.standard.settingsFile) else {
                throw CommandFailure(.noInput, "there is no demo here yet: start it once with `switchboard demo`")
            }
            return try LoadedSettings(path: DemoFolder.standard.settingsFile)
        }
        return try LoadedSettings(path: config)
    }

    /// The settings, all of them usable, with a word about what is odd.
    func settings() throws(CommandFailure) -> Settings {
        let loaded = try load()
        let settings = try loaded.checked()
        return settings
    }
}
