import Basics
import Domain
import Storage
import Testing

/// What every store promises about the log.
struct LogConformance {
    @Test(arguments: Kind.allCases)
    func `sequence numbers have no gaps, and the visitor's series skips what she may not see`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let (chat, drafts) = Make.chat("chat", cid: "open-chat-0000000")
        var current = try await bench.store.write(.open(chat, drafts)).conversation
        for number in 1...4 {
            let assuming = current.revision
            let deed = Deed(.rep(RepID("rep")), at: Make.start)
            let note = try current.addNote("note \(number)", limits: TextLimits(), deed: deed)
            let text = Make.draft("text \(number)")
            let outcome = try await bench.store.write(
                .append(current, assuming: assuming, note + [text], extent: number.isMultiple(of: 2) ? .line : .all)
            )
            current = try outcome.conversation
        }
        let events = try await bench.store.events("chat")
        #expect(events.map(\.seq) == Array(1...Int64(events.count)))
        #expect(events.compactMap(\.vseq) == [1, 2, 3, 4, 5])
        #expect(events.filter { $0.vseq == nil }.allSatisfy { !$0.body.isVisibleToVisitor })
        #expect(events.map(\.position) == events.map(\.position).sorted())
        #expect(try await bench.store.conversation("chat") == current)
        #expect(current.seq == Int64(events.count))
    }

    @Test(arguments: Kind.allCases)
    func `a client id is done once, also after a restart`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let (chat, drafts) = Make.chat("chat", cid: "open-chat-0000000")
        let first = try await bench.store.write(.open(chat, drafts))
        try bench.reopen()
        let (again, repeated) = Make.chat("other", cid: "open-chat-0000000")
        #expect(try await bench.store.write(.open(again, repeated)) == .duplicate(first.events[0]))
        #expect(try await bench.store.conversation("other") == nil)
        #expect(
            try await bench.store.read(.event(.visitor(VisitorID("visitor")), ClientMessageID("open-chat-0000000")))
                == .event(first.events[0])
        )
        // Another author may use the same id.
        let other = Make.draft(author: .rep(RepID("rep")), cid: "open-chat-0000000")
        let current = try first.conversation
        #expect(
            try await bench.store.write(.append(current, assuming: current.revision, [other], extent: .line)).isStored
        )
    }

    @Test(arguments: Kind.allCases)
    func `a client id twice in one write is refused, and nothing is written`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let (chat, _) = Make.chat("chat")
        let twice = [Make.draft("a", cid: "the-same-00000000"), Make.draft("b", cid: "the-same-00000000")]
        let outcome = try await bench.store.write(.open(chat, twice))
        #expect(!outcome.isStored)
        #expect(try await bench.store.conversation("chat") == nil)
        #expect(try await bench.store.read(.head) == .head(.start))
    }

    @Test(arguments: Kind.allCases)
    func `of two changes to one revision the second is told where it stands`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let (chat, drafts) = Make.chat("chat")
        let opened = try await bench.store.write(.open(chat, drafts)).conversation
        var (one, two) = (opened, opened)
        let rep = RepName(id: RepID("rep"), name: "Rep")
        let other = RepName(id: RepID("other"), name: "Other")
        let first = try one.claim(by: rep, role: .rep, deed: Deed(.rep(rep.id), at: Make.start))
        let second = try two.claim(by: other, role: .rep, deed: Deed(.rep(other.id), at: Make.start))
        let outcomes = try await bench.store.write([
            WriteUnit(.append(one, assuming: opened.revision, first, extent: .all)),
            WriteUnit(.append(two, assuming: opened.revision, second, extent: .all)),
        ])
        let winner = try outcomes[0].conversation
        #expect(winner.state == .active(rep.id))
        #expect(outcomes[1] == .conflict(.revision(winner)))
        #expect(try await bench.store.events("chat").count == drafts.count + first.count)
        let missing = Make.conversation("nowhere", state: .queued)
        #expect(
            try await bench.store.write(.append(missing, assuming: 1, [Make.draft()], extent: .line))
                == .conflict(.missing("conversation"))
        )
    }

    @Test(arguments: Kind.allCases)
    func `a visitor has one open chat in an inbox`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let (chat, drafts) = Make.chat("chat")
        var first = try await bench.store.write(.open(chat, drafts)).conversation
        let (second, more) = Make.chat("second")
        #expect(try await bench.store.write(.open(second, more)) == .conflict(.openConversation(first)))
        let (elsewhere, others) = Make.chat("elsewhere", inbox: "another")
        #expect(try await bench.store.write(.open(elsewhere, others)).isStored)

        let assuming = first.revision
        let closing = try first.closeChat(by: .visitor, disposition: nil, deed: .system(at: Make.start))
        first = try await bench.store.write(.append(first, assuming: assuming, closing, extent: .all)).conversation
        let reopenedBy = RepName(id: RepID("rep"), name: "Rep")
        let opened = try await bench.store.write(.open(second, more)).conversation
        // The first cannot go on while the second does.
        var reopened = first
        let reopening = try reopened.reopen(by: reopenedBy, deed: Deed(.rep(reopenedBy.id), at: Make.start))
        #expect(
            try await bench.store.write(.append(reopened, assuming: first.revision, reopening, extent: .all))
                == .conflict(.openConversation(opened))
        )
        #expect(
            try await bench.store.read(.openChat(VisitorID("visitor"), inbox: "inbox")) == .conversation(opened)
        )
    }

    @Test(arguments: Kind.allCases)
    func `a unit is written whole or not at all`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let (chat, drafts) = Make.chat("chat")
        let before = try await bench.store.write(.open(chat, drafts)).conversation
        let outcomes = try await bench.store.write([
            WriteUnit([
                .insertPerson(Make.person("new")),
                .append(before, assuming: before.revision, [Make.draft("lost")], extent: .line),
                .link(Make.link(Identity(.phone, "+4930123456"), "nobody")),
            ]),
            WriteUnit(.insertPerson(Make.person("other"))),
        ])
        #expect(outcomes == [.conflict(.missing("person")), .stored([.done])])
        #expect(try await bench.store.person("new") == nil)
        #expect(try await bench.store.person("other") != nil)
        #expect(try await bench.store.conversation("chat") == before)
        #expect(try await bench.store.events("chat").count == drafts.count)
    }

    @Test(arguments: Kind.allCases)
    func `marks rise and never fall, and an append does not know better`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let (chat, drafts) = Make.chat("chat")
        let opened = try await bench.store.write(.open(chat, drafts)).conversation
        let id = opened.id
        try await bench.store.write(
            .marks(id, Marks(visitorReceived: 5, visitorRead: 3, staffReceived: 0, staffRead: 0))
        )
        try await bench.store.write(
            .marks(id, Marks(visitorReceived: 2, visitorRead: 4, staffReceived: 1, staffRead: 1))
        )
        let expected = Marks(visitorReceived: 5, visitorRead: 4, staffReceived: 1, staffRead: 1)
        #expect(try await bench.store.conversation("chat")?.marks == expected)
        // `opened` still has the marks of the beginning.
        for extent in [Write.Extent.line, .all] {
            let current = try #require(try await bench.store.conversation("chat"))
            var stale = current
            stale.marks = Marks()
            let outcome = try await bench.store.write(
                .append(stale, assuming: current.revision, [Make.draft()], extent: extent)
            )
            #expect(try outcome.conversation.marks == expected)
            #expect(try await bench.store.conversation("chat")?.marks == expected)
        }
        #expect(
            try await bench.store.write(.marks(ConversationID("nowhere"), Marks()))
                == .conflict(.missing("conversation"))
        )
    }

    @Test(arguments: Kind.allCases)
    func `pages of events say whether there are older ones`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let (chat, _) = Make.chat("chat")
        try await bench.store.write(.open(chat, (1...5).map { Make.draft("\($0)") }))
        func page(_ before: Int64?, _ limit: Int) async throws -> ([Int64], Bool) {
            guard
                case .events(let events, let more) = try await bench.store.read(
                    .events(chat.id, before: before, limit: limit)
                )
            else { throw Unexpected("page") }
            return (events.map(\.seq), more)
        }
        #expect(try await page(nil, 2) == ([4, 5], true))
        #expect(try await page(4, 2) == ([2, 3], true))
        #expect(try await page(2, 2) == ([1], false))
        #expect(try await page(nil, 5) == ([1, 2, 3, 4, 5], false))
        #expect(try await page(nil, 4) == ([2, 3, 4, 5], true))
        #expect(try await page(1, 4) == ([], false))
        guard
            case .feed(let feed, let through, let isComplete) = try await bench.store.read(
                .visitorFeed(chat.id, afterVseq: 2, limit: 2)
            )
        else { throw Unexpected("feed") }
        #expect(feed.compactMap(\.vseq) == [3, 4])
        #expect(through == LogPosition(4))
        #expect(!isComplete)
    }

    @Test(arguments: Kind.allCases)
    func `a restore begins a new epoch with the old content, a restart does not`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let epoch = bench.store.epoch
        let (chat, drafts) = Make.chat("chat")
        let opened = try await bench.store.write(.open(chat, drafts)).conversation
        try bench.reopen()
        #expect(bench.store.epoch == epoch)
        try bench.restore()
        #expect(bench.store.epoch != epoch)
        #expect(try await bench.store.conversation("chat") == opened)
    }

    @Test(arguments: Kind.allCases)
    func `a closed store says so`(kind: Kind) async throws {
        let bench = try Bench(kind)
        bench.store.close()
        await #expect(throws: StoreError.closed) { try await bench.store.write(.insertPerson(Make.person("late"))) }
        await #expect(throws: StoreError.closed) { try await bench.store.read(.head) }
    }
}
