import Basics
import Foundation
import Testing

@testable import SwitchboardCommand

struct SettingsReaderTests {
    private func reader(_ json: String, _ environment: [String: String] = [:]) throws -> SettingsReader {
        SettingsReader(try JSONTree(reading: Data(json.utf8)), environment: environment)
    }

    @Test func `a value of the environment goes before one of the file, and one of the file before the standard`()
        throws
    {
        var both = try reader(#"{"http": {"port": 1}}"#, ["SWITCHBOARD_HTTP_PORT": "2"])
        #expect(both.integer("http.port", 3, in: 0...9) == 2)
        var file = try reader(#"{"http": {"port": 1}}"#)
        #expect(file.integer("http.port", 3, in: 0...9) == 1)
        var none = try reader("{}")
        #expect(none.integer("http.port", 3, in: 0...9) == 3)
        #expect(both.effective.map(\.origin) == [.environment("SWITCHBOARD_HTTP_PORT")])
        #expect(none.effective.map(\.origin) == [.standard])
    }

    @Test(arguments: [(-1, false), (0, true), (9, true), (10, false)])
    func `a number is taken up to its bounds and not beyond`(value: Int, isTaken: Bool) throws {
        var reader = try reader("{\"n\": \(value)}")
        #expect(reader.integer("n", 5, in: 0...9) == (isTaken ? value : 5))
        #expect(reader.problems.isEmpty == isTaken)
    }

    @Test(arguments: ["\"5\"", "5.5", "true", "[5]", "{}"])
    func `what is no whole number is refused`(json: String) throws {
        var reader = try reader("{\"n\": \(json)}")
        #expect(reader.integer("n", 5, in: 0...9) == 5)
        #expect(reader.problems.count == 1)
    }

    @Test func `true is no number and one is no truth`() throws {
        var reader = try reader(#"{"a": 1, "b": true}"#)
        #expect(reader.bool("a", false) == false)
        #expect(reader.bool("b", false) == true)
        #expect(reader.problems.map(\.path) == ["a"])
    }

    @Test func `every unknown key is a problem, also inside of lists`() throws {
        var reader = try reader(#"{"log": {"levl": "info"}, "inboxes": [{"key": "a", "nam": "b"}], "extra": 1}"#)
        _ = reader.text("log.level", "info")
        for index in reader.indices("inboxes") {
            _ = reader.text("inboxes[\(index)].key", "")
            _ = reader.text("inboxes[\(index)].name", "")
        }
        reader.finish()
        #expect(reader.problems.map(\.path) == ["extra", "inboxes[0].nam", "log.levl"])
        #expect(reader.problems[2].reason.contains("did you mean level?"))
    }

    @Test func `names that are the administrator's own are not unknown`() throws {
        var reader = try reader(#"{"named": {"sk_1": "secret one", "sk_2": "secret two"}}"#)
        #expect(reader.names("named") == ["sk_1", "sk_2"])
        #expect(reader.secret("named.sk_1")?.reveal() == "secret one")
        reader.finish()
        #expect(reader.problems.isEmpty)
    }

    @Test func `no problem and no effective setting shows a secret`() throws {
        let json = #"{"a": "secret-one", "b": {"fil": "secret-two"}, "c": ["secret-three"], "d": "secret-four"}"#
        var reader = try reader(json)
        _ = reader.secret("a") { _ in false }
        _ = reader.secret("b")
        _ = reader.secrets("c", allowed: "something else") { _ in false }
        _ = reader.secret("d")
        reader.finish()
        let shown = reader.problems.map(\.text).joined() + reader.effective.map(\.shown).joined()
        #expect(reader.problems.count == 3)
        #expect(!shown.contains("secret-"))
        #expect(shown.contains("•••"))
    }

    @Test func `a secret comes from a variable`() throws {
        var reader = try reader(#"{"a": {"env": "TOKEN"}, "b": {"env": "GONE"}}"#, ["TOKEN": "abc"])
        #expect(reader.secret("a")?.reveal() == "abc")
        #expect(reader.secret("b") == nil)
        #expect(reader.problems.map(\.reason) == ["the variable GONE is not set"])
    }

    @Test func `lists of the environment stand between commas`() throws {
        var reader = try reader("{}", ["SWITCHBOARD_HTTP_HOSTS": "a.example, b.example"])
        #expect(reader.texts("http.hosts") == ["a.example", "b.example"])
    }

    @Test func `variables that are no settings are named`() throws {
        var reader = try reader("{}", ["SWITCHBOARD_HTTP_PRT": "1", "SWITCHBOARD_CONFIG": "x", "PATH": "/"])
        _ = reader.integer("http.port", 1, in: 0...9)
        #expect(reader.unknownVariables == ["SWITCHBOARD_HTTP_PRT"])
    }

    @Test func `all problems of a whole file come together`() throws {
        let json = #"{"http": {"port": -1, "host": "nowhere"}, "log": {"level": "x"}, "limits": {"page_size": 0}}"#
        let loaded = LoadedSettings(try JSONTree(reading: Data(json.utf8)), file: nil, environment: [:])
        #expect(loaded.problems.map(\.path) == ["http.host", "http.port", "limits.page_size", "log.level"])
    }

    @Test func `standard settings have no problem, and every limit is known by name`() {
        let loaded = LoadedSettings(.object([:]), file: nil, environment: [:])
        #expect(loaded.problems.isEmpty)
        #expect(loaded.effective.count { $0.path.hasPrefix("limits.") } == 77)
    }
}

struct SettingsAddressTests {
    private func settings(_ json: String) throws -> Settings {
        LoadedSettings(try JSONTree(reading: Data(json.utf8)), file: nil, environment: [:]).settings
    }

    @Test func `the public address goes before the one that follows from host and port`() throws {
        #expect(try settings(#"{"http": {"host": "0.0.0.0"}}"#).publicURL(port: 81) == "http://127.0.0.1:81")
        #expect(try settings(#"{"http": {"host": "::1"}}"#).publicURL(port: 80) == "http://[::1]")
        let named = try settings(#"{"http": {"public_base_url": "https://chat.example.com"}}"#)
        #expect(named.publicURL(port: 81) == "https://chat.example.com")
    }

    @Test func `the hosts of all our addresses are ours`() throws {
        let settings = try settings(
            #"{"http": {"host": "192.0.2.7", "public_base_url": "https://Chat.example.com:8443", "hosts": ["desk.local"]}}"#
        )
        #expect(
            settings.allowedHosts() == [
                "localhost", "127.0.0.1", "[::1]", "192.0.2.7", "chat.example.com", "chat.example.com:8443",
                "desk.local",
            ]
        )
    }

    @Test(arguments: [
        "https://a.example/", "ftp://a.example", "a.example", "https://a.example?x", "https://u@a.example",
    ])
    func `an address with more than scheme, host and port is refused`(text: String) {
        #expect(!Settings.isBaseURL(text))
    }
}

struct DurationTextTests {
    @Test(arguments: [
        ("500ms", 500), ("0s", 0), ("30s", 30_000), ("5m", 300_000), ("12h", 43_200_000), ("2d", 172_800_000),
    ])
    func `a time with a unit is read, and written as it was`(text: String, milliseconds: Int64) {
        #expect(DurationText.parse(text) == .milliseconds(milliseconds))
        #expect(DurationText.write(.milliseconds(milliseconds)) == (text == "0s" ? "0s" : text))
    }

    @Test(arguments: ["", "5", "s", "-5s", "5 s", "5w", "1.5s", "99999999999999999999s", "99999999d"])
    func `what is no time is none`(text: String) { #expect(DurationText.parse(text) == nil) }
}

struct SuggestionTests {
    @Test func `a mistyped name gets the nearest one, a strange one gets none`() {
        #expect(Suggestion.nearest(to: "prot", among: ["port", "host"]) == "port")
        #expect(Suggestion.nearest(to: "certificat", among: ["certificate", "key"]) == "certificate")
        #expect(Suggestion.nearest(to: "zebra", among: ["port", "host"]) == nil)
        #expect(Suggestion.distance("kitten", "sitting") == 3)
    }
}
