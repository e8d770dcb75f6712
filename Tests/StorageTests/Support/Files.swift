import Foundation
import Logging
import Storage
import StorageSQLite

/// A folder of its own for each test, gone with it.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "switchboard-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }
}

extension Logger {
    /// Tests read outcomes, not logs.
    static let silent = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
}
