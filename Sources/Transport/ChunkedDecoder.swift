/// Takes the framing off a chunked body (RFC 9112, 7.1), strictly.
///
/// libwebsockets 4.1.6 hands chunked bodies over raw. What is accepted here is what every sender of ours writes: sizes of
/// 1 to 8 hexadecimal digits, CRLF after every line and chunk, a bounded extension that is skipped, no trailer. Anything
/// else is malformed, because two readers who disagree about where a body ends are how requests are smuggled.
///
/// The decoder keeps its place and never looks at a byte twice, so the input may be split anywhere.
struct ChunkedDecoder {
    enum Outcome: Equatable {
        case needsMore
        /// The body is complete; `unused` bytes of the last piece belong to nobody.
        case complete(unused: Int)
        case malformed
        case tooLarge
    }

    private enum State {
        case size(digits: Int)
        case `extension`(length: Int)
        case sizeLF
        case data(left: Int)
        case dataCR, dataLF, lastCR, lastLF, done
    }

    private(set) var body: [UInt8] = []
    private let limitBytes: Int
    private var size = 0
    private var state = State.size(digits: 0)
    private static let extensionBytesMax = 256

    init(limitBytes: Int) { self.limitBytes = limitBytes }

    mutating func append(_ piece: [UInt8]) -> Outcome {
        var index = 0
        while index < piece.count {
            if case .data(let left) = state {
                let taken = min(left, piece.count - index)
                body += piece[index..<index + taken]
                index += taken
                state = taken == left ? .dataCR : .data(left: left - taken)
                continue
            }
            let byte = piece[index]
            index += 1
            if let outcome = step(byte) { return outcome }
            if case .done = state { return .complete(unused: piece.count - index) }
        }
        return .needsMore
    }

    /// One byte of framing; an outcome ends the body.
    private mutating func step(_ byte: UInt8) -> Outcome? {
        switch (state, byte) {
        case (.size(let digits), _) where hexDigit(byte) != nil:
            guard digits < 8, let value = hexDigit(byte) else { return .malformed }
            size = size << 4 | value
            guard body.count + size <= limitBytes else { return .tooLarge }
            state = .size(digits: digits + 1)
        case (.size(let digits), UInt8(ascii: "\r")) where digits > 0: state = .sizeLF
        case (.size(let digits), UInt8(ascii: ";")) where digits > 0: state = .extension(length: 0)
        case (.extension, UInt8(ascii: "\r")): state = .sizeLF
        case (.extension(let length), 32...126) where length < Self.extensionBytesMax:
            state = .extension(length: length + 1)
        case (.sizeLF, UInt8(ascii: "\n")): state = size == 0 ? .lastCR : .data(left: size)
        case (.dataCR, UInt8(ascii: "\r")): state = .dataLF
        case (.dataLF, UInt8(ascii: "\n")):
            size = 0
            state = .size(digits: 0)
        case (.lastCR, UInt8(ascii: "\r")): state = .lastLF
        case (.lastLF, UInt8(ascii: "\n")): state = .done
        default: return .malformed
        }
        return nil
    }

    private func hexDigit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
