internal import ArgumentParser
internal import Glibc

/// The command line: finds the subcommand, runs it, and turns failures into words and exit codes.
public enum CommandLineTool {
    public static func run(_ arguments: [String]? = nil) async {
        do {
            var command = try RootCommand.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            Terminal.note("switchboard: \(failure.message)")
            exit(failure.exit.rawValue)
        } catch {
            RootCommand.exit(withError: error)
        }
    }
}

/// The command `switchboard`.
struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "switchboard",
        abstract: "A telephone and live-chat switchboard with its own customer records.",
        discussion: """
            Start with `switchboard demo`: it needs no settings and prints the addresses to open.

            Exit codes: 64 wrong usage, 65 bad data, 66 no input, 69 nobody answers, 73 cannot write, 75 try again \
            later, 77 not allowed, 78 wrong settings.
            """,
        version: Version.current,
        subcommands: [
            Serve.self, Demo.self, Ring.self, UserCommand.self, ImportPeople.self, Backup.self, Restore.self,
            Doctor.self, CheckConfig.self,
        ]
    )
}
