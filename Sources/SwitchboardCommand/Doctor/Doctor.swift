internal import ArgumentParser
internal import Foundation

/// The command `switchboard doctor`.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Examine the installation and say what to do.",
        discussion: """
            Looks at the settings, the libraries, the store (its structure and the order of its log), the disk, the \
            limits of the process and the clock. Changes nothing, and may run beside a server. Exit code 1 when \
            something has failed.

            Examples:
              switchboard doctor
              switchboard doctor --config /etc/switchboard/switchboard.json
            """
    )

    @OptionGroup var installation: ConfigurationOptions

    func run() async throws {
        let loaded = try installation.load()
        var examination = Examination()
        examination.add(Libraries.findings())
        examination.add(SystemState.findings(loaded.settings))
        examination.add(Self.settings(loaded))
        if loaded.problems.isEmpty { examination.add(await StoreState.findings(loaded.settings)) }
        Terminal.print(examination.text)
        if examination.hasFailed { throw ExitCode(CommandFailure.Exit.findings.rawValue) }
    }

    private static func settings(_ loaded: LoadedSettings) -> [Finding] {
        var findings = loaded.problems.map { Finding(.fail, "settings", $0.text, advice: "see docs/operations.md") }
        findings += loaded.warnings.map { Finding(.warn, "settings", $0) }
        if loaded.problems.isEmpty {
            findings.append(Finding(.ok, "settings", loaded.file ?? "none, standard values count"))
        }
        return findings
    }
}

/// One thing that was looked at.
struct Finding: Hashable {
    enum Verdict: String { case ok, warn, fail }
    var verdict: Verdict
    var subject: String
    var text: String
    /// What to do, when there is something to do.
    var advice: String?

    init(_ verdict: Verdict, _ subject: String, _ text: String, advice: String? = nil) {
        self.verdict = verdict
        self.subject = subject
        self.text = text
        self.advice = advice
    }
}

/// Everything that was looked at, in order.
struct Examination {
    private(set) var findings: [Finding] = []

    mutating func add(_ more: [Finding]) { findings += more }
    var hasFailed: Bool { findings.contains { $0.verdict == .fail } }

    var text: String {
        let rows = findings.map { finding in
            [finding.verdict.rawValue, finding.subject, finding.text + (finding.advice.map { " → \($0)" } ?? "")]
        }
        let count = { (verdict: Finding.Verdict) in findings.count { $0.verdict == verdict } }
        return Terminal.table(rows) + "\n\(count(.ok)) ok, \(count(.warn)) warnings, \(count(.fail)) failures"
    }
}
