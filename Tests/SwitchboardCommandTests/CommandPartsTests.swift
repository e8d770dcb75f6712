import Basics
import Domain
import Foundation
import Logging
import Signing
import Testing

@testable import SwitchboardCommand

struct LogLineTests {
    private func line(_ format: LogLine.Format, _ metadata: Logger.Metadata) -> String {
        let event = LogEvent(
            level: .warning,
            message: "a thing happened",
            metadata: metadata,
            source: "test",
            file: "",
            function: "",
            line: 0
        )
        return format == .json
            ? LogLine.json("T", "label", event, metadata) : LogLine.text("T", "label", event, metadata)
    }

    @Test func `text quotes what would be read as something else`() {
        #expect(
            line(.text, ["b": "two words", "a": "1", "c": "x=\"y\"\nz"])
                == #"T warning label: a thing happened a=1 b="two words" c="x=\"y\"\nz""#
        )
    }

    @Test func `JSON is one object a line`() throws {
        let object = try JSONSerialization.jsonObject(with: Data(line(.json, ["a": "x\ny"]).utf8)) as? [String: String]
        #expect(
            object == ["time": "T", "level": "warning", "logger": "label", "message": "a thing happened", "a": "x\ny"]
        )
    }

    @Test func `times are UTC with milliseconds`() {
        #expect(LogLine.time(Timestamp(milliseconds: 1_795_406_400_007)) == "2026-11-23T04:00:00.007Z")
        #expect(LogLine.time(Timestamp(milliseconds: 0)) == "1970-01-01T00:00:00.000Z")
    }
}

struct TerminalTests {
    @Test func `columns line up, also behind wide characters`() {
        #expect(Terminal.table([["李伟", "a"], ["Ana", "b"]]) == "李伟  a\nAna   b")
    }
}

struct ByteCountTests {
    @Test(arguments: [
        (0, "0 bytes"), (1_023, "1023 bytes"), (1_024, "1 KiB"), (1_536, "1.5 KiB"), (75 << 30, "75 GiB"),
    ])
    func `sizes are written for people`(bytes: Int64, text: String) { #expect(ByteCount.text(bytes) == text) }
}

struct PasswordMakerTests {
    @Test func `a made-up password is long, and never the same`() {
        let made = (0..<100).map { _ in PasswordMaker.make().reveal() }
        #expect(Set(made).count == 100)
        #expect(made.allSatisfy { $0.count == 19 })
    }
}

struct DataFolderTests {
    private func withFolder(_ body: (DataFolder) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(DataFolder(path))
    }

    private func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test func `the folder, its key and its token are their owner's alone, and stay the same`() throws {
        try withFolder { data in
            try data.prepare()
            let token = try data.adminToken()
            #expect(try data.adminToken() == token)
            #expect(try data.masterKey().subkey(for: "x") == data.masterKey().subkey(for: "x"))
            #expect(try mode(data.path) == 0o700)
            #expect(try mode(data.tokenFile) == 0o600)
            #expect(try mode(data.keyFile) == 0o600)
        }
    }

    @Test func `a folder that others can write into is refused`() throws {
        try withFolder { data in
            try data.prepare()
            try FileManager.default.setAttributes([.posixPermissions: 0o770], ofItemAtPath: data.path)
            #expect { try data.prepare() } throws: { ($0 as? CommandFailure)?.exit == .configuration }
        }
    }

    @Test func `nobody serves a folder without a lock`() throws {
        try withFolder { data in
            #expect(!data.isServed)
            try data.prepare()
            #expect(!data.isServed)
            #expect(RunningServer.find(in: data) == nil)
        }
    }
}

struct FreePortTests {
    @Test func `a wish is left as it is, and nought becomes a free port`() throws {
        #expect(try FreePort.choose(9_999, host: "127.0.0.1", standard: 1) == 9_999)
        #expect(try FreePort.choose(0, host: "127.0.0.1", standard: 1) > 0)
        #expect(try FreePort.choose(0, host: "::1", standard: 1) > 0)
    }
}

struct LibrariesTests {
    @Test func `versions are read from the libraries themselves`() {
        let findings = Libraries.findings()
        #expect(findings.map(\.subject) == ["switchboard", "libwebsockets", "OpenSSL", "SQLite", "libuv", "libsodium"])
        #expect(findings.allSatisfy { $0.verdict == .ok })
        #expect(Libraries.numbers("4.1.6-ab") == [4, 1, 6])
    }
}
