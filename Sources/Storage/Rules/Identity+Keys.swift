package import Domain

extension Identity {
    /// A number without its extension (`+8675512345678;ext=801` → `+8675512345678`); nil for what is no number.
    package var numberBase: String? {
        guard kind == .phone else { return nil }
        var base = ""
        for (index, scalar) in value.unicodeScalars.enumerated() {
            guard ("0"..."9").contains(scalar) || (index == 0 && scalar == "+") else { break }
            base.unicodeScalars.append(scalar)
        }
        return base.isEmpty ? nil : base
    }

    package static let suffixLength = 8

    /// The last digits of a number, by which it is found when nothing better is known.
    package var numberSuffix: String? {
        guard let digits = numberBase?.drop(while: { $0 == "+" }), digits.count >= Self.suffixLength else { return nil }
        return String(digits.suffix(Self.suffixLength))
    }
}
