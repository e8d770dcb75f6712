/// One WebSocket message with its frame header, encoded once and shared by all its receivers.
///
/// It holds the wire bytes of a single unmasked, final frame (RFC 6455, 5.2), so that many of them can leave in one
/// write, and no receiver's write touches what another one reads.
public struct OutboundFrame: Sendable {
    let wire: [UInt8]

    /// A text message; the bytes must be UTF-8.
    public init(text: [UInt8]) { wire = OutboundFrame.encode(opcode: 0x1, text) }
    public init(text: String) { wire = OutboundFrame.encode(opcode: 0x1, Array(text.utf8)) }
    public init(binary: [UInt8]) { wire = OutboundFrame.encode(opcode: 0x2, binary) }

    /// A close frame, with as much of the reason as a control frame carries (RFC 6455, 5.5).
    init(closeCode: UInt16, reason: String) {
        var text = Substring(reason)
        while text.utf8.count > 123 { text.removeLast() }
        wire = OutboundFrame.encode(opcode: 0x8, [UInt8(closeCode >> 8), UInt8(closeCode & 0xFF)] + Array(text.utf8))
    }

    /// What it costs on the wire.
    public var byteCount: Int { wire.count }

    private static func encode(opcode: UInt8, _ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + 10)
        bytes.append(0x80 | opcode)
        if payload.count < 126 {
            bytes.append(UInt8(payload.count))
        } else if payload.count <= 0xFFFF {
            bytes += [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        } else {
            bytes.append(127)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: UInt64(payload.count) >> UInt64(shift)))
            }
        }
        return bytes + payload
    }
}
