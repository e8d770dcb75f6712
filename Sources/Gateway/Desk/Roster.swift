internal import Basics
internal import Domain
internal import Wire

/// The reps, and what is measured of each.
struct Roster {
    struct Entry {
        var rep: Rep
        /// When the last of her sockets gave a sign of life; nil while one is open.
        var lastSeen: Timestamp?
        var hasSocket = false
        var lastOfferedAt = Timestamp(milliseconds: 0)
    }
    private(set) var entries: [RepID: Entry] = [:]
    private var addresses: [String: RepID] = [:]

    mutating func replace(_ reps: [Rep]) {
        var next: [RepID: Entry] = [:]
        addresses = [:]
        for rep in reps {
            var entry = entries[rep.id] ?? Entry(rep: rep)
            entry.rep = rep
            next[rep.id] = entry
            for address in rep.addresses + [rep.email, rep.name] where rep.isActive {
                addresses[AgentAddress.normalise(address)] = rep.id
            }
        }
        entries = next
    }

    subscript(id: RepID) -> Entry? {
        get { entries[id] }
        set { entries[id] = newValue }
    }

    var all: [Rep] { entries.values.map(\.rep).sorted { $0.name < $1.name } }

    func name(_ id: RepID) -> RepName { entries[id]?.rep.named ?? RepName(id: id, name: "") }

    func name(of author: Author) -> String? {
        guard case .rep(let id) = author else { return nil }
        return entries[id]?.rep.name
    }

    func rep(atAddress address: String) -> RepName? {
        addresses[AgentAddress.normalise(address)].map(name)
    }

    func agents(_ addresses: [String]) -> [String: RepName] {
        var result: [String: RepName] = [:]
        for address in addresses { result[address] = rep(atAddress: address) }
        return result
    }
}

/// The address by which a carrier names an agent, without the carrier's decoration.
enum AgentAddress {
    static func normalise(_ raw: String) -> String {
        var text = raw.lowercased().split(separator: " ").joined(separator: " ")[...]
        for prefix in ["client:", "sip:", "sips:", "tel:", "pjsip/", "sip/", "user:"] where text.hasPrefix(prefix) {
            text = text.dropFirst(prefix.count)
        }
        // `PJSIP/1001-0000002a` names a channel of the phone 1001.
        if raw.contains("/"), let dash = text.lastIndex(of: "-") { text = text[..<dash] }
        if let at = text.firstIndex(of: "@"), !raw.contains("@") || raw.lowercased().hasPrefix("sip") {
            text = text[..<at]
        }
        return String(text)
    }
}
