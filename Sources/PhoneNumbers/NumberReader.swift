public import Basics

/// Reads what carriers and people write for a number.
///
/// Any thread may ask: a lock keeps the remembered answers, and everything else is constant. They are remembered because
/// a new one costs the library 30 µs and more, several times over for a text that it does not know.
public final class NumberReader: Sendable {
    public static let textBytesMax = Limit("number text bytes", 128)
    public static let rememberedMax = Limit("remembered numbers", 10_000)

    private struct Question: Hashable {
        let raw: String
        let line: LineRules
    }

    private let remembered = Locked(RecentAnswers<Question, PhoneNumber>(countMax: rememberedMax.value))

    /// Loads the rules, about 40 ms the first time: make one at start, not at the first call.
    public init() { _ = NumberPlan.ruleset }

    /// The rules of this process, for what is stored with a number.
    public var ruleset: String { NumberPlan.ruleset }

    /// What `raw` means on a line; there is an answer for every text.
    public func read(_ raw: String, line: LineRules) -> PhoneNumber {
        // Too long to be remembered, and longer than any number with all its dressing.
        guard Self.textBytesMax.admits(raw.utf8.count) else { return .unreadable(raw) }
        let question = Question(raw: raw, line: line)
        if let answer = remembered.withLock({ $0[question] }) { return answer }
        let answer = NumberReading(line: line).read(raw)
        remembered.withLock { $0.remember(answer, for: question) }
        return answer
    }

    /// The number for people: as it is written in its own country if `region` is that one, else with its country code.
    public func display(_ number: PhoneNumber, from region: String? = nil) -> String {
        let suffix = number.extension.map { " x\($0)" } ?? ""
        if let e164 = number.e164 {
            let isHome = region != nil && number.region == region
            return (NumberPlan.format(e164, nationally: isHome) ?? e164) + suffix
        }
        switch number.kind {
        case .anonymous: return ""
        case .short, .internal: return number.nationalNumber ?? ""
        default: return number.raw
        }
    }
}

extension PhoneNumber {
    static func unreadable(_ raw: String) -> PhoneNumber {
        PhoneNumber(
            raw: raw,
            e164: nil,
            extension: nil,
            region: nil,
            kind: .invalid,
            countryCode: nil,
            nationalNumber: nil,
            ruleset: NumberPlan.ruleset
        )
    }
}
