/// How much a match by number means.
public enum MatchConfidence: Int, Comparable, Hashable, Sendable, CaseIterable {
    /// The last digits are the same: a suggestion.
    case suffix
    /// The same digits within one country.
    case national
    /// The same number.
    case exact

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// One question to the store, whose number this is.
public enum MatchKey: Hashable, Sendable {
    case withExtension(e164: String, extension: String)
    case e164(String)
    /// The number, as the area code of the line completes it.
    case completed(e164: String)
    case national(String, region: String)
    case suffix(String, region: String)

    public var confidence: MatchConfidence {
        switch self {
        case .withExtension, .e164: .exact
        case .completed, .national: .national
        case .suffix: .suffix
        }
    }
}

/// The questions to ask about one number, the surest first; the first one that finds somebody is the answer.
///
/// Short codes, extensions and anonymous callers ask nothing: they are nobody's.
public struct MatchKeys: Hashable, Sendable {
    public let steps: [MatchKey]

    public init(_ number: PhoneNumber, line: LineRules) {
        var steps: [MatchKey] = []
        if let e164 = number.e164 {
            if let suffix = number.extension { steps.append(.withExtension(e164: e164, extension: suffix)) }
            steps.append(.e164(e164))
        } else if let e164 = Self.completed(number, line) {
            steps.append(.completed(e164: e164))
        }
        if let region = number.region, let national = number.nationalNumber, let last8 = number.last8 {
            steps.append(.national(national, region: region))
            steps.append(.suffix(last8, region: region))
        }
        self.steps = steps
    }

    /// Neighbours leave the area code out, and so do old records: 50001234 on a line in Shanghai is 021 5000 1234.
    private static func completed(_ number: PhoneNumber, _ line: LineRules) -> String? {
        guard number.kind == .invalid, let areaCode = line.areaCode, !areaCode.isEmpty,
            let digits = number.nationalNumber, digits.utf8.count >= 7, !digits.hasPrefix("0"),
            let answer = NumberPlan.read(areaCode + digits, in: line.region), answer.isValid,
            answer.region == line.region, answer.national == areaCode + digits
        else { return nil }
        return answer.e164
    }
}
