internal import Basics
internal import Domain
internal import PhoneNumbers
internal import Storage
internal import Wire

extension Shard {
    /// Runs `body` when the names behind a live conversation's party are known.
    func withParty(_ id: ConversationID, _ body: @escaping () -> Void) {
        guard let live = lives[id] else { return }
        if !live.isPartyLoading, live.partyLoadedFor == live.committed.party { return body() }
        lives[id]?.afterParty.append(body)
        if !live.isPartyLoading { loadParty(id) }
    }

    /// Looks the party up again, because what is known about it has changed.
    func loadParty(_ id: ConversationID, then body: (() -> Void)? = nil) {
        guard let live = lives[id] else { return }
        if let body { lives[id]?.afterParty.append(body) }
        guard !live.isPartyLoading else { return }
        lives[id]?.isPartyLoading = true
        let conversation = live.committed
        partyView(of: conversation) { [self] view in
            lives[id]?.party = view
            lives[id]?.partyLoadedFor = conversation.party
            lives[id]?.isPartyLoading = false
            let waiting = lives[id]?.afterParty ?? []
            lives[id]?.afterParty = []
            for body in waiting { body() }
        }
    }

    func partyView(of conversation: Conversation, _ then: @escaping (PartyView) -> Void) {
        var view = PartyView(conversation)
        let queries = PartyView.queries(for: conversation, reading: numbers, line: settings.line, at: now)
        guard !queries.isEmpty else { return then(view) }
        ask(queries, otherwise: { _ in then(view) }) { [self] answers in
            view.fill(conversation, answers, numbers, settings.line)
            then(view)
        }
    }

    /// The view of a conversation for staff.
    func view(_ conversation: Conversation, party: PartyView, events: [LogEvent]? = nil) -> ConversationView {
        ConversationView(
            conversation: conversation,
            party: party,
            unread: lives[conversation.id]?.unread.count ?? 0,
            page: trails.trail(of: party.visitors, since: now - limits.onSiteFor).last,
            roster: roster,
            events: events
        )
    }

    func cardView(_ party: PartyView) -> CardView? {
        party.card.map { card in
            CardView(
                card: card,
                trail: trails.trail(of: party.visitors, since: now - limits.onSiteFor),
                numbers: numbers,
                line: settings.line
            )
        }
    }

    /// Views of many conversations, live or not, from one question.
    func views(of conversations: [Conversation], _ then: @escaping ([ConversationView]) -> Void) {
        var queries: [Query] = []
        var ranges: [Range<Int>] = []
        for conversation in conversations {
            let own = PartyView.queries(for: conversation, reading: numbers, line: settings.line, at: now)
            ranges.append(queries.count..<queries.count + own.count)
            queries += own
        }
        func build(_ answers: [Answer]) {
            then(
                zip(conversations, ranges).map { conversation, range in
                    var party = PartyView(conversation)
                    if answers.count >= range.upperBound {
                        party.fill(conversation, Array(answers[range]), numbers, settings.line)
                    }
                    return view(conversation, party: party)
                }
            )
        }
        guard !queries.isEmpty else { return build([]) }
        ask(queries, otherwise: { _ in build([]) }, build)
    }
}
