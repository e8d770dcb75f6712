// Comma-separated values (RFC 4180): records end with CRLF or LF; a field in quotes may hold delimiters, line ends and
// doubled quotes; a quote elsewhere is a mistake. A byte order mark at the beginning is skipped.

/// Reads delimited text strictly, record by record.
struct DelimitedText {
    struct Record: Hashable {
        /// The line of the file on which it begins, from 1.
        var line: Int
        var fields: [String]
    }

    /// What breaks the format; from here on nobody knows where records begin.
    struct Mistake: Error, Hashable {
        var line: Int
        var reason: String
    }

    private let bytes: [UInt8]
    private let delimiter: UInt8
    private var position = 0
    private var line = 1

    init(_ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ",")) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        self.delimiter = delimiter
    }

    /// The next record that is not an empty line; nil at the end.
    mutating func next() throws(Mistake) -> Record? {
        while position < bytes.count {
            let record = Record(line: line, fields: try fields())
            if record.fields != [""] { return record }
        }
        return nil
    }

    private mutating func fields() throws(Mistake) -> [String] {
        var fields: [String] = []
        while true {
            fields.append(try field())
            guard position < bytes.count, bytes[position] == delimiter else { break }
            position += 1
        }
        takeLineEnd()
        return fields
    }

    private mutating func field() throws(Mistake) -> String {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return try plainField() }
        let start = line
        var content: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            guard byte == UInt8(ascii: "\"") else {
                content.append(byte)
                continue
            }
            guard position < bytes.count, bytes[position] == byte else {
                guard isAtFieldEnd else { throw Mistake(line: line, reason: "text stands behind a closing quote") }
                return String(decoding: content, as: UTF8.self)
            }
            content.append(byte)
            position += 1
        }
        throw Mistake(line: start, reason: "a quote is opened here and never closed")
    }

    private mutating func plainField() throws(Mistake) -> String {
        let start = position
        while !isAtFieldEnd {
            guard bytes[position] != UInt8(ascii: "\"") else {
                throw Mistake(line: line, reason: "a quote stands inside a field that does not begin with one")
            }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private var isAtFieldEnd: Bool {
        guard position < bytes.count else { return true }
        let byte = bytes[position]
        return byte == delimiter || byte == UInt8(ascii: "\n")
            || (byte == UInt8(ascii: "\r")
                && (position + 1 == bytes.count || bytes[position + 1] == UInt8(ascii: "\n")))
    }

    private mutating func takeLineEnd() {
        if position < bytes.count, bytes[position] == UInt8(ascii: "\r") { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
            position += 1
            line += 1
        }
    }

    /// A record as a line of the format.
    static func write(_ fields: [String], delimiter: UInt8 = UInt8(ascii: ",")) -> String {
        let mark = Character(Unicode.Scalar(delimiter))
        return fields.map { field in
            let mustQuote = field.contains { $0 == mark || $0 == "\"" || $0.isNewline }
            return mustQuote
                ? "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
                : field
        }.joined(separator: String(mark)) + "\r\n"
    }
}
