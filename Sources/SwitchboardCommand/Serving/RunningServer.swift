internal import Foundation
internal import Glibc

/// What a running server says of itself in its data folder, for the commands beside it.
struct RunningServer: Codable, Hashable {
    /// How this machine reaches it.
    var url: String
    var publicURL: String
    var port: Int
    var pid: Int32

    /// The server that has the data folder open; nil when none has.
    static func find(in data: DataFolder) -> RunningServer? {
        guard data.isServed, let bytes = FileManager.default.contents(atPath: data.runningFile) else { return nil }
        return try? JSONDecoder().decode(RunningServer.self, from: bytes)
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    func announce(in data: DataFolder) throws(CommandFailure) {
        try PrivateFile.write(json + "\n", to: data.runningFile)
    }

    static func withdraw(from data: DataFolder) { unlink(data.runningFile) }
}
