public import Basics

/// An event on its way to the log: what the store does not have to number yet.
public struct EventDraft: Hashable, Sendable {
    public var author: Author
    public var cid: ClientMessageID?
    public var at: Timestamp
    public var body: EventBody
    public var audience: Audience

    public init(author: Author, cid: ClientMessageID? = nil, at: Timestamp, body: EventBody, audience: Audience) {
        self.author = author
        self.cid = cid
        self.at = at
        self.body = body
        self.audience = audience
    }
}

/// The place of an event in the log of the whole store; grows with every event, in commit order.
public struct LogPosition: Hashable, Comparable, Sendable {
    public let rawValue: Int64
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public static let start = LogPosition(0)
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// One committed event of one conversation.
public struct LogEvent: Hashable, Sendable {
    public let position: LogPosition
    public let conversation: ConversationID
    /// 1, 2, 3 … over all events of the conversation.
    public let seq: Int64
    /// 1, 2, 3 … over what the visitor may see; nil for the rest.
    public let vseq: Int64?
    public let author: Author
    public let cid: ClientMessageID?
    public let at: Timestamp
    public let body: EventBody
    public let audience: Audience

    public init(
        position: LogPosition,
        conversation: ConversationID,
        seq: Int64,
        vseq: Int64?,
        author: Author,
        cid: ClientMessageID?,
        at: Timestamp,
        body: EventBody,
        audience: Audience
    ) {
        self.position = position
        self.conversation = conversation
        self.seq = seq
        self.vseq = vseq
        self.author = author
        self.cid = cid
        self.at = at
        self.body = body
        self.audience = audience
    }
}
