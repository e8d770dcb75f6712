public import Basics

/// What a transition reads besides the conversation: who does it, and when.
public struct Deed: Hashable, Sendable {
    public let author: Author
    public let cid: ClientMessageID?
    public let at: Timestamp
    public init(_ author: Author, cid: ClientMessageID? = nil, at: Timestamp) {
        self.author = author
        self.cid = cid
        self.at = at
    }
    public static func system(at now: Timestamp) -> Deed { Deed(.system, at: now) }
}

extension Conversation {
    /// Runs a change and gives its events to everyone who saw the conversation before or sees it after.
    ///
    /// The client's id goes to the first event alone: it stands for the whole deed.
    mutating func record(_ deed: Deed, _ change: (inout Conversation) -> [EventBody]) -> [EventDraft] {
        let before = audience
        let bodies = change(&self)
        revision += 1
        let audience = before.union(audience)
        return bodies.enumerated().map { index, body in
            note(body, by: deed)
            return EventDraft(
                author: deed.author,
                cid: index == 0 ? deed.cid : nil,
                at: deed.at,
                body: body,
                audience: audience
            )
        }
    }

    mutating func move(to state: DeskState, at now: Timestamp) {
        if state != self.state {
            self.state = state
            since = now
        }
    }

    /// Keeps what lists show about the newest line, and who waits for an answer.
    private mutating func note(_ body: EventBody, by deed: Deed) {
        let side: Side =
            switch deed.author {
            case .visitor: .visitor
            case .rep: .rep
            case .carrier: .carrier
            case .system: .system
            }
        switch body {
        case .text(let text):
            last = LastLine(kind: "text", side: side, text: String(text.prefix(LastLine.textLimit)), at: deed.at)
            waitingSince = side == .visitor ? waitingSince ?? deed.at : nil
        case .note(let text):
            last = LastLine(kind: "note", side: side, text: String(text.prefix(LastLine.textLimit)), at: deed.at)
        case .call(let milestone):
            last = LastLine(kind: "call", side: side, text: milestone.what.rawValue, at: deed.at)
        case .closed:
            last = LastLine(kind: "closed", side: side, text: "", at: deed.at)
            waitingSince = nil
        default: break
        }
    }
}
