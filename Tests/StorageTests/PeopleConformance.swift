import Basics
import Domain
import Storage
import Testing

/// What every store promises about people and their handles.
struct PeopleConformance {
    private static let number = Identity(.phone, "+4930123456")

    private static func candidates(
        exact: [Identity] = [],
        national: [Identity] = [],
        suffix: String? = nil
    ) -> Query {
        .candidates(exact: exact, national: national, suffix: suffix, now: Bench.now)
    }

    private static func found(_ bench: Bench, _ query: Query) async throws -> [Candidate] {
        guard case .candidates(let found) = try await bench.store.read(query) else { throw Unexpected("candidates") }
        return found
    }

    @Test(arguments: Kind.allCases)
    func `a person is changed by whoever knows its newest revision`(kind: Kind) async throws {
        let bench = try Bench(kind)
        var person = Make.person("a", name: "Anna")
        try await bench.store.write(.insertPerson(person))
        person.name = "Anna Berg"
        #expect(try await bench.store.write(.updatePerson(person, assuming: 1)).isStored)
        person.revision = 2
        #expect(try await bench.store.person("a") == person)
        #expect(try await bench.store.write(.updatePerson(person, assuming: 1)) == .conflict(.personRevision(person)))
        #expect(try await bench.store.write(.insertPerson(person)) == .conflict(.personRevision(person)))
        person.organisation = OrganisationID("nowhere")
        #expect(try await bench.store.write(.updatePerson(person, assuming: 2)) == .conflict(.missing("organisation")))
        let organisation = Organisation(id: OrganisationID("o"), name: "Öl & Gas")
        try await bench.store.write(.insertOrganisation(organisation))
        #expect(try await bench.store.read(.organisation(name: "öl & gas")) == .organisation(organisation))
    }

    @Test(arguments: Kind.allCases)
    func `an identity has one owner, and a claim never owns`(kind: Kind) async throws {
        let bench = try Bench(kind)
        for id in ["a", "b"] { try await bench.store.write(.insertPerson(Make.person(id))) }
        #expect(try await bench.store.write(.link(Make.link(Self.number, "a", exclusive: true))).isStored)
        #expect(
            try await bench.store.write(.link(Make.link(Self.number, "b", .verified, exclusive: true)))
                == .conflict(.identityOwned(PersonID("a")))
        )
        // It may be claimed, and that changes nothing for the owner.
        #expect(try await bench.store.write(.link(Make.link(Self.number, "b", .claimed, exclusive: true))).isStored)
        let found = try await Self.found(bench, Self.candidates(exact: [Self.number]))
        #expect(found.map(\.person.id.rawValue) == ["a", "b"])
        #expect(found.map(\.isExclusive) == [true, false])
        #expect(found.map(\.assurance) == [.confirmed, .claimed])
        // After the owner gave it up, another may have it.
        try await bench.store.write(.unlink(Self.number, PersonID("a"), at: Make.start))
        #expect(try await bench.store.write(.link(Make.link(Self.number, "b", .verified, exclusive: true))).isStored)
        #expect(try await bench.store.ids(Self.candidates(exact: [Self.number])) == ["b"])
    }

    @Test(arguments: Kind.allCases)
    func `a link that was taken back begins anew`(kind: Kind) async throws {
        let bench = try Bench(kind)
        try await bench.store.write(.insertPerson(Make.person("a")))
        try await bench.store.write(.link(Make.link(Self.number, "a", .verified, at: Make.start + .hours(1))))
        try await bench.store.write(.link(Make.link(Self.number, "a", .network)))
        var found = try await Self.found(bench, Self.candidates(exact: [Self.number]))
        #expect(found.map(\.assurance) == [.verified])
        #expect(found.map(\.lastSeen) == [Make.start + .hours(1)])
        try await bench.store.write(.unlink(Self.number, PersonID("a"), at: Make.start))
        #expect(try await bench.store.ids(Self.candidates(exact: [Self.number])).isEmpty)
        try await bench.store.write(.link(Make.link(Self.number, "a", .network)))
        found = try await Self.found(bench, Self.candidates(exact: [Self.number]))
        #expect(found.map(\.assurance) == [.network])
    }

    @Test(arguments: Kind.allCases)
    func `the ladder goes from exact to national to the last digits, and stops where it finds`(kind: Kind) async throws
    {
        let bench = try Bench(kind)
        for id in ["exact", "national", "suffix", "behind"] {
            try await bench.store.write(.insertPerson(Make.person(id)))
        }
        try await bench.store.write(
            .link(Make.link(Self.number, "exact", .network)),
            .link(Make.link(Identity(.phone, "+49301234567"), "national", .network)),
            .link(Make.link(Identity(.phone, "+18005551234"), "suffix", .network)),
            .link(Make.link(Identity(.phone, "+8675512345678;ext=801"), "behind", .confirmed, exclusive: true))
        )
        let national = [Identity(.phone, "+49301234567")]
        func ladder(_ exact: Identity) async throws -> [String] {
            try await Self.found(bench, Self.candidates(exact: [exact], national: national, suffix: "05551234"))
                .map { "\($0.person.id) \($0.confidence)" }
        }
        #expect(try await ladder(Self.number) == ["exact exact"])
        #expect(try await ladder(Identity(.phone, "+1999")) == ["national national"])
        #expect(
            try await Self.found(bench, Self.candidates(exact: [], suffix: "05551234")).map(\.confidence) == [.suffix]
        )
        // The number of a house finds who has an extension in it, without owning it.
        let house = try await Self.found(bench, Self.candidates(exact: [Identity(.phone, "+8675512345678")]))
        #expect(house.map(\.person.id.rawValue) == ["behind"])
        #expect(house.map(\.isExclusive) == [false])
        let direct = try await Self.found(bench, Self.candidates(exact: [Identity(.phone, "+8675512345678;ext=801")]))
        #expect(direct.map(\.isExclusive) == [true])
        // A claim is handed on, but it finds nobody: the ladder goes on.
        try await bench.store.write(.insertPerson(Make.person("claimer")))
        try await bench.store.write(.link(Make.link(Identity(.phone, "+1999"), "claimer", .claimed)))
        #expect(try await ladder(Identity(.phone, "+1999")) == ["claimer exact", "national national"])
    }

    @Test(arguments: Kind.allCases)
    func `what a rep said of a number is remembered for its time`(kind: Kind) async throws {
        let bench = try Bench(kind)
        for id in ["a", "b"] {
            try await bench.store.write(.insertPerson(Make.person(id)))
            try await bench.store.write(.link(Make.link(Self.number, id, shared: true)))
        }
        func remembered() async throws -> [String] {
            try await Self.found(bench, Self.candidates(exact: [Self.number])).filter(\.isRemembered)
                .map(\.person.id.rawValue)
        }
        try await bench.store.write(.remember(Self.number, PersonID("a"), until: Bench.now + .milliseconds(1)))
        #expect(try await remembered() == ["a"])
        try await bench.store.write(.remember(Self.number, PersonID("b"), until: Bench.now))
        #expect(try await remembered() == [])
        try await bench.store.write(.remember(Self.number, PersonID("b"), until: Bench.now + .hours(1)))
        #expect(try await remembered() == ["b"])
        try await bench.store.write(.unlink(Self.number, PersonID("b"), at: Bench.now))
        #expect(try await remembered() == [])
        #expect(
            try await bench.store.write(.remember(Self.number, PersonID("nobody"), until: Bench.now))
                == .conflict(.missing("person"))
        )
    }

    @Test(arguments: Kind.allCases)
    func `merged records are read as one person, and an undo gives each its own again`(kind: Kind) async throws {
        let bench = try Bench(kind)
        for id in ["a", "b", "c"] {
            try await bench.store.write(.insertPerson(Make.person(id)))
            try await bench.store.write(.link(Make.link(Identity(.email, "\(id)@example.org"), id)))
            try await bench.store.write(
                .deal(Deal(id: DealID(id), person: PersonID(id), title: id, stage: "new", createdAt: Make.start))
            )
            try await bench.store.write(
                .open(Make.conversation("chat-\(id)", state: .active(RepID("rep")), person: id), [Make.draft(id)])
            )
        }
        #expect(try await bench.store.write(.merge(Make.merge("ab", "a", into: "b"))).isStored)
        #expect(try await bench.store.write(.merge(Make.merge("bc", "b", into: "c"))).isStored)
        #expect(try await bench.store.person("a")?.id == PersonID("c"))
        let card = try await bench.store.card("a")
        #expect(card.summary.person.id == PersonID("c"))
        #expect(card.summary.emails == ["a@example.org", "b@example.org", "c@example.org"])
        #expect(card.deals.map(\.id.rawValue) == ["c", "b", "a"])
        #expect(card.recent.map(\.id.rawValue) == ["chat-c", "chat-b", "chat-a"])
        #expect(card.merged.map(\.person.id.rawValue) == ["a", "b"])
        #expect(try await bench.store.ids(Self.candidates(exact: [Identity(.email, "a@example.org")])) == ["c"])
        guard case .timeline(let timeline) = try await bench.store.read(.timeline(PersonID("b"), before: nil, limit: 2))
        else { throw Unexpected("timeline") }
        #expect(timeline.events.map(\.body) == [.text("b"), .text("c")])
        #expect(timeline.conversations.map(\.id.rawValue) == ["chat-b", "chat-c"])
        #expect(timeline.more)

        // No circles, and nobody is merged twice.
        #expect(try await bench.store.write(.merge(Make.merge("ca", "c", into: "a"))) == .conflict(.mergeCircle))
        #expect(try await bench.store.write(.merge(Make.merge("ac", "a", into: "c"))) == .conflict(.mergeCircle))
        #expect(try await bench.store.write(.merge(Make.merge("cc", "c", into: "c"))) == .conflict(.mergeCircle))

        try await bench.store.write(.undoMerge(MergeID("bc"), by: .rep(RepID("rep")), at: Make.start))
        #expect(try await bench.store.person("a")?.id == PersonID("b"))
        #expect(try await bench.store.card("c").summary.emails == ["c@example.org"])
        #expect(try await bench.store.card("b").recent.map(\.id.rawValue) == ["chat-b", "chat-a"])
        #expect(
            try await bench.store.write(.undoMerge(MergeID("bc"), by: .system, at: Make.start)) == .stored([.done])
        )
        #expect(
            try await bench.store.write(.undoMerge(MergeID("none"), by: .system, at: Make.start))
                == .conflict(.missing("merge"))
        )
        #expect(try await bench.store.write(.merge(Make.merge("bc2", "b", into: "c"))).isStored)
        #expect(try await bench.store.person("a")?.id == PersonID("c"))
    }

    @Test(arguments: Kind.allCases)
    func `the owner of an identity stays the owner through a merge and its undo`(kind: Kind) async throws {
        let bench = try Bench(kind)
        for id in ["a", "b", "c"] { try await bench.store.write(.insertPerson(Make.person(id))) }
        try await bench.store.write(.link(Make.link(Self.number, "a", exclusive: true)))
        try await bench.store.write(.merge(Make.merge("ab", "a", into: "b")))
        // The winner has it through the loser; a stranger still cannot.
        #expect(try await bench.store.write(.link(Make.link(Self.number, "b", exclusive: true))).isStored)
        #expect(
            try await bench.store.write(.link(Make.link(Self.number, "c", exclusive: true)))
                == .conflict(.identityOwned(PersonID("b")))
        )
        try await bench.store.write(.undoMerge(MergeID("ab"), by: .system, at: Make.start))
        let found = try await Self.found(bench, Self.candidates(exact: [Self.number]))
        #expect(found.filter(\.isExclusive).map(\.person.id.rawValue) == ["a"])
    }

    @Test(arguments: Kind.allCases)
    func `people are found by part of a name, digits of a number, part of a mail address`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let all = [("1", "王小明"), ("2", "Ärzte 100% & Co_"), ("3", "anna berg"), ("4", "Anna Zimt")]
        for (id, name) in all { try await bench.store.write(.insertPerson(Make.person(id, name: name))) }
        try await bench.store.write(
            .link(Make.link(Identity(.phone, "+8675512345678"), "1")),
            .link(Make.link(Identity(.email, "praxis@example.org"), "2")),
            .link(Make.link(Identity(.email, "claimed@example.org"), "3", .claimed))
        )
        func search(_ text: String) async throws -> [String] {
            try await bench.store.ids(
                .people(
                    search: text,
                    Make.scope("boss", role: .supervisor),
                    after: nil,
                    limit: 10,
                    now: Bench.now
                )
            )
        }
        #expect(try await search("小明") == ["1"])
        #expect(try await search(" ANNA ") == ["3", "4"])
        #expect(try await search("ärzte") == ["2"])
        #expect(try await search("100%") == ["2"])
        #expect(try await search("o_") == ["2"])
        #expect(try await search("%") == ["2"])
        #expect(try await search("0755-1234") == ["1"])
        #expect(try await search("12") == [])
        #expect(try await search("praxis@") == ["2"])
        #expect(try await search("claimed@") == [])
        #expect(try await search("") == ["3", "4", "2", "1"])
    }

    @Test(arguments: Kind.allCases)
    func `who talked last is whoever had the newest conversation that anybody had`(kind: Kind) async throws {
        let bench = try Bench(kind)
        try await bench.store.write(.insertPerson(Make.person("a")))
        #expect(try await bench.store.read(.lastRep(PersonID("a"))) == .rep(nil))
        let states: [(String, DeskState, Int64)] = [
            ("one", .closed(RepID("first")), 10), ("two", .closed(RepID("second")), 30), ("three", .closed(nil), 40),
            ("four", .queued, 50),
        ]
        for (id, state, hours) in states {
            let end = Make.start + .hours(hours)
            try await bench.store.write(
                .open(
                    Make.conversation(id, state: state, person: "a", since: end, endedAt: state.isOver ? end : nil),
                    [Make.draft()]
                )
            )
        }
        #expect(try await bench.store.read(.lastRep(PersonID("a"))) == .rep(RepID("second")))
    }
}
