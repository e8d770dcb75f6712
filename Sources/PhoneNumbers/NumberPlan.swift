internal import Basics
internal import CPhoneNumber

/// The numbering plans of the world, as libphonenumber knows them.
///
/// Each answer costs about 30 µs; it comes from constant tables and may be asked for on any thread.
enum NumberPlan {

    struct Answer {
        let e164: String
        let national: String
        let region: String?
        let `extension`: String?
        let countryCode: Int
        let kind: PhoneNumber.Kind
        var isValid: Bool { kind != .invalid }
        /// Long enough to be somebody's: a full number of the right length, and of seven digits or more.
        let isPossible: Bool
    }

    /// The rules of this process: the digest changes when the library's tables do, the last number when our own reading does.
    static let ruleset = "libphonenumber-" + hex(sb_phone_rules_digest()) + "-1"

    static func read(_ text: String, in region: String) -> Answer? {
        var number = sb_phone_number()
        guard unsafe sb_phone_parse(text, region, &number) else { return nil }
        let home = string(in: &number.region)
        let suffix = string(in: &number.extension)
        let national = string(in: &number.national)
        return Answer(
            e164: string(in: &number.e164),
            national: national,
            region: home == "ZZ" ? nil : home,
            extension: suffix.isEmpty ? nil : suffix,
            countryCode: Int(number.country_code),
            kind: number.is_valid ? kind(number.type) : .invalid,
            isPossible: number.is_possible && national.utf8.count >= 7
        )
    }

    static func format(_ e164: String, nationally: Bool) -> String? {
        var text = [CChar](repeating: 0, count: 64)
        guard unsafe sb_phone_format(e164, nationally, &text, text.count) else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func isShortCode(_ digits: String, in region: String) -> Bool {
        unsafe sb_phone_is_short_code(digits, region) || region == "CN" && isChineseHotline(digits)
    }
}

extension NumberPlan {

    /// 12345 the city, 12306 the railway, 95588 a bank, 96xxx a province, 100xx a network: few of them are in the tables.
    private static func isChineseHotline(_ digits: String) -> Bool {
        let length = digits.utf8.count
        return switch digits.prefix(2) {
        case "95", "96": (5...6).contains(length)
        case "12": length == 5
        case "10": length == 5 && digits.hasPrefix("100")
        default: false
        }
    }

    /// The order is that of `PhoneNumberUtil::PhoneNumberType`.
    private static func kind(_ type: Int32) -> PhoneNumber.Kind {
        switch type {
        case 0: .fixed
        case 1: .mobile
        case 2: .fixedOrMobile
        case 3: .tollFree
        case 4: .premium
        case 6: .voip
        default: .other
        }
    }

    private static func hex(_ digest: UInt32) -> String {
        ByteText.hex((0..<4).reversed().map { UInt8(truncatingIfNeeded: digest >> (8 * $0)) })
    }

    /// A C array of characters arrives as a tuple; its bytes up to the first zero are the text.
    private static func string<Tuple>(in tuple: inout Tuple) -> String {
        unsafe withUnsafeBytes(of: &tuple) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
