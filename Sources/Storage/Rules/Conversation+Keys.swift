package import Basics
package import Domain

// What lists and permissions derive from a conversation, in one place for every store.
extension Conversation {
    /// A chat that has not ended: a visitor has one at most in each inbox.
    package var isOpenChat: Bool { channel == .chat && !state.isOver }

    package var isClosed: Bool {
        if case .closed = state { true } else { false }
    }

    /// When it was over, for what lists ended conversations; nil while it goes on.
    package var doneAt: Timestamp? { state.isOver ? endedAt ?? since : nil }

    /// The newest time that anybody had it: when it ended, else when its state began.
    package var heldAt: Timestamp { endedAt ?? since }

    /// The reps who own it or are asked to take it where it stands now.
    ///
    /// Stores keep everyone who ever was one: for some time they may open the person whom they were given.
    package var participants: [RepID] {
        switch state {
        case .queued: []
        case .offered(let offer): (offer.from.map { [$0] } ?? []) + offer.reps
        case .active(let rep), .wrapUp(let rep): [rep]
        case .closed(let rep): rep.map { [$0] } ?? []
        }
    }

    /// Whether its participants may still open its person.
    package func isFresh(at now: Timestamp) -> Bool {
        guard isClosed else { return true }
        return (doneAt ?? since) >= now - Scope.participationWindow
    }
}
