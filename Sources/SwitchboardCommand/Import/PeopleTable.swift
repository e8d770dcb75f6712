internal import Basics
internal import Domain
internal import PhoneNumbers
internal import Wire

/// A table of people, line by line: those that can be sent, and those that cannot, with the reason.
struct PeopleTable {
    struct Row {
        var line: Int
        var fields: [String]
        /// The row as the interface takes it.
        var json: [UInt8]
    }
    struct Refused {
        var line: Int
        var reason: String
        var fields: [String]
    }

    private(set) var header: [String] = []
    private(set) var columns: PeopleColumns
    private(set) var rows: [Row] = []
    private(set) var refused: [Refused] = []

    /// Checks what can be known without the store; `owners` are the logins of reps.
    init(_ bytes: [UInt8], delimiter: UInt8, line: LineRules, owners: Set<String>) throws(CommandFailure) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw CommandFailure(
                .data,
                "the file is not in UTF-8: save it as “CSV UTF-8”, or convert it: iconv -f GB18030 -t UTF-8"
            )
        }
        var reader = DelimitedText(bytes, delimiter: delimiter)
        let checker = RowChecker(line: line, owners: owners)
        do throws(DelimitedText.Mistake) {
            guard let first = try reader.next() else {
                throw DelimitedText.Mistake(line: 1, reason: "the file is empty")
            }
            header = first.fields
            do throws(PeopleColumns.Mistake) { columns = try PeopleColumns(header: header) } catch {
                throw DelimitedText.Mistake(line: first.line, reason: error.reason)
            }
            while let record = try reader.next() { add(record, checker) }
        } catch {
            throw CommandFailure(.data, "line \(error.line): \(error.reason)")
        }
    }

    private mutating func add(_ record: DelimitedText.Record, _ checker: RowChecker) {
        do throws(RowChecker.Refusal) {
            let json = try checker.check(record, columns)
            rows.append(Row(line: record.line, fields: record.fields, json: json))
        } catch {
            refused.append(Refused(line: record.line, reason: error.reason, fields: record.fields))
        }
    }
}

/// Says of one line whether it can be somebody, and writes it as the interface takes it.
struct RowChecker {
    struct Refusal: Error { var reason: String }

    let line: LineRules
    let owners: Set<String>
    private let numbers = NumberReader()

    init(line: LineRules, owners: Set<String>) {
        self.line = line
        self.owners = owners
    }

    func check(_ record: DelimitedText.Record, _ columns: PeopleColumns) throws(Refusal) -> [UInt8] {
        let fields = record.fields
        guard fields.count == columns.count else {
            throw Refusal(
                reason: "the number of its fields is \(fields.count), in the first line it is \(columns.count)"
            )
        }
        let name = columns.value(.name, in: fields)
        guard !name.isEmpty else { throw Refusal(reason: "the name is empty") }
        guard Person.nameLimit.admits(name.utf8.count) else { throw Refusal(reason: "the name is too long") }
        let phones = Self.several(columns.value(.phone, in: fields)) + Self.several(columns.value(.phone2, in: fields))
        for phone in phones where numbers.read(phone, line: line).e164 == nil {
            throw Refusal(reason: "a phone number cannot be read")
        }
        let emails = Self.several(columns.value(.email, in: fields))
        for email in emails where Identity.email(email) == nil { throw Refusal(reason: "an e-mail address is none") }
        let owner = columns.value(.owner, in: fields).lowercased()
        guard owner.isEmpty || owners.contains(owner) else {
            throw Refusal(reason: "the owner is nobody's login (an e-mail address is needed)")
        }
        let stage = columns.value(.lifecycle, in: fields)
        let lifecycle = PeopleColumns.lifecycle(stage)
        guard stage.isEmpty || lifecycle != nil else { throw Refusal(reason: "there is no such lifecycle") }
        return JSONWriter.object { json in
            json.field("line", Int64(record.line))
            json.field("name", name)
            json.optional("org", columns.value(.organisation, in: fields).nonEmpty)
            json.optional("title", columns.value(.title, in: fields).nonEmpty)
            json.field("phones", strings: phones)
            json.field("emails", strings: emails)
            json.optional("owner", owner.nonEmpty)
            json.optional("lifecycle", lifecycle?.rawValue)
            json.optional("language", columns.value(.language, in: fields).nonEmpty)
        }.bytes
    }

    /// Several in one cell stand between semicolons.
    private static func several(_ text: String) -> [String] {
        text.split { ";；、".contains($0) }.map { String($0).withoutSpacesAround }.filter { !$0.isEmpty }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
