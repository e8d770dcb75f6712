import Domain

// The log: numbered once for each client id.
extension MemoryState {
    mutating func open(_ conversation: Conversation, _ drafts: [EventDraft]) throws(MemoryStop) -> Outcome {
        try refuseRepeats(drafts)
        if let known = conversations[conversation.id] { throw .conflict(.revision(known.value)) }
        try refuseSecondChat(conversation)
        var opened = conversation
        opened.seq = 0
        opened.vseq = 0
        conversations[conversation.id] = KeptConversation(value: opened)
        return record(drafts, of: opened, extent: .all)
    }

    mutating func append(
        _ conversation: Conversation,
        assuming: Int64,
        _ drafts: [EventDraft],
        extent: Write.Extent
    ) throws(MemoryStop) -> Outcome {
        try refuseRepeats(drafts)
        guard let known = conversations[conversation.id]?.value else { throw .conflict(.missing("conversation")) }
        guard known.revision == assuming else { throw .conflict(.revision(known)) }
        if extent == .all { try refuseSecondChat(conversation) }
        var next = conversation
        next.seq = known.seq
        next.vseq = known.vseq
        next.marks = known.marks
        return record(drafts, of: next, extent: extent)
    }

    mutating func raise(_ marks: Marks, of id: ConversationID) throws(MemoryStop) {
        guard var known = conversations[id]?.value.marks else { throw .conflict(.missing("conversation")) }
        known.visitorReceived = max(known.visitorReceived, marks.visitorReceived)
        known.visitorRead = max(known.visitorRead, marks.visitorRead)
        known.staffReceived = max(known.staffReceived, marks.staffReceived)
        known.staffRead = max(known.staffRead, marks.staffRead)
        conversations[id]?.value.marks = known
    }

    private mutating func record(
        _ drafts: [EventDraft],
        of conversation: Conversation,
        extent: Write.Extent
    ) -> Outcome {
        var next = conversation
        let events = drafts.map { draft in
            next.seq += 1
            if draft.body.isVisibleToVisitor { next.vseq += 1 }
            let event = LogEvent(
                position: LogPosition(Int64(log.count + 1)),
                conversation: next.id,
                seq: next.seq,
                vseq: draft.body.isVisibleToVisitor ? next.vseq : nil,
                author: draft.author,
                cid: draft.cid,
                at: draft.at,
                body: draft.body,
                audience: draft.audience
            )
            if let cid = draft.cid { positions[Signature(author: draft.author, cid: cid)] = log.count }
            conversations[next.id]?.events.append(log.count)
            log.append(event)
            return event
        }
        switch extent {
        case .line:
            if let known = conversations[next.id]?.value {
                conversations[next.id]?.value = known.takingLine(of: next)
            }
        case .all:
            conversations[next.id]?.value = next
            conversations[next.id]?.participants.formUnion(next.participants)
        }
        return .events(events, next)
    }

    private func refuseRepeats(_ drafts: [EventDraft]) throws(MemoryStop) {
        var seen: Set<Signature> = []
        for draft in drafts {
            guard let cid = draft.cid else { continue }
            let signature = Signature(author: draft.author, cid: cid)
            if let index = positions[signature] { throw .duplicate(log[index]) }
            if !seen.insert(signature).inserted {
                throw .conflict(.missing("a client id of its own for each event"))
            }
        }
    }

    private func refuseSecondChat(_ conversation: Conversation) throws(MemoryStop) {
        guard conversation.isOpenChat, let visitor = conversation.visitor,
            let open = openChat(of: visitor, in: conversation.inbox), open.id != conversation.id
        else { return }
        throw .conflict(.openConversation(open))
    }

    func openChat(of visitor: VisitorID, in inbox: String) -> Conversation? {
        conversations.values.first { $0.value.isOpenChat && $0.value.visitor == visitor && $0.value.inbox == inbox }?
            .value
    }
}
