internal import Basics
internal import Carriers
internal import Gateway
internal import Signing

// Who talks to us: sites with their visitors, carriers with their calls.
extension Settings {
    static func inboxes(_ reader: inout SettingsReader) -> [InboxSettings] {
        var inboxes: [InboxSettings] = []
        for index in reader.indices("inboxes") {
            let path = "inboxes[\(index)]"
            let key = reader.text(
                path + ".key",
                "",
                allowed: "up to 64 letters, digits, - and _ are allowed, such as \"pk_shop\"",
                isKey
            )
            let name = reader.text(path + ".name", key.isEmpty ? "inbox" : key)
            let sites = reader.texts(
                path + ".sites",
                allowed: "origins are allowed, such as [\"https://shop.example.com\"]",
                isBaseURL
            )
            let secret = reader.secret(
                path + ".identity_secret",
                allowed: "32 bytes or more are needed"
            ) { $0.reveal().utf8.count >= 32 }
            if key.isEmpty { reader.requireText(path + ".key") }
            if inboxes.contains(where: { $0.key == key }) {
                reader.refuse(path + ".key", "another inbox has this key already")
            }
            inboxes.append(InboxSettings(key: key, name: name, sites: sites, identitySecret: secret))
        }
        return inboxes
    }

    static func sources(_ reader: inout SettingsReader) -> [Source] {
        let carriers = CarrierRegistry().names
        var sources: [Source] = []
        for index in reader.indices("sources") {
            let path = "sources[\(index)]"
            let carrier = reader.choice(path + ".carrier", "generic", of: carriers)
            let account = reader.text(
                path + ".account",
                "",
                allowed: "up to 64 letters, digits, - and _ are allowed: it stands in the address /hooks/\(carrier)/…",
                isKey
            )
            if account.isEmpty { reader.requireText(path + ".account") }
            let secrets = reader.secrets(path + ".secrets", allowed: "16 characters or more are needed") {
                $0.reveal().utf8.count >= 16
            }
            var named: [String: Redacted<String>] = [:]
            for name in reader.names(path + ".named_secrets") {
                named[name] = reader.secret("\(path).named_secrets.\(name)")
            }
            var replies: [String: String] = [:]
            for name in reader.names(path + ".replies") { replies[name] = reader.text("\(path).replies.\(name)", "") }
            let allowsUnsigned = reader.bool(path + ".allow_unsigned", false)
            let hasProblem = reader.problems.contains { $0.path.hasPrefix(path + ".secrets") }
            if secrets.isEmpty, named.isEmpty, !allowsUnsigned, !hasProblem {
                reader.refuse(
                    path + ".secrets",
                    isSecret: true,
                    "one is needed, or anybody could push calls (allow_unsigned: true)"
                )
            }
            if sources.contains(where: { $0.carrier == carrier && $0.account == account }) {
                reader.refuse(path + ".account", "another source of \(carrier) has this account already")
            }
            sources.append(
                Source(
                    carrier: carrier,
                    account: account,
                    secrets: secrets,
                    namedSecrets: named,
                    allowsUnsigned: allowsUnsigned,
                    replies: replies
                )
            )
        }
        return sources
    }

    private static func isKey(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}

extension SettingsReader {
    /// Adds the problem of a missing value, unless there is another problem with it already.
    fileprivate mutating func requireText(_ path: String) {
        guard !problems.contains(where: { $0.path.hasPrefix(path) }) else { return }
        refuse(path, "it is missing")
    }
}
