internal import Basics
internal import Domain
internal import PhoneNumbers

/// The number of the other party, read for the line it came over.
struct CallerNumber {
    let identity: Identity?
    let shown: String?
    let isAnonymous: Bool
    let exact: [Identity]
    let national: [Identity]
    let suffix: String?

    init(_ raw: String?, line: LineRules, numbers: NumberReader) {
        let number = Self.read(raw ?? "", line, numbers)
        isAnonymous = number.kind == .anonymous
        identity = number.e164.map { Identity(.phone, $0) }
        shown = isAnonymous ? nil : number.e164 == nil ? raw : numbers.display(number, from: line.region)
        var exact: [Identity] = []
        var national: [Identity] = []
        var suffix: String?
        for step in MatchKeys(number, line: line).steps {
            switch step {
            case .e164(let value): exact.append(Identity(.phone, value))
            case .completed(let value): national.append(Identity(.phone, value))
            case .suffix: suffix = number.last8
            case .withExtension, .national: break
            }
        }
        self.exact = exact
        self.national = national
        self.suffix = suffix
    }

    /// As the line reads it; digits that are no number there may be a whole international number without its plus,
    /// which is how many telephone systems write them.
    private static func read(_ raw: String, _ line: LineRules, _ numbers: NumberReader) -> PhoneNumber {
        let number = numbers.read(raw, line: line)
        guard number.kind == .invalid else { return number }
        let international = LineRules(
            region: line.region,
            areaCode: line.areaCode,
            outsidePrefixes: line.outsidePrefixes,
            addsPlus: true,
            extensionLengths: line.extensionLengths
        )
        let whole = numbers.read(raw, line: international)
        return whole.isValid ? whole : number
    }
}
