package import Basics

// A page begins after the sort key and the id of the last row of the page before it.
extension Cursor {
    package init(time: Timestamp, id: String) { self.init("\(time.milliseconds).\(id)") }

    package init(name: String, id: String) { self.init("\(ByteText.base64URL(Array(name.utf8))).\(id)") }

    /// The time and id of the last row; nil for a text that is none of ours, which means the first page.
    package var timeKey: (time: Timestamp, id: String)? {
        guard let (key, id) = parts, let milliseconds = Int64(key) else { return nil }
        return (Timestamp(milliseconds: milliseconds), id)
    }

    package var nameKey: (name: String, id: String)? {
        guard let (key, id) = parts, let bytes = ByteText.fromBase64(key) else { return nil }
        return (String(decoding: bytes, as: UTF8.self), id)
    }

    private var parts: (String, String)? {
        guard let dot = rawValue.firstIndex(of: ".") else { return nil }
        return (String(rawValue[..<dot]), String(rawValue[rawValue.index(after: dot)...]))
    }
}
