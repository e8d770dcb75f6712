import Basics
import Domain
import Testing

@Suite struct ConversationTests {
    @Test func `a new chat waits in the queue, where the whole desk sees it`() {
        let (chat, drafts) = openChat(form: [FormField(name: "email", value: "tom@example.com")])
        #expect(chat.state == .queued)
        #expect(chat.audience == .everyone)
        #expect(chat.claims == [Conversation.Claim(kind: .email, value: "tom@example.com")])
        #expect(drafts.map(\.body.isVisibleToVisitor) == [true, false, false])
        #expect(drafts[0].cid != nil && drafts[1].cid == nil)
    }

    @Test func `a claim never says who it is`() {
        let (chat, _) = openChat(form: [FormField(name: "email", value: "owner@example.com")])
        #expect(chat.party == .unknown)
    }

    @Test func `only the rep who has it may write to the visitor`() throws {
        var chat = try activeChat()
        _ = try chat.says("hello", .rep(ana.id), at: at(2))
        #expect(throws: Refusal.notYours) { try chat.says("me too", .rep(ben.id), at: at(3)) }
    }

    @Test func `the longest text passes and one more does not`() throws {
        var chat = try activeChat()
        let limit = TextLimits().visitor.value
        _ = try chat.says(String(repeating: "茶", count: limit), .visitor(visitor), at: at(2))
        #expect(throws: Refusal.tooLong(TextLimits().visitor)) {
            try chat.says(String(repeating: "a", count: limit + 1), .visitor(visitor), at: at(2))
        }
        #expect(throws: Refusal.empty(field: "text")) { try chat.says(" \n\t", .visitor(visitor), at: at(2)) }
    }

    @Test func `a note leaves no trace that a visitor could see`() throws {
        var chat = try activeChat()
        let drafts = try chat.addNote("big spender", limits: TextLimits(), deed: Deed(.rep(ana.id), at: at(2)))
        #expect(drafts.allSatisfy { !$0.body.isVisibleToVisitor })
        #expect(chat.waitingSince == nil)
    }

    @Test func `who waits is known by the oldest message without an answer`() throws {
        var chat = try activeChat()
        _ = try chat.says("anyone?", .visitor(visitor), at: at(5))
        _ = try chat.says("hello??", .visitor(visitor), at: at(9))
        #expect(chat.waitingSince == at(5))
        _ = try chat.says("here", .rep(ana.id), at: at(10))
        #expect(chat.waitingSince == nil)
    }

    @Test func `nothing is said after the end`() throws {
        var chat = try activeChat()
        _ = try chat.closeChat(by: .visitor, disposition: nil, deed: Deed(.visitor(visitor), at: at(3)))
        #expect(chat.state == .wrapUp(ana.id))
        #expect(throws: Refusal.conversationClosed) { try chat.says("wait", .visitor(visitor), at: at(4)) }
        _ = try chat.addNote("called back", limits: TextLimits(), deed: Deed(.rep(ana.id), at: at(5)))
    }

    @Test func `a wrap-up is filed by its rep or a supervisor, after the end only`() throws {
        var chat = try activeChat()
        let deed = Deed(.rep(ana.id), at: at(4))
        #expect(throws: Refusal.conflict) {
            try chat.wrapUp(by: ana.id, disposition: "sale", next: nil, role: .rep, deed: deed)
        }
        _ = try chat.closeChat(by: .visitor, disposition: nil, deed: Deed(.visitor(visitor), at: at(3)))
        #expect(throws: Refusal.notYours) {
            try chat.wrapUp(by: ben.id, disposition: "sale", next: nil, role: .rep, deed: deed)
        }
        _ = try chat.wrapUp(by: ana.id, disposition: "sale", next: "call back", role: .rep, deed: deed)
        #expect(chat.state == .closed(ana.id) && chat.disposition == "sale")
    }

    @Test func `marks only rise, and never beyond what there is`() {
        var marks = Marks()
        let moved = marks.advance(.visitor, received: 5, read: 9, head: 7)
        #expect(moved)
        #expect(marks == Marks(visitorReceived: 7, visitorRead: 7, staffReceived: 0, staffRead: 0))
        let fell = marks.advance(.visitor, received: 2, read: 1, head: 7)
        let below = marks.advance(.rep, received: -4, read: -1, head: 7)
        #expect(!fell && !below)
    }

    @Test(arguments: [0, 6]) func `a score outside one to five is refused`(score: Int) throws {
        var chat = try activeChat()
        #expect(throws: Refusal.badValue(field: "score")) {
            try chat.rate(score, comment: nil, deed: Deed(.visitor(visitor), at: at(2)))
        }
    }
}
