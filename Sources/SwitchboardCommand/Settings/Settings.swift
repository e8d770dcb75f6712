internal import Basics
internal import Carriers
internal import Foundation
internal import Gateway
internal import PhoneNumbers
internal import Signing
internal import Transport

/// Everything that an administrator decides; `docs/operations.md` has the table.
struct Settings {
    var host: String
    var port: Int
    /// Nil when it follows from host and port.
    var publicBaseURL: String?
    var hosts: [String]
    var trustedProxies: [AddressRange]
    var certificate: ServerSettings.Certificate?
    var data: DataFolder
    var webDirectory: String?
    var line: LineRules
    var inboxes: [InboxSettings]
    var sources: [Source]
    var passwordCost: PasswordCost
    var limits: GatewayLimits
    var transport: TransportLimits
    var logLevel: String
    var logsJSON: Bool

    /// A carrier's account as it stands in the settings.
    struct Source {
        var carrier: String
        var account: String
        var secrets: [Redacted<String>]
        var namedSecrets: [String: Redacted<String>]
        var allowsUnsigned: Bool
        var replies: [String: String]
    }
}

extension Settings {
    /// Reads every setting, whatever is wrong with others; standard values stand in for what cannot be used.
    init(_ reader: inout SettingsReader) {
        host = reader.text(
            "http.host",
            "127.0.0.1",
            allowed: "an address of this machine, such as \"127.0.0.1\", \"0.0.0.0\" or \"::1\", is allowed"
        ) { $0 == "localhost" || IPAddress($0) != nil }
        port = reader.integer("http.port", 8_080, in: 0...65_535)
        publicBaseURL = reader.optionalText(
            "http.public_base_url",
            shown: "from host and port",
            allowed: "scheme and host without a path are allowed, such as \"https://chat.example.com\"",
            Self.isBaseURL
        )
        hosts = reader.texts("http.hosts", allowed: "a list of host names is allowed") { text in
            !text.isEmpty && !text.contains("/") && !text.contains(" ")
        }
        trustedProxies = reader.texts(
            "http.trusted_proxies",
            allowed: "a list of addresses or ranges is allowed, such as [\"10.0.0.0/8\"]"
        ) { AddressRange($0) != nil }.compactMap { AddressRange($0) }
        certificate = Self.certificate(&reader)
        data = DataFolder(reader.filePath("data.directory", ".data/switchboard") ?? ".data/switchboard")
        webDirectory = reader.filePath("web.directory")
        line = Self.line(&reader)
        inboxes = Self.inboxes(&reader)
        sources = Self.sources(&reader)
        passwordCost = Self.passwordCost(&reader)
        limits = GatewayLimits(&reader)
        transport = TransportLimits(&reader)
        logLevel = reader.choice(
            "log.level",
            "info",
            of: ["trace", "debug", "info", "notice", "warning", "error", "critical"]
        )
        logsJSON = reader.choice("log.format", "text", of: ["text", "json"]) == "json"
    }

    static func isBaseURL(_ text: String) -> Bool {
        guard let url = URLComponents(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme),
            let host = url.host, !host.isEmpty
        else { return false }
        return url.path.isEmpty && url.query == nil && url.fragment == nil && url.user == nil
    }

    private static func certificate(_ reader: inout SettingsReader) -> ServerSettings.Certificate? {
        let chain = reader.filePath("tls.certificate")
        let key = reader.filePath("tls.key")
        for (path, file) in [("tls.certificate", chain), ("tls.key", key)] {
            if let file, !FileManager.default.isReadableFile(atPath: file) {
                reader.refuse(path, "there is no such file that can be read")
            }
        }
        switch (chain, key) {
        case (nil, nil): return nil
        case (let chain?, let key?): return .init(chainPath: chain, keyPath: key)
        case (nil, _):
            reader.refuse("tls.certificate", "it is missing: a key needs its certificate")
            return nil
        case (_, nil):
            reader.refuse("tls.key", "it is missing: a certificate needs its key")
            return nil
        }
    }

    private static func line(_ reader: inout SettingsReader) -> LineRules {
        let region = reader.text(
            "line.region",
            "CN",
            allowed: "two letters are allowed (ISO 3166), such as \"CN\" or \"DE\""
        ) { $0.count == 2 && $0.allSatisfy { $0.isASCII && $0.isLetter } }
        let areaCode = reader.optionalText("line.area_code", allowed: "digits are allowed, such as \"021\"") { text in
            (1...6).contains(text.count) && text.allSatisfy { $0.isASCII && $0.isNumber }
        }
        let prefixes = reader.texts(
            "line.outside_prefixes",
            allowed: "a list of what is dialled for an outside line is allowed, such as [\"9\", \"0,\"]"
        ) { (1...4).contains($0.count) && $0.first?.isNumber == true }
        return LineRules(region: region, areaCode: areaCode, outsidePrefixes: prefixes)
    }

    private static func passwordCost(_ reader: inout SettingsReader) -> PasswordCost {
        let memory = reader.integer("passwords.memory_mebibytes", 64, in: 19...PasswordCost.memoryMebibytesMax.value)
        let passes = reader.integer("passwords.passes", 3, in: 2...PasswordCost.passesMax.value)
        return PasswordCost(memoryMebibytes: memory, passes: passes) ?? .standard
    }
}
