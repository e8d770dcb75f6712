import Domain
import Testing

@testable import SwitchboardCommand

struct DelimitedTextTests {
    private func read(_ text: String, _ delimiter: Character = ",") throws -> [DelimitedText.Record] {
        var reader = DelimitedText(Array(text.utf8), delimiter: delimiter.asciiValue ?? 0)
        var records: [DelimitedText.Record] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    @Test(arguments: [
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,\n,", [["a", ""], ["", ""]]),
        ("\u{FEFF}a\n", [["a"]]), ("\"a,b\",\"c\"\"d\"", [["a,b", "c\"d"]]), ("\"a\r\nb\",c\r\n", [["a\r\nb", "c"]]),
        ("\"\",x", [["", "x"]]), ("\n\r\na\n\n", [["a"]]), ("姓名,\"张, 三\"", [["姓名", "张, 三"]]), ("", []),
        ("a\rb,c", [["a\rb", "c"]]),
    ])
    func `records are read as RFC 4180 says`(text: String, fields: [[String]]) throws {
        #expect(try read(text).map(\.fields) == fields)
    }

    @Test func `a record knows its line, also behind line ends in quotes`() throws {
        #expect(try read("a\n\"b\nc\"\n\nd").map(\.line) == [1, 2, 5])
    }

    @Test func `another delimiter may stand between`() throws {
        #expect(try read("a;b,c", ";").map(\.fields) == [["a", "b,c"]])
        #expect(try read("a\tb", "\t").map(\.fields) == [["a", "b"]])
    }

    @Test(arguments: [("a\nb\"c\n", 2), ("\"a\"b\n", 1), ("a\n\"b\nc", 2), ("\"a\" ,b", 1)])
    func `a quote in the wrong place is a mistake with its line`(text: String, line: Int) {
        #expect { try read(text) } throws: { ($0 as? DelimitedText.Mistake)?.line == line }
    }

    @Test func `what is written is read back`() throws {
        let fields = ["a", "b,c", "d\"e", "f\r\ng", "", "张三"]
        #expect(try read(DelimitedText.write(fields)).map(\.fields) == [fields])
    }
}

struct PeopleColumnsTests {
    @Test func `columns are known by their English and Chinese names`() throws {
        let columns = try PeopleColumns(header: ["Full Name", "手机号码", "E-Mail", "公司", "Job Title", "colour"])
        let fields = [" Ann ", "1", "a@b.c", "X", "Y", "red"]
        #expect(columns.value(.name, in: fields) == "Ann")
        #expect(columns.value(.phone, in: fields) == "1")
        #expect(columns.value(.email, in: fields) == "a@b.c")
        #expect(columns.value(.organisation, in: fields) == "X")
        #expect(columns.value(.title, in: fields) == "Y")
        #expect(columns.value(.owner, in: fields) == "")
        #expect(columns.ignored == ["colour"])
    }

    @Test func `a table without names, or with two columns of one meaning, is refused`() {
        #expect(throws: PeopleColumns.Mistake.self) { try PeopleColumns(header: ["phone"]) }
        #expect(throws: PeopleColumns.Mistake.self) { try PeopleColumns(header: ["name", "姓名"]) }
    }

    @Test func `stages are known in both languages`() {
        #expect(PeopleColumns.lifecycle("Customer") == .customer)
        #expect(PeopleColumns.lifecycle("商机") == .opportunity)
        #expect(PeopleColumns.lifecycle("friend") == nil)
    }
}

struct ImportRunTests {
    private func rows(_ count: Int, bytes: Int = 10) -> [PeopleTable.Row] {
        (0..<count).map { .init(line: $0, fields: [], json: [UInt8](repeating: 32, count: bytes)) }
    }

    @Test(arguments: [(0, []), (1, [1]), (200, [200]), (201, [200, 1]), (450, [200, 200, 50])])
    func `people go in batches of two hundred`(count: Int, batches: [Int]) {
        #expect(ImportRun.batches(rows(count)).map(\.count) == batches)
    }

    @Test func `long rows make smaller batches`() {
        #expect(ImportRun.batches(rows(5, bytes: 240_000)).map(\.count) == [2, 2, 1])
    }
}
