// What stands in the settings and nobody asked for.

extension SettingsReader {
    /// Ends the reading: keys of the file that mean nothing here become problems too.
    mutating func finish() {
        findUnknown(in: tree, at: "")
        problems.sort { $0.path < $1.path }
    }

    /// Variables that look like settings and are none; the platform may have set them, so that they are no error.
    var unknownVariables: [String] {
        let known = Set(asked.map(Self.variable))
        return environment.keys.filter { $0.hasPrefix(Self.environmentPrefix) && !known.contains($0) }
            .filter { !["CONFIG", "BINARY"].contains($0.dropFirst(Self.environmentPrefix.count)) }.sorted()
    }

    static func variable(for path: String) -> String {
        environmentPrefix + path.uppercased().replacing(".", with: "_")
    }

    private mutating func findUnknown(in node: JSONTree, at path: String) {
        guard !asked.contains(path) else { return }
        let prefix = path.isEmpty ? "" : path + "."
        if case .array(let elements) = node, asked.contains(path + "[") {
            for (index, element) in elements.enumerated() { findUnknown(in: element, at: "\(path)[\(index)]") }
            return
        }
        guard case .object(let members) = node else {
            problems.append(.init(path: path, value: nil, reason: "an object is allowed"))
            return
        }
        let known = Set(asked.filter { $0.hasPrefix(prefix) }.map { Self.firstPart($0.dropFirst(prefix.count)) })
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            guard known.contains(name) else {
                let nearest = Suggestion.nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
                problems.append(.init(path: prefix + name, value: nil, reason: "there is no such setting" + nearest))
                continue
            }
            findUnknown(in: member, at: prefix + name)
        }
    }

    private static func firstPart(_ path: Substring) -> String { String(path.prefix { $0 != "." && $0 != "[" }) }
}
