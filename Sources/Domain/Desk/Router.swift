public import Basics

/// How much of a rep is taken, as the router sees it.
public struct RepStatus: Hashable, Sendable {
    public var rep: Rep
    /// A socket of hers answered within the grace time.
    public var isConnected: Bool
    public var chats: Int
    public var calls: Int
    /// When she was last given something; the longest idle comes first.
    public var lastOfferedAt: Timestamp

    public init(rep: Rep, isConnected: Bool, chats: Int = 0, calls: Int = 0, lastOfferedAt: Timestamp) {
        self.rep = rep
        self.isConnected = isConnected
        self.chats = chats
        self.calls = calls
        self.lastOfferedAt = lastOfferedAt
    }

    public static let fullLoad = 100
    public static let callWeight = 100

    /// In percent: a call takes all of a rep, a chat its share of the chats she can have at once.
    public var load: Int { calls * Self.callWeight + chats * chatWeight }
    var chatWeight: Int { (Self.fullLoad + rep.chatsAtOnce - 1) / rep.chatsAtOnce }

    public var presence: Presence {
        guard isConnected, rep.isActive else { return .offline }
        return switch rep.intent {
        case .online: .online
        case .away: .away
        case .busy: .busy
        }
    }

    public func canTake(_ channel: Channel) -> Bool {
        guard presence == .online else { return false }
        return channel == .call ? calls == 0 : calls == 0 && chats < rep.chatsAtOnce
    }
}

public enum Presence: String, Hashable, Sendable { case online, away, busy, offline }

/// Chooses whom a waiting conversation rings; the same facts always give the same answer.
public enum Router {
    public enum Choice: Hashable, Sendable {
        case ring([RepName], RingReason)
        /// Nobody can take it now.
        case wait
    }

    /// Decides between the reps who are free: first the person's `owner`, then whoever talked to this person last
    /// (`previous`), then the one who has been idle longest.
    public static func choose(
        for conversation: Conversation,
        among reps: [RepStatus],
        owner: RepID?,
        previous: RepID?
    ) -> Choice {
        let free = reps.filter { status in
            status.canTake(conversation.channel) && !conversation.declined.contains(status.rep.id)
                && status.rep.role != .admin
        }
        if let owner, let status = free.first(where: { $0.rep.id == owner }) {
            return .ring([status.rep.named], .owner)
        }
        if let previous, let status = free.first(where: { $0.rep.id == previous }) {
            return .ring([status.rep.named], .previous)
        }
        let agents = free.filter { $0.rep.role == .rep }
        let pool = agents.isEmpty ? free : agents
        if conversation.channel == .call {
            // The carrier rings its own phones; the screen pops for everyone who could be the one that answers.
            return pool.isEmpty ? .wait : .ring(pool.sorted { $0.rep.id < $1.rep.id }.map(\.rep.named), .everyone)
        }
        guard let best = pool.min(by: precedes) else { return .wait }
        return .ring([best.rep.named], .longestIdle)
    }

    private static func precedes(_ a: RepStatus, _ b: RepStatus) -> Bool {
        if a.load != b.load { return a.load < b.load }
        if a.lastOfferedAt != b.lastOfferedAt { return a.lastOfferedAt < b.lastOfferedAt }
        return a.rep.id < b.rep.id
    }
}
