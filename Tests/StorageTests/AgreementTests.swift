import Basics
import Domain
import Storage
import Testing

/// Whatever is written, both stores say the same of it and answer every question alike.
struct AgreementTests {
    @Test(arguments: 1...8)
    func `the same random history gives the same answers`(seed: Int) async throws {
        var history = RandomHistory(seed: UInt64(seed))
        let (sqlite, memory) = (try Bench(.sqlite), try Bench(.memory))
        for _ in 0..<60 {
            let units = history.units()
            let (one, other) = (try await sqlite.store.write(units), try await memory.store.write(units))
            let agree = one == other
            #expect(agree, "seed \(seed), \(Difference.between(one, other))")
            history.learn(from: one)
        }
        if seed.isMultiple(of: 2) { try sqlite.reopen() }
        for query in history.questions() {
            let (one, other) = (try await sqlite.store.read(query), try await memory.store.read(query))
            let agree = one == other
            #expect(agree, "seed \(seed), \(query): \(Difference.between(one, other))")
        }
    }
}

/// Writes among few things, so that they meet: conflicts, repeats, merges, undone merges, taken-back links.
private struct RandomHistory {
    private var random: SeededGenerator
    private var clock = Make.start - .days(9)
    private var conversations: [ConversationID: Conversation] = [:]
    private var revisions: [PersonID: Int64] = [:]

    private let reps = (0..<3).map { RepID("rep\($0)") }
    private let people = (0..<6).map { PersonID("person\($0)") }
    private let talks = (0..<8).map { ConversationID("talk\($0)") }
    private let visitors = (0..<3).map { VisitorID("visitor\($0)") }
    private let handles =
        (0..<3).map { Identity(.phone, "+493012345\($0)") } + (0..<2).map { Identity(.email, "m\($0)@example.org") }
        + (0..<2).map { Identity(.visitor, "visitor\($0)") } + [Identity(.phone, "+4930123450;ext=7")]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func units() -> [WriteUnit] {
        (0..<Int.random(in: 1...4, using: &random)).map { _ in
            clock = clock + .minutes(Int64.random(in: 0...400, using: &random))
            return WriteUnit((0..<(chance(4) ? 2 : 1)).map { _ in write() })
        }
    }

    mutating func learn(from outcomes: [UnitOutcome]) {
        for outcome in outcomes {
            switch outcome {
            case .stored(let parts):
                for case .events(_, let conversation) in parts { conversations[conversation.id] = conversation }
            case .conflict(.revision(let conversation)): conversations[conversation.id] = conversation
            case .conflict(.personRevision(let person)): revisions[person.id] = person.revision
            case .conflict, .duplicate: break
            }
        }
    }

    private mutating func write() -> Write {
        switch Int.random(in: 0..<20, using: &random) {
        case 0...2: return .open(conversation(pick(talks)), drafts())
        case 3...7:
            let id = pick(talks)
            let known = conversations[id] ?? conversation(id)
            let isLine = chance(2)
            let next = isLine ? known : conversation(id, like: known)
            return .append(next, assuming: known.revision, drafts(), extent: isLine ? .line : .all)
        case 8:
            let counts = (0..<4).map { _ in Int64.random(in: 0...9, using: &random) }
            let marks = Marks(
                visitorReceived: counts[0],
                visitorRead: counts[1],
                staffReceived: counts[2],
                staffRead: counts[3]
            )
            return .marks(pick(talks), marks)
        case 9...10: return .insertPerson(person(pick(people)))
        case 11:
            let id = pick(people)
            return .updatePerson(person(id), assuming: revisions[id] ?? 1)
        case 12...13:
            let assurance = pick(Assurance.allCases)
            return .link(
                IdentityLink(
                    identity: pick(handles),
                    person: pick(people),
                    assurance: assurance,
                    isExclusive: chance(2),
                    isShared: chance(5),
                    firstSeen: clock,
                    lastSeen: clock
                )
            )
        case 14: return .unlink(pick(handles), pick(people), at: clock)
        case 15:
            return .remember(pick(handles), pick(people), until: clock + .days(Int64.random(in: 0...9, using: &random)))
        case 16:
            let id = "m\(Int.random(in: 0..<6, using: &random))"
            var (loser, winner) = (pick(people), pick(people))
            if loser == winner { (loser, winner) = (people[0], people[1]) }
            return .merge(Make.merge(id, loser.rawValue, into: winner.rawValue))
        case 17: return .undoMerge(MergeID("m\(Int.random(in: 0..<6, using: &random))"), by: .system, at: clock)
        case 18:
            return chance(2)
                ? .rep(Make.rep(pick(reps).rawValue))
                : .deal(
                    Deal(
                        id: DealID("deal\(Int.random(in: 0..<9, using: &random))"),
                        person: pick(people),
                        title: "Deal",
                        stage: "new",
                        outcome: pick([.open, .won, .lost]),
                        createdAt: clock
                    )
                )
        default:
            let visitor = pick(visitors)
            return chance(2)
                ? .page(visitor, PageView(at: clock, url: "https://example.org", title: "\(clock.milliseconds)"))
                : .visitor(
                    VisitorRecord(id: visitor, inbox: "inbox", language: nil, firstSeen: clock, lastSeen: clock)
                )
        }
    }

    private mutating func drafts() -> [EventDraft] {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in
            Make.draft(
                "\(clock.milliseconds)",
                author: pick([.system, .rep(pick(reps)), .visitor(pick(visitors))]),
                cid: chance(3) ? "client-\(Int.random(in: 0..<40, using: &random))-0000000000" : nil,
                audience: chance(2) ? .everyone : .reps([pick(reps)]),
                at: clock
            )
        }
    }

    private mutating func conversation(_ id: ConversationID, like known: Conversation? = nil) -> Conversation {
        // What never changes hangs on the id, since what is written may be the first that is known of it.
        let number = Int64(talks.firstIndex(of: id) ?? 0)
        let isChat = number.isMultiple(of: 2)
        let openedAt = Make.start - .hours(number / 2)
        let states: [DeskState] = [
            .queued, .active(pick(reps)), .wrapUp(pick(reps)), .closed(nil), .closed(pick(reps)),
            .offered(.init(reps: [pick(reps)], deadline: clock, why: .owner)),
            .offered(.init(reps: [pick(reps)], deadline: nil, why: .transfer, from: pick(reps))),
        ]
        let state = pick(states)
        return Conversation(
            id: id,
            channel: isChat ? .chat : .call,
            inbox: "inbox",
            openedAt: openedAt,
            state: state,
            since: clock,
            queuedAt: known?.queuedAt ?? clock,
            endedAt: state.isOver ? clock : nil,
            revision: (known?.revision ?? 0) + 1,
            visitor: isChat ? pick(visitors) : nil,
            identity: isChat ? nil : pick(handles),
            party: chance(3) ? .unknown : PartyMatch(kind: .unique, person: pick(people), assurance: .network),
            claims: chance(3) ? [.init(kind: .name, value: "Somebody")] : [],
            rating: chance(5) ? .init(score: 4, comment: nil) : nil,
            waitingSince: chance(3) ? clock : nil,
            last: chance(3) ? nil : .init(kind: "text", side: .visitor, text: "hello", at: clock),
            declined: chance(3) ? [pick(reps)] : [],
            call: isChat ? nil : call(id)
        )
    }

    private mutating func call(_ id: ConversationID) -> Call {
        var call = Call(key: CallKey(carrier: "c", account: "a", id: id.rawValue), startedAt: clock)
        call.direction = pick(CallDirection.allCases)
        call.ringingAt = chance(2) ? clock + .seconds(2) : nil
        call.answeredAt = chance(2) ? clock + .seconds(9) : nil
        call.disposition = chance(3) ? nil : pick(CallDisposition.allCases)
        return call
    }

    private mutating func person(_ id: PersonID) -> Person {
        Person(
            id: id,
            name: pick(["Anna", "anna", "王小明", "Zoë", "Ärzte"]),
            owner: chance(3) ? nil : pick(reps),
            createdAt: clock
        )
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

    func questions() -> [Query] {
        var queries: [Query] = [.head, .liveConversations, .reps, .today(since: Make.start - .days(5))]
        let scopes = reps.map { Scope(viewer: $0, role: .rep) } + [Scope(viewer: reps[0], role: .admin)]
        for scope in scopes {
            for view in [ConversationView.queue, .done, .all] {
                queries.append(.conversations(view, scope, before: nil, limit: 3))
            }
            for search in ["", "ann", "小", "4930", "@example"] {
                queries.append(.people(search: search, scope, after: nil, limit: 4, now: Bench.now))
            }
            queries += people.map { .isVisible($0, scope, now: Bench.now) }
            queries.append(.staffFeed(after: LogPosition(10), scope, limit: 20, scan: 60))
        }
        for id in talks {
            queries += [
                .conversation(id), .events(id, before: nil, limit: 5), .visitorEvents(id, beforeVseq: 4, limit: 2),
            ]
            queries.append(.visitorFeed(id, afterVseq: 2, limit: 3))
        }
        for person in people {
            queries += [.person(person), .card(person), .lastRep(person), .visitors(of: person)]
            queries += [nil, LogPosition(40)].flatMap { before in
                [1, 5, 500].map { .timeline(person, before: before, limit: $0) }
            }
        }
        for handle in handles {
            queries.append(.candidates(exact: [handle], national: [handles[0]], suffix: "30123451", now: Bench.now))
            queries.append(.candidates(exact: [], national: [handle], suffix: "30123450", now: Bench.now))
            queries.append(.orphans(handle, limit: 3))
        }
        for visitor in visitors {
            queries += [.visitor(visitor), .pages(visitor, limit: 5), .openChat(visitor, inbox: "inbox")]
            queries.append(.visitorConversations(visitor, inbox: "inbox", limit: 2))
        }
        return queries + (0..<6).map { .mergeEdge(MergeID("m\($0)")) }
    }
}

/// Where two long descriptions part.
private enum Difference {
    static func between(_ one: some Any, _ other: some Any) -> String {
        let (a, b) = (Array("\(one)"), Array("\(other)"))
        let common = zip(a, b).prefix { $0 == $1 }.count
        let start = max(0, common - 60)
        return "…\(String(a[start...].prefix(160)))… against …\(String(b[start...].prefix(160)))…"
    }
}
