internal import Basics

/// Reads settings one by one, each by its path, and gathers everything that is wrong with them.
///
/// A value of the environment goes before one of the file. What nobody asked for is unknown, and unknown is an error: a
/// mistyped key would otherwise be a setting that silently does not count.
struct SettingsReader {
    /// A setting as it counts, for `check-config`.
    struct Effective: Hashable {
        enum Origin: Hashable { case file, environment(String), standard }
        var path: String
        var shown: String
        var origin: Origin
    }

    let tree: JSONTree
    let environment: [String: String]
    private let folder: String
    var problems: [SettingProblem] = []
    private(set) var effective: [Effective] = []
    private(set) var asked: Set<String> = []

    static let environmentPrefix = "SWITCHBOARD_"
    static let dots = "•••"

    /// `folder` is what relative paths in the file start from.
    init(_ tree: JSONTree, environment: [String: String] = [:], folder: String = ".") {
        self.tree = tree
        self.environment = environment
        self.folder = folder
    }

    // MARK: Plain values

    mutating func text(
        _ path: String,
        _ standard: String,
        allowed: String = "a text that is not empty",
        _ isAllowed: (String) -> Bool = { !$0.isEmpty }
    ) -> String {
        optionalText(path, shown: standard, allowed: allowed, isAllowed) ?? standard
    }

    mutating func optionalText(
        _ path: String,
        shown standard: String = "–",
        allowed: String = "a text that is not empty",
        _ isAllowed: (String) -> Bool = { !$0.isEmpty }
    ) -> String? {
        guard let found = find(path) else {
            keep(path, standard)
            return nil
        }
        guard case .text(let text) = found.value, isAllowed(text) else {
            refuse(path, found, allowed)
            return nil
        }
        keep(path, text, found.origin)
        return text
    }

    mutating func integer(_ path: String, _ standard: Int, in range: ClosedRange<Int>) -> Int {
        guard let found = find(path) else {
            keep(path, String(standard))
            return standard
        }
        var value: Int?
        if case .integer(let integer) = found.value { value = integer }
        if case .text(let text) = found.value, found.isFromEnvironment { value = Int(text) }
        guard let value, range.contains(value) else {
            refuse(path, found, "a whole number from \(range.lowerBound) to \(range.upperBound) is allowed")
            return standard
        }
        keep(path, String(value), found.origin)
        return value
    }

    mutating func bool(_ path: String, _ standard: Bool) -> Bool {
        guard let found = find(path) else {
            keep(path, String(standard))
            return standard
        }
        var value: Bool?
        if case .bool(let bool) = found.value { value = bool }
        if case .text(let text) = found.value, found.isFromEnvironment { value = Bool(text) }
        guard let value else {
            refuse(path, found, "true or false is allowed")
            return standard
        }
        keep(path, String(value), found.origin)
        return value
    }

    mutating func span(_ path: String, _ standard: Span, in range: ClosedRange<Span>) -> Span {
        guard let found = find(path) else {
            keep(path, DurationText.write(standard))
            return standard
        }
        guard case .text(let text) = found.value, let span = DurationText.parse(text), range.contains(span) else {
            let bounds = "\(DurationText.write(range.lowerBound)) to \(DurationText.write(range.upperBound))"
            refuse(path, found, "a time from \(bounds) is allowed, such as \"\(DurationText.write(standard))\"")
            return standard
        }
        keep(path, DurationText.write(span), found.origin)
        return span
    }

    mutating func rate(_ path: String, _ standard: TokenBucket.Rate) -> TokenBucket.Rate {
        let burst = integer(path + ".burst", standard.burst, in: 1...10_000_000)
        return .init(burst: burst, every: span(path + ".every", standard.interval, in: .milliseconds(1)...(.days(1))))
    }

    mutating func choice(_ path: String, _ standard: String, of choices: [String]) -> String {
        let list = choices.map { "\"\($0)\"" }.joined(separator: ", ")
        return text(path, standard, allowed: "one of \(list) is allowed") { choices.contains($0) }
    }

    /// A list of texts; in the environment, commas stand between them.
    mutating func texts(
        _ path: String,
        allowed: String = "a list of texts is allowed",
        _ isAllowed: (String) -> Bool = { !$0.isEmpty }
    ) -> [String] {
        guard let found = find(path) else {
            keep(path, "[]")
            return []
        }
        var texts: [String]?
        if case .array(let elements) = found.value {
            texts = elements.compactMap { if case .text(let text) = $0 { text } else { nil } }
            if texts?.count != elements.count { texts = nil }
        } else if case .text(let text) = found.value, found.isFromEnvironment {
            texts = text.split(separator: ",").map { String($0).withoutSpacesAround }
        }
        guard let texts, texts.allSatisfy(isAllowed) else {
            refuse(path, found, allowed)
            return []
        }
        keep(path, "[" + texts.joined(separator: ", ") + "]", found.origin)
        return texts
    }

    /// A path of the file system; a relative one starts at the folder of the file, from the environment where we are.
    mutating func filePath(_ path: String, _ standard: String? = nil) -> String? {
        guard let found = find(path) else {
            keep(path, standard ?? "–")
            return standard.map { inFolder($0) }
        }
        guard case .text(let text) = found.value, !text.isEmpty else {
            refuse(path, found, "the path of a file or folder is allowed")
            return standard
        }
        let full = found.isFromEnvironment ? text : inFolder(text)
        keep(path, full, found.origin)
        return full
    }

    // MARK: Secrets

    /// A secret: the text itself, `{"file": "path"}` or `{"env": "NAME"}`.
    mutating func secret(
        _ path: String,
        allowed: String = "a secret that is not empty",
        _ isAllowed: (Redacted<String>) -> Bool = { !$0.reveal().isEmpty }
    ) -> Redacted<String>? {
        guard let found = find(path) else {
            keep(path, "–")
            return nil
        }
        asked.insert(path)
        switch SecretSource(found.value)?.read(folder: folder, environment: environment) {
        case .success(let secret)? where isAllowed(secret):
            keep(path, Self.dots, found.origin)
            return secret
        case .success?: problems.append(.init(path: path, value: Self.dots, reason: allowed))
        case .failure(let failure)?: problems.append(.init(path: path, value: nil, reason: failure.reason))
        case nil:
            problems.append(
                .init(path: path, value: nil, reason: "a text, {\"file\": \"path\"} or {\"env\": \"NAME\"} is allowed")
            )
        }
        return nil
    }

    mutating func secrets(
        _ path: String,
        allowed: String,
        _ isAllowed: (Redacted<String>) -> Bool
    ) -> [Redacted<String>] {
        indices(path).compactMap { secret("\(path)[\($0)]", allowed: allowed, isAllowed) }
    }

    // MARK: Parts

    /// The positions of a list of objects; each member is then asked for by `path[index].name`.
    mutating func indices(_ path: String) -> Range<Int> {
        guard let node = tree[path] else {
            keep(path, "[]")
            return 0..<0
        }
        asked.insert(path + "[")
        guard case .array(let elements) = node else {
            problems.append(.init(path: path, value: nil, reason: "a list is allowed"))
            return 0..<0
        }
        return elements.indices
    }

    /// The names that an object has, where they are the administrator's own.
    mutating func names(_ path: String) -> [String] {
        guard let node = tree[path] else { return [] }
        asked.insert(path)
        guard case .object(let members) = node else {
            problems.append(.init(path: path, value: nil, reason: "an object is allowed"))
            return []
        }
        return members.keys.sorted()
    }

    mutating func refuse(_ path: String, isSecret: Bool = false, _ reason: String) {
        problems.append(.init(path: path, value: isSecret ? nil : tree[path]?.shown, reason: reason))
    }

    // MARK: Finding

    private struct Found {
        var value: JSONTree
        var origin: Effective.Origin
        var isFromEnvironment: Bool { if case .environment = origin { true } else { false } }
    }

    private mutating func find(_ path: String) -> Found? {
        asked.insert(path)
        let name = Self.variable(for: path)
        if let text = environment[name] { return Found(value: .text(text), origin: .environment(name)) }
        guard let value = tree[path], value != .null else { return nil }
        return Found(value: value, origin: .file)
    }

    private mutating func keep(_ path: String, _ shown: String, _ origin: Effective.Origin = .standard) {
        effective.append(.init(path: path, shown: shown, origin: origin))
    }

    private mutating func refuse(_ path: String, _ found: Found, _ allowed: String) {
        var path = path
        if case .environment(let name) = found.origin { path += " (from \(name))" }
        problems.append(.init(path: path, value: found.value.shown, reason: allowed))
    }

    private func inFolder(_ path: String) -> String {
        if path.hasPrefix("/") || folder == "." { return path }
        return path == "." ? folder : folder + "/" + path
    }
}
