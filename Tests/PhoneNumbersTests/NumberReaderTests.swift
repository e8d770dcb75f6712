import Basics
import Testing

@testable import PhoneNumbers

private let china = LineRules(region: "CN", areaCode: "021")

@Suite struct NumberReaderTests {
    private let reader = NumberReader()

    @Test func `an answer that is remembered is the same answer, and each line has its own`() {
        let first = reader.read("02150001234", line: china)
        #expect(reader.read("02150001234", line: china) == first)
        #expect(reader.read("41443643532", line: LineRules(region: "US")).countryCode == nil)
        #expect(reader.read("41443643532", line: LineRules(region: "US", addsPlus: true)).countryCode == 41)
    }

    @Test func `no more answers are remembered than the limit says, and the latest are`() {
        var answers = RecentAnswers<Int, Int>(countMax: 10)
        for question in 0..<100 {
            answers.remember(-question, for: question)
            #expect(answers.count <= 10)
        }
        for question in 95..<100 { #expect(answers[question] == -question) }
        #expect(answers[80] == nil)
        #expect(NumberReader.rememberedMax.value == 10_000)
    }

    @Test func `an answer in use outlives those that are not`() {
        var answers = RecentAnswers<Int, Int>(countMax: 10)
        answers.remember(1, for: -1)
        for question in 0..<100 {
            answers.remember(0, for: question)
            #expect(answers[-1] == 1)
            #expect(answers.count <= 10)
        }
    }

    @Test func `a text has 128 bytes at most`() {
        let number = "+8613800138000"
        let padding = String(repeating: " ", count: 128 - number.utf8.count)
        #expect(reader.read(padding + number, line: china).e164 == number)
        #expect(reader.read(padding + " " + number, line: china).kind == .invalid)
    }

    @Test func `many threads may ask at once`() async {
        let reader = reader
        let answers = await withTaskGroup(of: Set<String?>.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    Set((0..<200).map { reader.read("1380013\(8_000 + $0 % 50)", line: china).e164 })
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.count == 50 && !$0.contains(nil) })
    }

    @Test func `a number is shown as its reader is used to see it`() {
        let shanghai = reader.read("02150001234转8001", line: china)
        #expect(reader.display(shanghai, from: "CN") == "021 5000 1234 x8001")
        #expect(reader.display(shanghai, from: "US") == "+86 21 5000 1234 x8001")
        #expect(reader.display(shanghai) == "+86 21 5000 1234 x8001")
        #expect(
            reader.display(reader.read("(415)555.2671", line: LineRules(region: "US")), from: "US") == "(415) 555-2671"
        )
        #expect(reader.display(reader.read("95588", line: china)) == "95588")
        #expect(reader.display(reader.read("anonymous", line: china)) == "")
        #expect(reader.display(reader.read("client:alice", line: china)) == "alice")
        #expect(reader.display(reader.read("5000-1234", line: china)) == "5000-1234")
    }

    @Test func `a masked number keeps its country, its head and its tail`() {
        func masked(_ raw: String) -> String { reader.read(raw, line: china).masked }
        #expect(masked("13800138000") == "+86 138****8000")
        #expect(masked("02150001234") == "+86 215****1234")
        #expect(masked("+4790123456") == "+47 90****56")
        #expect(masked("50001234") == "50****34")
        #expect(masked("95588") == "95588")
        #expect(masked("anonymous") == "")
        #expect(masked("no number") == "")
    }

    @Test func `printing a number shows its kind and none of its digits`() {
        let number = reader.read("13800138000", line: china)
        var dumped = ""
        dump(number, to: &dumped)
        for text in ["\(number)", String(reflecting: number), dumped, "\([number])"] {
            #expect(!text.contains("138"))
        }
        #expect("\(number)" == "•••(mobile)")
    }

    @Test func `the keypad spelling of anonymity is the known one, and no valid number`() {
        #expect(Keypad.digits("anonymous") == "266696687")
        for word in ["anonymous", "unknown", "private", "restricted", "unavailable", "withheld", "blocked"] {
            let text = "+" + Keypad.digits(word)
            #expect(AnonymousCaller.includes(text))
            #expect(NumberPlan.read(text, in: "ZZ")?.isValid != true)
        }
        #expect(!AnonymousCaller.includes("0"))
        #expect(AnonymousCaller.includes("00"))
    }

    @Test func `garbage breaks nothing, and what is read once is read the same again`() {
        let seed: UInt64 = 0x50_0E
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "+", "00", "86", "138", "0013", "8000", "-", "x", "ext", "转", "分机", ";", "=", ";ext=", "sip:", "tel:", "@",
            "<", ">",
            "(", ")", "９", "\u{202E}", "e\u{301}", "𝟙", "İ", "client:", "phone-context=+", ",", "#", "9,", "%2B", " ",
        ]
        let lines = [
            china, LineRules(region: "US", outsidePrefixes: ["9", "9,", ""], addsPlus: true), LineRules(region: ""),
        ]
        for _ in 0..<3_000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<10, using: &random) {
                if Int.random(in: 0..<5, using: &random) == 0 {
                    bytes += random.bytes(Int.random(in: 0..<4, using: &random))
                } else if let piece = pieces.randomElement(using: &random) {
                    bytes += Array(piece.utf8)
                }
            }
            let raw = String(decoding: bytes, as: UTF8.self)
            for line in lines {
                let number = NumberReading(line: line).read(raw)
                if let e164 = number.e164 {
                    #expect(e164.hasPrefix("+") && e164.utf8.count >= 8, "seed \(seed)")
                    let again = NumberReading(line: line).read(e164)
                    #expect(again.e164 == e164 && again.kind == number.kind, "seed \(seed)")
                }
                _ = (number.masked, reader.display(number), MatchKeys(number, line: line))
            }
        }
    }
}
