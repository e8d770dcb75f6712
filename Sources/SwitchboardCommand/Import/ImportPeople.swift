internal import ArgumentParser
internal import Foundation

/// The command `switchboard import`.
struct ImportPeople: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take people in from a table (CSV).",
        discussion: """
            The first line names the columns: name (needed), organisation, title, phone, phone2, email, owner (a \
            login), lifecycle, language; or 姓名, 公司, 职位, 电话, 备用电话, 邮箱, 负责人, 阶段, 语言. Lines that cannot be taken \
            are listed and written to NAME.refused.csv, to be mended and given again; the others go in. Works beside \
            a running server as well as without one.

            Examples:
              switchboard import people.csv --dry-run
              switchboard import people.csv
              switchboard import export.txt --delimiter tab
            """
    )

    @Argument(help: "The file; UTF-8, comma-separated.")
    var file: String

    @Option(name: .long, help: "What stands between fields: one character, or the word tab.")
    var delimiter = ","

    @Flag(name: .long, help: "Only check; store nothing.")
    var dryRun = false

    @OptionGroup var installation: ConfigurationOptions

    private var delimiterByte: UInt8? {
        let text = delimiter == "tab" ? "\t" : delimiter
        return text.utf8.count == 1 ? text.utf8.first : nil
    }

    func validate() throws {
        guard let byte = delimiterByte, !"\"\r\n".utf8.contains(byte) else {
            throw ValidationError("--delimiter is one character of ASCII, or the word tab.")
        }
    }

    func run() async throws {
        let settings = try installation.settings()
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandFailure(.noInput, "\(file) cannot be read")
        }
        let refused = try await AdminClient.with(settings) { client in
            let owners = Set(try await client.users().map(\.email))
            let table = try PeopleTable(
                Array(data),
                delimiter: delimiterByte ?? UInt8(ascii: ","),
                line: settings.line,
                owners: owners
            )
            if !table.columns.ignored.isEmpty {
                Terminal.note("Columns that are left out: " + table.columns.ignored.joined(separator: ", "))
            }
            if dryRun { return report(added: table.rows.count, table, table.refused) }
            var run = ImportRun(table: table)
            try await run.send(to: client)
            return report(added: run.added, table, run.refused)
        }
        if refused > 0 { throw ExitCode(CommandFailure.Exit.data.rawValue) }
    }

    private func report(added: Int, _ table: PeopleTable, _ refused: [PeopleTable.Refused]) -> Int {
        for row in refused.prefix(20) { Terminal.note("line \(row.line): \(row.reason)") }
        if refused.count > 20 { Terminal.note("… and \(refused.count - 20) more") }
        var summary = "\(dryRun ? "Would add" : "Added") \(added) people"
        if !refused.isEmpty {
            summary += ", refused \(refused.count) lines"
            let path = (file as NSString).deletingPathExtension + ".refused.csv"
            do throws(CommandFailure) {
                try write(table.header, refused, to: path)
                summary += ", see \(path)"
            } catch { Terminal.note("switchboard: \(error.message)") }
        }
        Terminal.print(summary + ".")
        return refused.count
    }

    /// The lines as they were, with why; without the two columns at the end, the same file can be given again.
    private func write(_ header: [String], _ refused: [PeopleTable.Refused], to path: String) throws(CommandFailure) {
        let byte = delimiterByte ?? UInt8(ascii: ",")
        var text = DelimitedText.write(header + ["line", "reason"], delimiter: byte)
        for row in refused {
            let filled = row.fields + Array(repeating: "", count: max(0, header.count - row.fields.count))
            text += DelimitedText.write(filled + [String(row.line), row.reason], delimiter: byte)
        }
        try PrivateFile.write(text, to: path)
    }
}

/// One import on its way: batches, progress, refusals.
struct ImportRun {
    private let table: PeopleTable
    private(set) var added = 0
    private(set) var refused: [PeopleTable.Refused]

    static let rowsPerBatch = 200
    /// Below what the server takes (`limits.import_body_bytes`), with room for what goes around it.
    static let bytesPerBatch = 500_000

    init(table: PeopleTable) {
        self.table = table
        refused = table.refused
    }

    mutating func send(to client: AdminClient) async throws(CommandFailure) {
        var progress = Progress(total: table.rows.count)
        var sent = 0
        for batch in Self.batches(table.rows) {
            let body =
                [UInt8(ascii: "[")] + batch.map(\.json).joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
            let answer = try await client.importPeople(body)
            added += answer.added
            let rows = Dictionary(batch.map { ($0.line, $0.fields) }, uniquingKeysWith: { first, _ in first })
            for refusal in answer.refused {
                let reason = Self.reasons[refusal.field] ?? "the server does not take its \(refusal.field)"
                refused.append(.init(line: refusal.line, reason: reason, fields: rows[refusal.line] ?? []))
            }
            sent += batch.count
            progress.advance(to: sent, "\(sent) of \(table.rows.count) people sent, \(refused.count) refused")
        }
        progress.end()
        refused.sort { $0.line < $1.line }
    }

    private static let reasons = [
        "known": "the e-mail address belongs to somebody who is stored already",
        "conflict": "it clashes with what is stored", "busy": "the server could not store it now",
    ]

    static func batches(_ rows: [PeopleTable.Row]) -> [[PeopleTable.Row]] {
        var batches: [[PeopleTable.Row]] = []
        var bytes = 0
        for row in rows {
            if batches.isEmpty || batches[batches.count - 1].count == rowsPerBatch
                || bytes + row.json.count > bytesPerBatch
            {
                batches.append([])
                bytes = 0
            }
            batches[batches.count - 1].append(row)
            bytes += row.json.count + 1
        }
        return batches
    }
}
