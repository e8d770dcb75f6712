package import Domain

extension Conversation {
    /// What is kept after an append of extent `line`: the newest line and who waits, from `next`; the rest as it was.
    package func takingLine(of next: Conversation) -> Conversation {
        Conversation(
            id: id,
            channel: channel,
            inbox: inbox,
            openedAt: openedAt,
            state: state,
            since: since,
            queuedAt: queuedAt,
            endedAt: endedAt,
            revision: next.revision,
            seq: next.seq,
            vseq: next.vseq,
            visitor: visitor,
            identity: identity,
            numberShown: numberShown,
            party: party,
            language: language,
            claims: claims,
            disposition: disposition,
            rating: rating,
            waitingSince: next.waitingSince,
            last: next.last,
            declined: declined,
            marks: marks,
            call: call
        )
    }
}
