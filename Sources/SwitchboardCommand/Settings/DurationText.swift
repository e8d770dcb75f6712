internal import Basics

/// A length of time as people write it: `500ms`, `30s`, `5m`, `12h`, `30d`.
enum DurationText {
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]
    private static let longest: Int64 = 3_660 * 86_400_000

    static func parse(_ text: String) -> Span? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let suffix = text.dropFirst(digits.count)
        guard let count = Int64(digits), let unit = units.first(where: { $0.suffix == suffix }),
            count <= longest / unit.milliseconds
        else { return nil }
        return .milliseconds(count * unit.milliseconds)
    }

    static func write(_ span: Span) -> String {
        let unit = units.last { span.milliseconds != 0 && span.milliseconds % $0.milliseconds == 0 } ?? units[1]
        return "\(span.milliseconds / unit.milliseconds)\(unit.suffix)"
    }
}
