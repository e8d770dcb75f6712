import Basics
import Carriers
import Domain
import Foundation
import Testing

/// Where the examples and vectors of the project stand.
enum Files {
    static let protocols = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Protocols")

    static func bytes(_ url: URL) throws -> [UInt8] { Array(try Data(contentsOf: url)) }

    static func object(_ url: URL) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: try Data(contentsOf: url)) as? [String: Any])
    }

    /// Samples that stay outside of the project, where they are present.
    static let shared = ProcessInfo.processInfo.environment["SWITCHBOARD_SHARED"].map { URL(filePath: $0) }
}

/// A payload in `Protocols/carriers`, and what has to come of it.
struct Example: Sendable, CustomTestStringConvertible {
    let carrier: String
    let file: URL
    var testDescription: String { "\(carrier)/\(file.lastPathComponent)" }

    static let all: [Example] = ["generic", "twilio"].flatMap { carrier in
        let folder = Files.protocols.appending(path: "carriers/\(carrier)")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { file in
            file.pathExtension != "md" && !file.lastPathComponent.hasSuffix(".expected.json")
        }.sorted { $0.path < $1.path }.map { Example(carrier: carrier, file: $0) }
    }

    var expected: URL {
        file.deletingPathExtension().appendingPathExtension("expected.json")
    }

    func request() throws -> CarrierRequest {
        let bytes = try Files.bytes(file)
        var contentType = "application/x-www-form-urlencoded"
        switch file.pathExtension {
        case "json": contentType = "application/json; charset=utf-8"
        case "multipart":
            let boundary = String(decoding: bytes.prefix { $0 != 13 }.dropFirst(2), as: UTF8.self)
            contentType = "multipart/form-data; boundary=\"\(boundary)\""
        default: break
        }
        let isQuery = file.pathExtension == "query"
        return CarrierRequest(
            carrier: carrier,
            account: "acme",
            contentType: contentType,
            query: isQuery ? String(decoding: bytes, as: UTF8.self) : "",
            body: isQuery ? [] : bytes
        )
    }
}

let receivedAt = Timestamp(milliseconds: 1_795_000_000_000)

func form(_ fields: KeyValuePairs<String, String>) -> [UInt8] {
    let pieces = fields.map { name, value in
        "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    }
    return Array(pieces.joined(separator: "&").utf8)
}

func source(
    _ carrier: String,
    secrets: [String] = [],
    named: [String: String] = [:],
    allowsUnsigned: Bool = false,
    replies: [String: String] = [:]
) -> CarrierSource {
    CarrierSource(
        carrier: carrier,
        account: "acme",
        secrets: secrets.map { Redacted($0) },
        namedSecrets: named.mapValues { Redacted($0) },
        allowsUnsigned: allowsUnsigned,
        publicBaseURL: "https://switchboard.example.com",
        replies: replies
    )
}

/// A form out of a dictionary, in a fixed order.
enum FormBodyText {
    static func encode(_ fields: [String: String]) -> [UInt8] {
        let pieces = fields.sorted { $0.key < $1.key }.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }
        return Array(pieces.joined(separator: "&").utf8)
    }
}
