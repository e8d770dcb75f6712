// How a text becomes a number, in this order; the first step that knows the answer gives it.
//
//   1  one spelling, no dressing                 DialText
//   2  an extension that a word announces        ExtensionSplit(byWord:)
//   3  a caller who does not say                 AnonymousCaller
//   4  a `+`: the number names its country
//   5  short codes and extensions of the house   never E.164
//   6  the rules of the line, then those of the country, then foreign habits (00, 011)
//   7  an extension behind a mere sign, if the rest is valid and the whole is not
//
// A number that nothing knows stays as digits: enough to suspect somebody, not to know him.

/// One reading of one text on one line.
struct NumberReading {
    let line: LineRules

    func read(_ raw: String) -> PhoneNumber {
        let dialled = DialText(raw)
        if let softphone = dialled.softphone { return number(raw, .internal, national: softphone) }
        if AnonymousCaller.includes(dialled.text) { return number(raw, .anonymous, national: nil) }

        if let split = ExtensionSplit(byWord: dialled.text) {
            // An extension alone is one of the house.
            guard !split.number.isEmpty else { return number(raw, .internal, national: split.extension) }
            return result(raw, find(split.number), extension: split.extension)
        }
        let whole = find(dialled.text)
        if !whole.isKnown, let split = ExtensionSplit(bySign: dialled.text) {
            let part = find(split.number)
            if case .outside(let answer) = part, answer.isValid {
                return result(raw, part, extension: split.extension)
            }
        }
        return result(raw, whole, extension: nil)
    }
}

extension NumberReading {

    private enum Finding {
        case short(String)
        case inside(String)
        case outside(NumberPlan.Answer)
        /// Digits that no rule knows.
        case unknown(String)

        var isKnown: Bool {
            switch self {
            case .short, .inside: true
            case .outside(let answer): answer.isValid
            case .unknown: false
            }
        }
    }

    private func find(_ text: String) -> Finding {
        let text = withoutOutsidePause(text)
        let digits = text.filter { $0.isASCII && $0.isNumber }
        if text.first(where: { $0 != "(" && $0 != " " }) == "+" { return findInternational(text, digits) }
        if text.contains(where: { $0.isASCII && $0.isLetter }) {
            // 1-800-TAX-1234, a word before a number, or a name.
            return (valid(text) ?? valid(Keypad.digits(text))).map(Finding.outside) ?? .unknown("")
        }
        return findShort(digits) ?? findNational(digits)
    }

    private func findInternational(_ text: String, _ digits: String) -> Finding {
        // Some trunks put a `+` before the way out of the country.
        let international = digits.hasPrefix("00") ? "+" + digits.drop { $0 == "0" } : text
        guard let answer = NumberPlan.read(international, in: "ZZ"), answer.isPossible || answer.isValid else {
            return .unknown(digits)
        }
        return .outside(answer)
    }

    private func findShort(_ digits: String) -> Finding? {
        let length = digits.utf8.count
        if NumberPlan.isShortCode(digits, in: line.region), length <= 6 { return .short(digits) }
        if line.extensionLengths.contains(length), length <= 6 || valid(digits) == nil { return .inside(digits) }
        guard length <= 6, !digits.isEmpty else { return nil }
        // Beside the house's own plan a few digits can be a number of a small country.
        return valid(digits).map(Finding.outside) ?? .short(digits)
    }

    private func findNational(_ digits: String) -> Finding {
        let withPlus = line.addsPlus && !digits.hasPrefix("0") ? NumberPlan.read("+" + digits, in: "ZZ") : nil
        if let withPlus, withPlus.isValid { return .outside(withPlus) }
        if let answer = valid(digits) { return .outside(answer) }
        for prefix in line.outsidePrefixes {
            let prefix = prefix.filter { $0.isASCII && $0.isNumber }
            guard !prefix.isEmpty, digits.hasPrefix(prefix) else { continue }
            if let answer = valid(String(digits.dropFirst(prefix.count))) { return .outside(answer) }
        }
        for wayOut in ["00", "011"] where digits.hasPrefix(wayOut) {
            let answer = NumberPlan.read("+" + digits.dropFirst(wayOut.count), in: "ZZ")
            if let answer, answer.isValid || answer.isPossible { return .outside(answer) }
        }
        if let withPlus, withPlus.isPossible { return .outside(withPlus) }
        return .unknown(digits)
    }

    private func valid(_ text: String) -> NumberPlan.Answer? {
        guard let answer = NumberPlan.read(text, in: line.region), answer.isValid else { return nil }
        return answer
    }

    /// `9,13800138000`: a pause after the prefix says that it is one, whatever follows.
    private func withoutOutsidePause(_ text: String) -> String {
        for prefix in line.outsidePrefixes {
            let prefix = prefix.filter { $0.isASCII && $0.isNumber }
            guard !prefix.isEmpty, text.hasPrefix(prefix) else { continue }
            let rest = text.dropFirst(prefix.count)
            guard let first = rest.first, ",wWpP".contains(first) else { continue }
            return String(rest.drop { ",wWpP ".contains($0) })
        }
        return text
    }
}

extension NumberReading {

    private func result(_ raw: String, _ finding: Finding, extension suffix: String?) -> PhoneNumber {
        switch finding {
        case .short(let digits): return number(raw, .short, national: digits, extension: suffix)
        case .inside(let digits): return number(raw, .internal, national: digits, extension: suffix)
        case .unknown(let digits):
            return number(raw, .invalid, national: digits.isEmpty ? nil : digits, extension: suffix)
        case .outside(let answer):
            return PhoneNumber(
                raw: raw,
                e164: answer.e164,
                extension: suffix ?? answer.extension,
                region: answer.region,
                kind: answer.kind,
                countryCode: answer.countryCode,
                nationalNumber: answer.national,
                ruleset: NumberPlan.ruleset
            )
        }
    }

    /// A number that is known on this line only.
    private func number(
        _ raw: String,
        _ kind: PhoneNumber.Kind,
        national: String?,
        extension suffix: String? = nil
    ) -> PhoneNumber {
        PhoneNumber(
            raw: raw,
            e164: nil,
            extension: suffix,
            region: kind == .anonymous || kind == .internal ? nil : line.region,
            kind: kind,
            countryCode: nil,
            nationalNumber: national,
            ruleset: NumberPlan.ruleset
        )
    }
}
