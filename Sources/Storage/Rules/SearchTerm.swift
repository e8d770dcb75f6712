/// What somebody typed to find a person: part of a name or mail address, or the digits of a number.
package struct SearchTerm: Hashable, Sendable {
    /// Lower case, without spaces at the ends; empty means everybody.
    package let text: String
    /// Digits to look for inside numbers, when the text looks like one; a national 0 in front is dropped.
    package let digits: String?

    package static let digitsAtLeast = 3

    package init(_ typed: String) {
        var view = typed[...]
        while view.first?.isWhitespace == true { view.removeFirst() }
        while view.last?.isWhitespace == true { view.removeLast() }
        text = String(view).searchKey
        let digits = view.filter { $0.isASCII && $0.isNumber }.drop { $0 == "0" }
        let looksLikeNumber = view.allSatisfy { $0.isASCII && $0.isNumber || "+-()./ ".contains($0) }
        self.digits = looksLikeNumber && digits.count >= Self.digitsAtLeast ? String(digits) : nil
    }
}

extension String {
    /// The form in which names are compared and sorted: lower case, byte by byte.
    package var searchKey: String { lowercased() }
}
