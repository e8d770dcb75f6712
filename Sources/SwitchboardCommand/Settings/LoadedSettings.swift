internal import Foundation
internal import Glibc

/// The settings of one run: what the file and the environment say, and what is wrong with them.
struct LoadedSettings {
    /// Nil when there is no file and standard values count.
    let file: String?
    let settings: Settings
    let problems: [SettingProblem]
    let warnings: [String]
    let effective: [SettingsReader.Effective]

    static let standardFile = "switchboard.json"

    /// Reads `path`, or `switchboard.json` here; without a path, it need not be there.
    init(path: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws(CommandFailure) {
        let wanted = path ?? environment["SWITCHBOARD_CONFIG"]
        var file = wanted
        if wanted == nil, FileManager.default.fileExists(atPath: Self.standardFile) { file = Self.standardFile }
        var tree = JSONTree.object([:])
        if let file {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure(.configuration, "the settings file \(file) cannot be read: \(systemReason(errno))")
            }
            do throws(SettingProblem) { tree = try JSONTree(reading: data) } catch {
                throw CommandFailure(.configuration, "the settings file \(file) \(error.reason)")
            }
        }
        self.init(tree, file: file, environment: environment)
    }

    init(_ tree: JSONTree, file: String?, environment: [String: String]) {
        let folder = file.map { ($0 as NSString).deletingLastPathComponent } ?? ""
        var reader = SettingsReader(tree, environment: environment, folder: folder.isEmpty ? "." : folder)
        settings = Settings(&reader)
        reader.finish()
        self.file = file
        problems = reader.problems
        effective = reader.effective
        warnings =
            reader.unknownVariables.map { "\($0) is set, but there is no such setting" }
            + settings.warnings + (file.flatMap(Self.exposure).map { [$0] } ?? [])
    }

    /// The settings, or one failure that names everything that is wrong.
    func checked() throws(CommandFailure) -> Settings {
        guard problems.isEmpty else {
            let list = problems.map { "  " + $0.text }.joined(separator: "\n")
            let count = problems.count == 1 ? "a setting" : "\(problems.count) settings"
            throw CommandFailure(.configuration, "\(count) in \(file ?? "the environment") cannot be used:\n\(list)")
        }
        return settings
    }

    private static func exposure(_ file: String) -> String? {
        let mode = try? FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        guard let mode, mode & 0o002 != 0 else { return nil }
        return "\(file) can be changed by everybody on this machine: chmod o-w \(file)"
    }
}

extension Settings {
    /// What works and is probably not meant.
    var warnings: [String] {
        var warnings: [String] = []
        if inboxes.isEmpty { warnings.append("there is no inbox: nobody can chat") }
        if sources.isEmpty { warnings.append("there is no source: no carrier can push calls") }
        for source in sources where source.allowsUnsigned {
            warnings.append(
                "anybody who reaches /hooks/\(source.carrier)/\(source.account) can push calls (allow_unsigned)"
            )
        }
        let isLocal = host == "localhost" || host == "::1" || host.hasPrefix("127.")
        if !isLocal, certificate == nil, trustedProxies.isEmpty {
            warnings.append("logins and chats travel readable: set tls.certificate, or put a proxy with TLS in front")
        }
        if let publicBaseURL, publicBaseURL.hasPrefix("http:"), certificate != nil {
            warnings.append("http.public_base_url says http, but a certificate is set")
        }
        return warnings
    }
}
