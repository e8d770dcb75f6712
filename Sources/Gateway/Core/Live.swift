internal import Basics
internal import Domain
internal import Storage

/// A conversation that is going on, with what the desk needs beside its value.
struct Live {
    let id: ConversationID
    /// As decided, including what is still on its way to the disk: decisions are made on this.
    var value: Conversation
    /// As stored: only this may be shown.
    var committed: Conversation
    /// The store is ahead of `value`: load it before the next decision.
    var isStale = false
    var party: PartyView
    /// What `party` was looked up for; nil before the first look.
    var partyLoadedFor: PartyMatch?
    var isPartyLoading = false
    var afterParty: [() -> Void] = []
    /// Visitor messages that staff have not read, by their number in the visitor's series.
    var unread: [Int64] = []
    /// Whose screens show it ringing.
    var ringing: [RepID] = []
    /// Whom it ever rang for.
    var rung: Set<RepID> = []
    /// Who could see it when it was last shown.
    var shownTo: Audience?
    var shownState: DeskState?
    var callEvents: [CallEvent] = []
    /// The news of a call was new when it came: only then may it pop.
    var isFresh = true
    /// The end of the call was heard, and its outcome is decided at this moment.
    var settlesAt: Timestamp?

    init(_ value: Conversation) {
        id = value.id
        self.value = value
        committed = value
        party = PartyView(value)
    }

    var hasUnwritten: Bool { value.revision != committed.revision }

    /// Takes in what the store has numbered.
    mutating func stored(_ conversation: Conversation, _ events: [LogEvent]) {
        let marks = value.marks  // raised in memory first, and written together now and then
        if conversation.revision >= committed.revision { committed = conversation }
        if conversation.revision >= value.revision { value = conversation }
        committed.marks = marks
        value.marks = marks
        value.seq = max(value.seq, conversation.seq)
        value.vseq = max(value.vseq, conversation.vseq)
        note(events)
    }

    mutating func note(_ events: [LogEvent]) {
        for event in events {
            guard let vseq = event.vseq, vseq > committed.marks.staffRead, unread.last ?? 0 < vseq else { continue }
            if case .visitor = event.author, case .text = event.body { unread.append(vseq) }
        }
        if unread.count > 200 { unread.removeFirst(unread.count - 200) }
    }

    mutating func mark(_ marks: Marks) {
        value.marks = marks
        committed.marks = marks
        unread.removeAll { $0 <= marks.staffRead }
    }
}
