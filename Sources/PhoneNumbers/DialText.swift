internal import Foundation

/// A caller's text with everything taken off that is not the number: dressing, addresses, invisible marks.
struct DialText: Hashable {
    /// What is left: digits, signs and words, in one spelling.
    let text: String
    /// The name of a softphone (`client:name`), which is no number whatever it looks like.
    let softphone: String?

    init(_ raw: String) {
        var text = Self.plain(raw)
        if let open = text.lastIndex(of: "<"), let close = text[open...].firstIndex(of: ">") {
            text = String(text[text.index(after: open)..<close])  // "Wang" <sip:1001@pbx.example>
        }
        let scheme = Self.schemes.first { text.lowercased().hasPrefix($0) }
        text = String(text.dropFirst(scheme?.count ?? 0))
        guard scheme != "client:" else {
            self.text = ""
            softphone = text
            return
        }
        softphone = nil
        if scheme == "sip:" || scheme == "sips:" || text.contains("@") { text = Self.user(of: text) }
        self.text = Self.trimmed(Self.withoutParameters(text))
    }

    private static let schemes = ["sip:", "sips:", "tel:", "callto:", "client:"]
}

extension DialText {

    /// NFKC, every digit of any script as 0 to 9, every dash as `-`, and nothing that cannot be seen.
    private static func plain(_ raw: String) -> String {
        var scalars = String.UnicodeScalarView()
        let isASCII = raw.utf8.allSatisfy { $0 < 0x80 }
        for scalar in (isASCII ? raw : raw.precomposedStringWithCompatibilityMapping).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .decimalNumber: scalars.append(digit(scalar))
            case .dashPunctuation: scalars.append("-")
            case .spaceSeparator: scalars.append(" ")
            case .format, .control, .lineSeparator, .paragraphSeparator, .surrogate: continue
            default: scalars.append(scalar == "\u{2212}" ? "-" : scalar)  // the minus sign is no dash to Unicode
            }
        }
        return trimmed(String(scalars))
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let value = UInt8(scalar.properties.numericValue ?? 0)
        return Unicode.Scalar(UInt8(ascii: "0") + min(value, 9))
    }

    /// The user of `user:password@host`; without one there is only a host, and a host is no number.
    private static func user(of address: String) -> String {
        guard let at = address.firstIndex(of: "@") else {
            return address.contains(".") ? "host" : address
        }
        let user = String(address[..<at].prefix { $0 != ":" })
        return user.replacing("%2B", with: "+").replacing("%2b", with: "+")
    }

    /// Parameters of a `tel:` or `sip:` address go; the extension stays, and a context in front is put in front (RFC 3966 §3).
    private static func withoutParameters(_ text: String) -> String {
        let pieces = text.split(separator: ";", omittingEmptySubsequences: false)
        guard var number = pieces.first.map(String.init), pieces.count > 1 else { return text }
        for parameter in pieces.dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1).map { trimmed(String($0)) }
            guard pair.count == 2 else {
                // A flag of the address says nothing; a number behind a semicolon is an extension.
                if parameter.contains(where: \.isNumber) { number += ";" + parameter }
                continue
            }
            switch pair[0].lowercased() {
            case "ext": number += ";ext=" + pair[1]
            case "phone-context" where pair[1].hasPrefix("+") && !number.hasPrefix("+"): number = pair[1] + number
            default: continue
            }
        }
        return number
    }

    private static func trimmed(_ text: String) -> String {
        let ends = text.drop { $0 == " " }
        return String(ends.reversed().drop { $0 == " " }.reversed())
    }
}
