/// A setting that cannot be used: where it stands, what it is, and what is allowed.
struct SettingProblem: Error, Hashable {
    var path: String
    /// As it may be shown; nil for a secret, and where there is nothing.
    var value: String?
    var reason: String

    var text: String {
        guard !path.isEmpty else { return reason }
        return path + (value.map { " is \($0)" } ?? "") + (value == nil ? ": " : ", but ") + reason
    }
}

/// The nearest of the known names, for somebody who mistyped one.
enum Suggestion {
    static func nearest(to name: String, among known: some Sequence<String>) -> String? {
        let best = known.map { (name: $0, distance: distance(name.lowercased(), $0.lowercased())) }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        guard let best, best.distance <= max(2, name.count / 3) else { return nil }
        return best.name
    }

    /// Levenshtein's: how many letters to put in, take out or change.
    static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a), Array(b))
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let cost = letter == other ? diagonal : min(diagonal, row[j], row[j + 1]) + 1
                diagonal = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[b.count]
    }
}
