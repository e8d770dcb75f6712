extension Conversation {
    /// Which staff may see it where it stands now.
    public var audience: Audience {
        switch state {
        case .queued: .everyone
        case .offered(let offer):
            if let from = offer.from {
                .reps([from] + offer.reps)
            } else {
                // A chat in the queue is the whole desk's while it rings; a call is theirs whose phones ring.
                channel == .chat ? .everyone : .reps(offer.reps)
            }
        case .active(let rep), .wrapUp(let rep): .reps([rep])
        case .closed(let rep): rep.map { .reps([$0]) } ?? .everyone
        }
    }

    public func isVisible(to scope: Scope) -> Bool { scope.isUnlimited || audience.includes(scope.viewer) }
}
