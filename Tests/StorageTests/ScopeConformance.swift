import Basics
import Domain
import Storage
import Testing

/// A rep never sees a person or conversation of another: every combination of owner, state and part in it.
struct ScopeConformance {
    private static let me = Make.scope("me")
    private static let boss = Make.scope("boss", role: .supervisor)
    private static let window = Scope.participationWindow

    /// How a conversation stands, and whether I may see it for its own sake.
    struct Standing: Sendable, CustomStringConvertible {
        let name: String
        let channel: Channel
        let state: DeskState
        let endedAt: Timestamp?
        let isForMe: Bool
        /// Whether it opens its person to me.
        let opensPerson: Bool
        var description: String { name }
    }

    private static func offer(_ reps: String..., from: String? = nil) -> DeskState {
        .offered(.init(reps: reps.map { RepID($0) }, deadline: nil, why: .longestIdle, from: from.map { RepID($0) }))
    }

    static let standings: [Standing] = [
        Standing(name: "queued", channel: .chat, state: .queued, endedAt: nil, isForMe: true, opensPerson: false),
        Standing(
            name: "chat offered to me",
            channel: .chat,
            state: offer("me"),
            endedAt: nil,
            isForMe: true,
            opensPerson: true
        ),
        Standing(
            name: "chat offered to another",
            channel: .chat,
            state: offer("other"),
            endedAt: nil,
            isForMe: true,
            opensPerson: false
        ),
        Standing(
            name: "call ringing at another",
            channel: .call,
            state: offer("other"),
            endedAt: nil,
            isForMe: false,
            opensPerson: false
        ),
        Standing(
            name: "call ringing at me",
            channel: .call,
            state: offer("other", "me"),
            endedAt: nil,
            isForMe: true,
            opensPerson: true
        ),
        Standing(
            name: "transfer to me",
            channel: .chat,
            state: offer("me", from: "other"),
            endedAt: nil,
            isForMe: true,
            opensPerson: true
        ),
        Standing(
            name: "transfer between others",
            channel: .chat,
            state: offer("other", from: "third"),
            endedAt: nil,
            isForMe: false,
            opensPerson: false
        ),
        Standing(
            name: "mine",
            channel: .chat,
            state: .active(RepID("me")),
            endedAt: nil,
            isForMe: true,
            opensPerson: true
        ),
        Standing(
            name: "another's",
            channel: .chat,
            state: .active(RepID("other")),
            endedAt: nil,
            isForMe: false,
            opensPerson: false
        ),
        Standing(
            name: "my wrap-up from long ago",
            channel: .chat,
            state: .wrapUp(RepID("me")),
            endedAt: Bench.now - .days(30),
            isForMe: true,
            opensPerson: true
        ),
        Standing(
            name: "mine, ended within the window",
            channel: .chat,
            state: .closed(RepID("me")),
            endedAt: Bench.now - window,
            isForMe: true,
            opensPerson: true
        ),
        Standing(
            name: "mine, ended before the window",
            channel: .chat,
            state: .closed(RepID("me")),
            endedAt: Bench.now - window - .milliseconds(1),
            isForMe: true,
            opensPerson: false
        ),
        Standing(
            name: "another's, ended",
            channel: .chat,
            state: .closed(RepID("other")),
            endedAt: Bench.now,
            isForMe: false,
            opensPerson: false
        ),
        Standing(
            name: "nobody's, ended",
            channel: .call,
            state: .closed(nil),
            endedAt: Bench.now,
            isForMe: true,
            opensPerson: false
        ),
    ]

    @Test(arguments: Kind.allCases, standings)
    func `a rep sees what is hers, nobody's, or was given to her`(kind: Kind, standing: Standing) async throws {
        for owner in ["me", "other", nil] {
            // A record that was merged into another opens that other.
            for isMerged in [false, true] {
                let bench = try Bench(kind)
                try await bench.store.write(.insertPerson(Make.person("whole", owner: owner)))
                try await bench.store.write(.insertPerson(Make.person("part", owner: "somebody else")))
                if isMerged { try await bench.store.write(.merge(Make.merge("m", "part", into: "whole"))) }
                try await bench.store.write(
                    .open(
                        Make.conversation(
                            "talk",
                            channel: standing.channel,
                            state: standing.state,
                            person: isMerged ? "part" : "whole",
                            openedAt: Make.start - .days(40),
                            endedAt: standing.endedAt
                        ),
                        [Make.draft()]
                    )
                )
                let seesPerson = owner != "other" || standing.opensPerson
                let seesTalk = standing.isForMe || seesPerson
                for id in isMerged ? ["whole", "part"] : ["whole"] {
                    #expect(try await bench.store.isVisible(id, Self.me) == seesPerson)
                    #expect(try await bench.store.isVisible(id, Self.boss))
                }
                let expected = seesPerson ? ["whole"] : []
                for search in ["", "whole"] {
                    let query = Query.people(search: search, Self.me, after: nil, limit: 9, now: Bench.now)
                    #expect(try await bench.store.ids(query) == expected)
                }
                for view in [ConversationView.all, .queue, .done] {
                    let isIn =
                        switch view {
                        case .all: true
                        case .done: standing.state.isOver
                        case .queue: standing.name == "queued" || standing.state.isOffered
                        }
                    let list = Query.conversations(view, Self.me, before: nil, limit: 9)
                    #expect(try await bench.store.ids(list) == (isIn && seesTalk ? ["talk"] : []))
                    let whole = Query.conversations(view, Self.boss, before: nil, limit: 9)
                    #expect(try await bench.store.ids(whole) == (isIn ? ["talk"] : []))
                }
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func `who was asked once may open the person for the time of the window`(kind: Kind) async throws {
        let bench = try Bench(kind)
        try await bench.store.write(.insertPerson(Make.person("p", owner: "other")))
        let offered = Make.conversation("talk", state: Self.offer("me"), person: "p")
        var current = try await bench.store.write(.open(offered, [Make.draft()])).conversation
        let me = RepName(id: RepID("me"), name: "Me")
        let other = RepName(id: RepID("other"), name: "Other")
        for change in [0, 1] {
            let assuming = current.revision
            let drafts =
                change == 0
                ? try current.endOffer(to: me, why: .declined, deed: Deed(.rep(me.id), at: Make.start))
                : try current.claim(by: other, role: .rep, deed: Deed(.rep(other.id), at: Make.start))
            current = try await bench.store.write(.append(current, assuming: assuming, drafts, extent: .all))
                .conversation
        }
        #expect(current.state == .active(other.id))
        #expect(try await bench.store.isVisible("p", Self.me))
        #expect(try await !bench.store.isVisible("p", Make.scope("third")))
        #expect(try await !bench.store.isVisible("unknown", Self.boss))
    }

    @Test(arguments: Kind.allCases)
    func `pages follow each other without gap or repeat, even among equals`(kind: Kind) async throws {
        let bench = try Bench(kind)
        var expected: [String] = []
        for number in 0..<25 {
            let id = "k" + String(number + 10)
            let time = Make.start + .seconds(Int64(number / 4))
            let state: DeskState = number.isMultiple(of: 2) ? .closed(RepID("me")) : .queued
            try await bench.store.write(
                .open(
                    Make.conversation(id, state: state, openedAt: time, endedAt: state.isOver ? time : nil),
                    [Make.draft()]
                ),
                .insertPerson(Make.person(id, name: "Name \(number / 4)"))
            )
            expected.append(id)
        }
        for limit in [1, 2, 7, 24, 25, 26] {
            for view in [ConversationView.all, .queue, .done] {
                let ids = try await Self.pages(bench) { cursor in
                    .conversations(view, Self.me, before: cursor, limit: limit)
                }
                let wanted = expected.filter {
                    view == .all || ((Int($0.dropFirst()) ?? 0) % 2 == 0) == (view == .done)
                }
                #expect(ids == (view == .queue ? wanted : wanted.reversed()))
            }
            let people = try await Self.pages(bench) { cursor in
                .people(search: "", Self.me, after: cursor, limit: limit, now: Bench.now)
            }
            #expect(people == expected)
        }
    }

    private static func pages(_ bench: Bench, _ query: (Cursor?) -> Query) async throws -> [String] {
        var ids: [String] = []
        var cursor: Cursor?
        for _ in 0..<100 {
            let next: Cursor?
            switch try await bench.store.read(query(cursor)) {
            case .conversations(let page, let more):
                ids += page.map(\.id.rawValue)
                next = more
            case .people(let page, let more):
                ids += page.map(\.person.id.rawValue)
                next = more
            case let other: throw Unexpected(other)
            }
            guard let next else { return ids }
            cursor = next
        }
        throw Unexpected("pages without end")
    }
}

extension DeskState {
    fileprivate var isOffered: Bool { if case .offered = self { true } else { false } }
}
