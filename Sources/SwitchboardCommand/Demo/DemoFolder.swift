internal import Basics
internal import Foundation
internal import Glibc
internal import Signing
internal import Wire

/// The folder of a demo: an installation with its settings and its logins inside.
struct DemoFolder {
    let path: String
    static let standard = DemoFolder(path: ".data/demo")
    static let inbox = "pk_demo"
    static let source = "demo"

    var settingsFile: String { path + "/switchboard.json" }
    private var loginsFile: String { path + "/logins.json" }
    private var data: DataFolder { DataFolder(path) }

    /// Forgets everything; refuses while the demo runs, and touches only what a demo makes.
    func clear() throws(CommandFailure) {
        guard !data.isServed else {
            throw CommandFailure(.temporary, "the demo in \(path) is running: stop it first")
        }
        let store = data.storeFile
        let files =
            [
                settingsFile, loginsFile, data.keyFile, data.tokenFile, data.runningFile, store, store + "-wal",
                store + "-shm",
            ]
        for file in files where unlink(file) != 0 && errno != ENOENT {
            throw CommandFailure(.cannotCreate, "\(file) cannot be removed: \(systemReason(errno))")
        }
    }

    /// Writes the settings of a new demo, with secrets of its own.
    func makeSettings() throws(CommandFailure) {
        guard !FileManager.default.fileExists(atPath: settingsFile) else { return }
        let text = """
            // The settings of this demo. Its secrets were made for it; nobody else has them.
            {
              "data": {"directory": "."},
              "line": {"region": "CN", "area_code": "021"},
              "inboxes": [
                {
                  "key": "\(Self.inbox)",
                  "name": "Cloudpeak Tea 云岭茶社",
                  "identity_secret": "\(Self.secret())"
                }
              ],
              "sources": [
                {"carrier": "generic", "account": "\(Self.source)", "secrets": ["\(StandardWebhooks.makeSecret().reveal())"]},
                {"carrier": "twilio", "account": "\(Self.source)", "secrets": ["\(Self.secret())"]}
              ],
              "passwords": {"memory_mebibytes": 19, "passes": 2},
              "log": {"level": "notice"}
            }

            """
        try PrivateFile.write(text, to: settingsFile)
    }

    /// The passwords of the demo's reps, made at the first asking.
    func passwords() throws(CommandFailure) -> [DemoRep.Name: Redacted<String>] {
        if let bytes = FileManager.default.contents(atPath: loginsFile),
            let known = try? JSONDecoder().decode([String: String].self, from: bytes)
        {
            var passwords: [DemoRep.Name: Redacted<String>] = [:]
            for rep in DemoRep.all { passwords[rep.key] = known[rep.email].map { Redacted($0) } }
            if passwords.count == DemoRep.all.count { return passwords }
        }
        var passwords: [DemoRep.Name: Redacted<String>] = [:]
        for rep in DemoRep.all { passwords[rep.key] = PasswordMaker.make() }
        let text = JSONWriter.object { json in
            for rep in DemoRep.all { json.optional(rep.email, passwords[rep.key]?.reveal()) }
        }.text
        try PrivateFile.write(text + "\n", to: loginsFile)
        return passwords
    }

    private static func secret() -> String { SessionSecret.make().text.reveal() }
}

/// Passwords that a person can type from one screen to another.
enum PasswordMaker {
    private static let letters = Array("abcdefghijkmnpqrstuvwxyz")
    private static let digits = Array("23456789")

    /// Four groups such as `tkmw-4829-pqzr-7733`: 60 bits of chance.
    static func make() -> Redacted<String> {
        var random = SystemGenerator()
        let groups = [letters, digits, letters, digits].map { set in
            String((0..<4).map { _ in set[Int.random(in: 0..<set.count, using: &random)] })
        }
        return Redacted(groups.joined(separator: "-"))
    }
}
