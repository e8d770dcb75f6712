import Foundation
import Testing
import Wire

/// `Protocols/errors.json` and the code say the same.
@Suite struct ErrorCodeTests {
    struct File: Decodable {
        struct Entry: Decodable {
            var code: String
            var status: Int
        }
        struct Close: Decodable {
            var close: UInt16
            var code: String
            var reconnect: Bool
        }
        var errors: [Entry]
        var closes: [Close]
    }

    private func file() throws -> File {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try JSONDecoder().decode(
            File.self,
            from: Data(contentsOf: root.appending(path: "Protocols/errors.json"))
        )
    }

    @Test func `every code stands in the file, with its status, and none besides`() throws {
        let listed = try file().errors
        #expect(Set(listed.map(\.code)) == Set(ErrorCode.allCases.map(\.rawValue)))
        for entry in listed { #expect(ErrorCode(rawValue: entry.code)?.httpStatus == entry.status, "\(entry.code)") }
    }

    @Test func `every close code stands in the file, and its hundred says whether to come back`() throws {
        let listed = try file().closes
        #expect(Set(listed.map(\.close)) == Set(CloseCode.allCases.map(\.rawValue)))
        for entry in listed {
            #expect(CloseCode(rawValue: entry.close)?.code == entry.code)
            #expect(CloseCode(rawValue: entry.close)?.mayReconnect == entry.reconnect)
        }
    }
}
