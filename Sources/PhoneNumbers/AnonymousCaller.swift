/// The texts that say: the caller does not say.
enum AnonymousCaller {

    static func includes(_ text: String) -> Bool {
        if text.isEmpty || words.contains(text.lowercased()) { return true }
        let digits = text.drop { $0 == "+" }
        if digits.utf8.count >= 2, digits.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) { return true }
        return text.hasPrefix("+") && keypad.contains(String(digits))
    }

    private static let words: Set<String> = [
        "anonymous", "unknown", "private", "restricted", "unavailable", "withheld", "blocked", "no caller id",
        "未知", "匿名", "未知号码", "私人号码",
    ]

    /// A field that only takes numbers gets the word as it is typed on a keypad: +266696687 is ANONYMOUS.
    private static let keypad = Set(
        ["anonymous", "unknown", "private", "restricted", "unavailable", "withheld", "blocked"].map(Keypad.digits)
    )
}
