import Basics
import Domain
import Testing

@Suite struct ResolutionTests {
    private func candidate(
        _ id: String,
        _ assurance: Assurance = .confirmed,
        exclusive: Bool = false,
        confidence: MatchConfidence = .exact,
        deals: Int = 0,
        seen: Int64 = 0,
        remembered: Bool = false
    ) -> Candidate {
        Candidate(
            person: PersonName(id: PersonID(id), name: id),
            assurance: assurance,
            isExclusive: exclusive,
            confidence: confidence,
            openDeals: deals,
            lastSeen: at(seen),
            isRemembered: remembered
        )
    }

    @Test func `nobody, one, or several`() {
        #expect(Resolution.resolve([]) == .unknown)
        #expect(Resolution.resolve([candidate("a")]) == .unique(candidate("a")))
        #expect(Resolution.resolve([candidate("b"), candidate("a")]) == .ambiguous([candidate("a"), candidate("b")]))
    }

    @Test func `a claim alone is nobody`() {
        #expect(Resolution.resolve([candidate("a", .claimed)]) == .unknown)
    }

    @Test func `a claim beside a confirmed owner does not blur him`() {
        let owner = candidate("a", exclusive: true)
        #expect(Resolution.resolve([candidate("z", .claimed), owner]) == .unique(owner))
    }

    @Test func `similar digits are a suggestion, never an answer`() {
        let near = candidate("a", confidence: .suffix)
        #expect(Resolution.resolve([near]) == .ambiguous([near]))
        #expect(Resolution.resolve([near, candidate("b")]) == .unique(candidate("b")))
    }

    @Test func `what a rep said of this number decides among its people`() {
        let chosen = candidate("b", remembered: true)
        #expect(Resolution.resolve([candidate("a"), chosen]) == .unique(chosen))
    }

    @Test func `the same facts in any order give the same answer`() {
        var random = SeededGenerator(seed: 3)
        let facts = [
            candidate("a", .network, seen: 9), candidate("b", deals: 1), candidate("c", seen: 5),
            candidate("d", .verified),
        ]
        let answer = Resolution.resolve(facts)
        for _ in 0..<50 { #expect(Resolution.resolve(facts.shuffled(using: &random)) == answer) }
        guard case .ambiguous(let ranked) = answer else { return #expect(Bool(false)) }
        #expect(ranked.map(\.person.name) == ["d", "b", "c", "a"])
    }

    @Test func `merges are followed, undone ones are not, and a circle ends`() {
        func edge(_ from: String, _ to: String, undone: Bool = false) -> MergeEdge {
            MergeEdge(
                id: MergeID(from + to),
                loser: PersonID(from),
                winner: PersonID(to),
                by: .system,
                reason: "",
                at: start,
                undoneAt: undone ? at(1) : nil
            )
        }
        #expect(MergeEdge.canonical(PersonID("a"), under: [edge("a", "b"), edge("b", "c")]) == PersonID("c"))
        #expect(MergeEdge.canonical(PersonID("a"), under: [edge("a", "b", undone: true)]) == PersonID("a"))
        _ = MergeEdge.canonical(PersonID("a"), under: [edge("a", "b"), edge("b", "a")])
    }

    @Test func `a claimed link can own nothing`() {
        let link = IdentityLink(
            identity: Identity(.email, "a@example.com"),
            person: PersonID("a"),
            assurance: .claimed,
            isExclusive: true,
            firstSeen: start,
            lastSeen: start
        )
        #expect(!link.isExclusive)
    }

    @Test(arguments: ["a@b.cn", " Tom@Example.COM "]) func `mail addresses are read`(text: String) {
        #expect(Identity.email(text) != nil)
    }

    @Test(arguments: ["", "a", "a@", "@b.cn", "a@b", "a b@c.cn", "a@b@c.cn"]) func `what is none is refused`(
        text: String
    ) {
        #expect(Identity.email(text) == nil)
    }
}
