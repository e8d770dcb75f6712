import PhoneNumbers
import Testing

/// What one text means on one line.
struct Row: Sendable, CustomTestStringConvertible {
    let raw: String
    let line: LineRules
    let e164: String?
    let suffix: String?
    let kind: PhoneNumber.Kind

    init(
        _ raw: String,
        _ line: LineRules,
        _ e164: String?,
        ext suffix: String? = nil,
        _ kind: PhoneNumber.Kind
    ) {
        self.raw = raw
        self.line = line
        self.e164 = e164
        self.suffix = suffix
        self.kind = kind
    }

    var testDescription: String { "\(raw) on \(line.region)" }

    func check(with reader: NumberReader = NumberReader()) {
        let number = reader.read(raw, line: line)
        #expect(number.e164 == e164, "\(raw)")
        #expect(number.extension == suffix, "\(raw)")
        #expect(number.kind == kind, "\(raw)")
        #expect(number.raw == raw)
    }
}

private let china = LineRules(region: "CN", areaCode: "021")
private let american = LineRules(region: "US")
private let british = LineRules(region: "GB")

@Suite struct NumberReadingTests {

    @Test(arguments: [
        Row("13800138000", china, "+8613800138000", .mobile),
        Row("0 138 0013 8000", china, "+8613800138000", .mobile),
        Row("008613800138000", china, "+8613800138000", .mobile),
        Row("8613800138000", china, "+8613800138000", .mobile),
        Row("１３８００１３８０００", china, "+8613800138000", .mobile),
        Row("＋８６　１３８－００１３－８０００", china, "+8613800138000", .mobile),
        Row("٠١٣٨٠٠١٣٨٠٠٠", china, "+8613800138000", .mobile),
        Row("\u{202A}+86 138 0013 8000\u{202C}", china, "+8613800138000", .mobile),
        Row("138\u{200B}0013\u{2011}8000", china, "+8613800138000", .mobile),
        Row("02150001234", china, "+862150001234", .fixed),
        Row("2150001234", china, "+862150001234", .fixed),
        Row("021-5000-1234", china, "+862150001234", .fixed),
        Row("（021）5000 1234", china, "+862150001234", .fixed),
        Row("+86 (0)21 5000 1234", china, "+862150001234", .fixed),
    ])
    func `a Chinese number is one number however it is written`(_ row: Row) { row.check() }

    @Test(arguments: [
        Row("02150001234-8001", china, "+862150001234", ext: "8001", .fixed),
        Row("02150001234转8001", china, "+862150001234", ext: "8001", .fixed),
        Row("021-50001234 轉 8001", china, "+862150001234", ext: "8001", .fixed),
        Row("021-50001234 分机：8001", china, "+862150001234", ext: "8001", .fixed),
        Row("02150001234转分机8001", china, "+862150001234", ext: "8001", .fixed),
        Row("02150001234；分机 8001", china, "+862150001234", ext: "8001", .fixed),
        Row("02150001234#8001", china, "+862150001234", ext: "8001", .fixed),
        Row("02150001234,,8001", china, "+862150001234", ext: "8001", .fixed),
        Row("02150001234;8001", china, "+862150001234", ext: "8001", .fixed),
        Row("tel:+862150001234;ext=8001", china, "+862150001234", ext: "8001", .fixed),
        Row("+1 415 555 2671 x123", american, "+14155552671", ext: "123", .fixedOrMobile),
        Row("(415) 555-2671 ext. 123", american, "+14155552671", ext: "123", .fixedOrMobile),
        Row("415-555-2671 (Extension 123)", american, "+14155552671", ext: "123", .fixedOrMobile),
        Row("415-555-2671-123", american, "+14155552671", ext: "123", .fixedOrMobile),
        Row("020 7946 0018#4", british, "+442079460018", ext: "4", .fixed),
        Row("ext. 8001", china, nil, .internal),
        Row("分机8001", china, nil, .internal),
    ])
    func `an extension is split off and kept apart`(_ row: Row) { row.check() }

    @Test(arguments: [
        Row("021-5000-1234", china, "+862150001234", .fixed),
        Row("0755-12345678", china, "+8675512345678", .fixed),
        Row("030 123456-78", LineRules(region: "DE"), "+493012345678", .fixed),
        Row("1-800-TAX-1234", american, "+18008291234", .tollFree),
        Row("Fax 021 5000 1234", china, "+862150001234", .fixed),
        Row("1-800-FLOWERS", american, "+18003569377", .tollFree),
    ])
    func `what only looks like an extension stays in the number`(_ row: Row) { row.check() }

    @Test(arguments: [
        "anonymous", "Anonymous", "UNKNOWN", "private", "Restricted", "unavailable", "withheld", "", "   ", "\u{200E}",
        "+266696687", "0000", "00000000", "+0000000000", "sip:anonymous@anonymous.invalid", "匿名",
        "\"Anonymous\" <sip:anonymous@anonymous.invalid;user=phone>", "tel:",
    ])
    func `a caller who does not say is anonymous`(_ raw: String) { Row(raw, china, nil, .anonymous).check() }

    @Test(arguments: [
        Row("sip:+8613800138000@pbx.example;user=phone", china, "+8613800138000", .mobile),
        Row("sips:%2B8613800138000@pbx.example", china, "+8613800138000", .mobile),
        Row("\"王\" <sip:+8613800138000@10.0.0.1:5060>;tag=1", china, "+8613800138000", .mobile),
        Row("SIP:13800138000:secret@pbx.example", china, "+8613800138000", .mobile),
        Row("tel:+1-415-555-2671;npdi", china, "+14155552671", .fixedOrMobile),
        Row("tel:50001234;phone-context=+8621", china, "+862150001234", .fixed),
        Row("sip:1001@pbx.example", china, nil, .internal),
        Row("client:alice", china, nil, .internal),
        Row("client:13800138000", china, nil, .internal),
        Row("sip:alice@pbx.example", china, nil, .invalid),
        Row("sip:192.168.1.10", american, nil, .invalid),
    ])
    func `an address gives its number and nothing of its host`(_ row: Row) { row.check() }

    @Test(arguments: [
        Row("1001", china, nil, .internal),
        Row("8", china, nil, .internal),
        Row("95588", china, nil, .short),
        Row("10086", china, nil, .short),
        Row("110", china, nil, .short),
        Row("12345", china, nil, .short),
        Row("911", american, nil, .short),
        Row("112", british, nil, .short),
        Row("1001", LineRules(region: "CN", extensionLengths: 3...3), nil, .short),
        Row("123456", LineRules(region: "CN", extensionLengths: 1...6), nil, .internal),
        Row("1234567", LineRules(region: "CN", extensionLengths: 1...6), nil, .invalid),
        Row("1234567", LineRules(region: "CN", extensionLengths: 7...7), nil, .internal),
        Row("13800138000", LineRules(region: "CN", extensionLengths: 11...11), "+8613800138000", .mobile),
        Row("201234", LineRules(region: "FO", extensionLengths: 2...4), "+298201234", .fixed),
        Row("+861001", china, nil, .invalid),
        Row("+8695588", china, nil, .invalid),
    ])
    func `short codes and extensions are never numbers of the world`(_ row: Row) { row.check() }

    @Test(arguments: [
        Row("913800138000", LineRules(region: "CN", outsidePrefixes: ["9"]), "+8613800138000", .mobile),
        Row("913800138000", LineRules(region: "CN", outsidePrefixes: ["9,"]), "+8613800138000", .mobile),
        Row("9,02150001234", LineRules(region: "CN", outsidePrefixes: ["9,"]), "+862150001234", .fixed),
        Row("0,02150001234", LineRules(region: "CN", outsidePrefixes: ["0,", "9,"]), "+862150001234", .fixed),
        Row("9w95588", LineRules(region: "CN", outsidePrefixes: ["9,"]), nil, .short),
        Row("913800138000", china, nil, .invalid),
        Row("9195551234", LineRules(region: "US", outsidePrefixes: ["9"]), "+19195551234", .fixedOrMobile),
        Row("9110", LineRules(region: "CN", outsidePrefixes: ["9"]), nil, .internal),
        Row("8613800138000", LineRules(region: "US", addsPlus: true), "+8613800138000", .mobile),
        Row("14155552671", LineRules(region: "CN", addsPlus: true), "+14155552671", .fixedOrMobile),
        Row("02150001234", LineRules(region: "CN", addsPlus: true), "+862150001234", .fixed),
        Row("13800138000", LineRules(region: "CN", addsPlus: true), "+8613800138000", .mobile),
        Row("1001", LineRules(region: "CN", addsPlus: true), nil, .internal),
    ])
    func `a line's own habits are undone`(_ row: Row) { row.check() }

    @Test(arguments: [
        Row("0086 138 0013 8000", american, "+8613800138000", .mobile),
        Row("00 44 20 7946 0018", china, "+442079460018", .fixed),
        Row("011 44 20 7946 0018", american, "+442079460018", .fixed),
        Row("011 44 20 7946 0018", china, "+442079460018", .fixed),
        Row("+0086 138 0013 8000", china, "+8613800138000", .mobile),
        Row("011-211-1234", LineRules(region: "JP"), "+81112111234", .fixed),
    ])
    func `the way out of a country is no part of a number`(_ row: Row) { row.check() }

    @Test(arguments: [
        Row("138 0013 8000", china, "+8613800138000", .mobile),
        Row("0755-12345678", china, "+8675512345678", .fixed),
        Row("0086 138 0013 8000", china, "+8613800138000", .mobile),
        Row("00 44 20 7946 0018", british, "+442079460018", .fixed),
        Row("(415) 555-2671", american, "+14155552671", .fixedOrMobile),
        Row("+39 06 6982", china, "+39066982", .fixed),
        // The tables of today and those of libphonenumber 8.12.57 both call 400 a number of shared cost.
        Row("4008101111", china, "+864008101111", .other),
        Row("95588", china, nil, .short),
        Row("010-12345678转801", china, "+861012345678", ext: "801", .fixed),
    ])
    func `the golden numbers of the person store come out as they should`(_ row: Row) { row.check() }

    @Test func `a Mexican mobile of old is read by the rules of today, which the answer names`() {
        // libphonenumber 8.12 drops the 1 after +52; 9.0 keeps it and calls the number invalid. Hence the ruleset.
        let number = NumberReader().read("+5215512345678", line: LineRules(region: "MX"))
        #expect(number.e164 == "+525512345678")
        #expect(number.ruleset == NumberReader().ruleset)
        #expect(number.ruleset.hasPrefix("libphonenumber-"))
    }

    @Test func `a number of a range that the rules do not know keeps its E.164, a number of the wrong length does not`()
    {
        Row("+86 999 1234 5678", china, "+8699912345678", .invalid).check()
        Row("+86 999 1234 5678 9999", china, nil, .invalid).check()
        Row("+999 1234567", china, nil, .invalid).check()
        Row("99912345678", china, nil, .invalid).check()
    }
}
