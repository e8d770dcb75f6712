/// Letters as a telephone has them on its keys (ITU-T E.161).
enum Keypad {
    private static let keys = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"]

    /// The digits that spell `text`; digits and a leading `+` stay, everything else goes.
    static func digits(_ text: String) -> String {
        var digits = text.hasPrefix("+") ? "+" : ""
        for letter in text.lowercased() {
            if letter.isASCII, letter.isNumber { digits.append(letter) }
            if let key = keys.firstIndex(where: { $0.contains(letter) }) { digits += String(key + 2) }
        }
        return digits
    }
}
