internal import ArgumentParser

/// The command `switchboard check-config`.
struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check the settings and print what counts.",
        discussion: """
            Reads the settings file and the environment as `serve` would, names everything that cannot be used, and \
            prints every setting with its value and where it comes from. Secrets are shown as dots.

            Examples:
              switchboard check-config
              switchboard check-config --config /etc/switchboard/switchboard.json
            """
    )

    @OptionGroup var installation: ConfigurationOptions

    func run() throws {
        let loaded = try installation.load()
        for warning in loaded.warnings { Terminal.note("switchboard: note: \(warning)") }
        _ = try loaded.checked()
        let rows = loaded.effective.map { setting in
            let origin =
                switch setting.origin {
                case .file: loaded.file ?? ""
                case .environment(let name): name
                case .standard: "default"
                }
            return [setting.path, setting.shown, origin]
        }
        Terminal.print(Terminal.table(rows))
    }
}
