/// A number and the extension behind it.
struct ExtensionSplit: Hashable {
    let number: String
    let `extension`: String

    /// `02150001234转8001`, `555-2671 x123`, `…;ext=5`: a word says that an extension follows.
    init?(byWord text: String) {
        guard let (head, digits) = Self.trailingDigits(of: text, atMost: 9) else { return nil }
        var rest = Self.trimmed(head)
        guard let word = Self.words.first(where: { rest.lowercased().hasSuffix($0) }) else { return nil }
        rest = String(rest.dropLast(word.count))
        // 转分机 is two of them.
        while let more = Self.words.first(where: { $0.first.map(\.isASCII) == false && rest.hasSuffix($0) }) {
            rest = String(rest.dropLast(more.count))
        }
        // 1-800-TAX-1234: a letter before the word makes it a part of another word.
        if word.first?.isASCII == true, let last = rest.last, last.isASCII, last.isLetter { return nil }
        number = Self.trimmed(rest)
        `extension` = digits
    }

    /// `02150001234-8001`: only a sign, which may as well be a part of the number; the caller looks which one is valid.
    init?(bySign text: String) {
        guard let (head, digits) = Self.trailingDigits(of: text, atMost: 6) else { return nil }
        var rest = head
        while rest.last == " " { rest.removeLast() }
        guard let sign = rest.last, Self.signs.contains(sign) else { return nil }
        number = Self.trimmed(rest)
        `extension` = digits
    }

    private static let words = [
        "extension", "extn", "ext", "分机号", "分機號", "分机", "分機", "转接", "轉接", "转", "轉", "内线", "內線", "доб", "x",
    ]
    private static let signs: Set<Character> = ["-", "#", ",", ";", "*", "~"]
    private static let dressing: Set<Character> = [" ", ".", ":", "=", ";", ",", "-", "#", "(", ")", "~"]

    private static func trailingDigits(of text: String, atMost: Int) -> (head: String, digits: String)? {
        var head = Substring(text)
        while let last = head.last, last == ")" || last == " " { head.removeLast() }
        let digits = String(head.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
        guard (1...atMost).contains(digits.utf8.count), digits.utf8.count < head.utf8.count else { return nil }
        return (String(head.dropLast(digits.count)), digits)
    }

    private static func trimmed(_ text: String) -> String {
        var rest = Substring(text)
        while let last = rest.last, dressing.contains(last) { rest.removeLast() }
        return String(rest)
    }
}
