import Basics
import Foundation

/// One signed request of `Protocols/vectors`, with the answer it must get.
struct Vector: Decodable, Sendable {
    let id: String
    let url: String
    let headers: [String: String]
    let body: String
    let secret: String
    let now: Int64?
    let valid: Bool

    static func all(of provider: String) throws -> [Vector] {
        struct File: Decodable { let vectors: [Vector] }
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appendingPathComponent("Protocols/vectors/\(provider).json")
        return try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).vectors
    }
}

/// Every text that differs from `text` in one bit and is still a text.
func bitFlips(of text: String) -> [String] {
    let bytes = Array(text.utf8)
    return bytes.indices.flatMap { index in
        (0..<8).compactMap { bit in
            var changed = bytes
            changed[index] ^= 1 << UInt8(bit)
            return String(validating: changed, as: UTF8.self)
        }
    }
}

/// Garbage that a seed repeats: some of it random bytes, some of it made of the pieces that decoders look for.
func garbage(seed: UInt64, count: Int, pieces: [String]) -> [[UInt8]] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<12, using: &random) {
            if Bool.random(using: &random), let piece = pieces.randomElement(using: &random) {
                bytes += Array(piece.utf8)
            } else {
                bytes += random.bytes(Int.random(in: 0..<4, using: &random))
            }
        }
        return bytes
    }
}

extension String {
    /// Any bytes as the text that the wire would make of them.
    init(repairing bytes: [UInt8]) { self = String(decoding: bytes, as: UTF8.self) }
}
