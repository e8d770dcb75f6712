import Basics
import Domain

// Conversations in lists.
extension MemoryState {
    var liveConversations: [Conversation] {
        conversations.values.map(\.value).filter { !$0.isClosed }.sorted { $0.order(\.openedAt) < $1.order(\.openedAt) }
    }

    func newest(_ limit: Int, where isWanted: (Conversation) -> Bool) -> [Conversation] {
        conversations.values.map(\.value).filter(isWanted).sorted { $0.order(\.openedAt) > $1.order(\.openedAt) }
            .first(limit)
    }

    func list(
        _ view: ConversationView,
        _ scope: Scope,
        after cursor: Cursor?,
        limit: Int,
        at now: Timestamp
    ) -> Answer {
        let key: (Conversation) -> Timestamp =
            switch view {
            case .queue: \.queuedAt
            case .done: { $0.doneAt ?? $0.since }
            case .all: \.openedAt
            }
        let isAscending = view == .queue
        let after = cursor?.timeKey.map { ($0.time, $0.id) }
        let found = conversations.values.map(\.value)
            .filter { $0.belongs(in: view) && isVisible($0, to: scope, at: now) }
            .sorted { isAscending ? $0.order(key) < $1.order(key) : $0.order(key) > $1.order(key) }
            .filter { conversation in
                after.map { isAscending ? conversation.order(key) > $0 : conversation.order(key) < $0 } ?? true
            }
        let page = found.first(limit)
        let next = found.count > page.count ? page.last.map { Cursor(time: key($0), id: $0.id.rawValue) } : nil
        return .conversations(page, next: next)
    }

    func isVisible(_ conversation: Conversation, to scope: Scope, at now: Timestamp) -> Bool {
        if conversation.isVisible(to: scope) { return true }
        guard let person = conversation.party.person.flatMap(person) else { return false }
        return isVisible(person, to: scope, at: now)
    }

    /// It is hers or nobody's, or she has or was offered a conversation with it that has not been over for long.
    func isVisible(_ person: Person, to scope: Scope, at now: Timestamp) -> Bool {
        if scope.isUnlimited || person.owner == nil || person.owner == scope.viewer { return true }
        return conversations.values.contains { kept in
            kept.participants.contains(scope.viewer) && kept.value.isFresh(at: now)
                && kept.value.party.person.flatMap { canonical[$0] } == person.id
        }
    }
}

extension Conversation {
    fileprivate func order(_ key: (Conversation) -> Timestamp) -> (Timestamp, String) { (key(self), id.rawValue) }

    fileprivate func belongs(in view: ConversationView) -> Bool {
        switch (view, state) {
        case (.all, _), (.queue, .queued), (.queue, .offered): true
        case (.queue, _): false
        case (.done, _): state.isOver
        }
    }
}
