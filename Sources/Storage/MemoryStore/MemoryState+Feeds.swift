import Basics
import Domain

// The log, by conversation, as feeds, and of one person.
extension MemoryState {
    func page(of id: ConversationID, limit: Int, where isOlder: (LogEvent) -> Bool) -> Answer {
        let older = (conversations[id]?.events ?? []).map { log[$0] }.filter(isOlder)
        return .events(older.suffix(max(0, limit)), more: older.count > max(0, limit))
    }

    func visitorFeed(of id: ConversationID, after: Int64, limit: Int) -> Answer {
        guard let kept = conversations[id] else { return .feed([], through: LogPosition(after), isComplete: true) }
        let events = kept.events.map { log[$0] }.filter { $0.vseq.map { $0 > after } ?? false }.first(limit)
        let through = events.last?.vseq ?? after
        return .feed(events, through: LogPosition(through), isComplete: through >= kept.value.vseq)
    }

    func staffFeed(after: LogPosition, _ scope: Scope, limit: Int, scan: Int) -> Answer {
        guard after < head else { return .feed([], through: head, isComplete: true) }
        let horizon = min(head, LogPosition(after.rawValue + Int64(max(0, scan))))
        let range = max(0, Int(after.rawValue))..<Int(horizon.rawValue)
        let events = log[range].filter { scope.isUnlimited || $0.audience.includes(scope.viewer) }.first(limit)
        let through = events.count < max(0, limit) ? horizon : events.last?.position ?? after
        return .feed(events, through: through, isComplete: through == head)
    }

    func timeline(of id: PersonID, before: LogPosition?, limit: Int) -> Timeline {
        guard let person = canonical[id] else { return Timeline(events: [], conversations: [], pages: [], more: false) }
        let positions = conversations.values
            .filter { $0.value.party.person.flatMap { canonical[$0] } == person }
            .flatMap(\.events).filter { log[$0].position < before ?? LogPosition(.max) }.sorted()
        let events = positions.suffix(max(0, limit)).map { log[$0] }
        let more = positions.count > events.count
        var seen: Set<ConversationID> = []
        let from = more ? events.first?.at : nil
        let until = before.flatMap { log.indices.contains(Int($0.rawValue) - 1) ? log[Int($0.rawValue) - 1].at : nil }
        let viewed = visitors(of: person).flatMap { pages[$0] ?? [] }
            .filter { page in (from.map { page.at >= $0 } ?? true) && (until.map { page.at < $0 } ?? true) }
            .sorted { $0.at < $1.at }
        return Timeline(
            events: events,
            conversations: events.map(\.conversation).filter { seen.insert($0).inserted }
                .compactMap { conversations[$0]?.value },
            pages: viewed.suffix(max(0, limit)),
            more: more
        )
    }
}
