import Basics
import Domain

let ana = RepName(id: RepID("ana"), name: "Ana")
let ben = RepName(id: RepID("ben"), name: "Ben")
let visitor = VisitorID("v1")
let start = Timestamp(milliseconds: 1_000_000)

func at(_ seconds: Int64) -> Timestamp { start + .seconds(seconds) }

func openChat(form: [FormField] = [], at now: Timestamp = start) -> (Conversation, [EventDraft]) {
    Conversation.openChat(
        id: ConversationID("c1"),
        inbox: "pk",
        visitor: visitor,
        language: "zh-CN",
        form: form,
        party: .unknown,
        deed: Deed(.visitor(visitor), cid: ClientMessageID("open-0000000000000001"), at: now)
    )
}

func activeChat() throws -> Conversation {
    var (chat, _) = openChat()
    _ = try chat.claim(by: ana, role: .rep, deed: Deed(.rep(ana.id), at: at(1)))
    return chat
}

extension Conversation {
    mutating func says(_ text: String, _ author: Author, at now: Timestamp) throws(Refusal) -> [EventDraft] {
        try post(text, limits: TextLimits(), deed: Deed(author, at: now))
    }
}
