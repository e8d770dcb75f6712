import Basics
import Domain
import Testing

@Suite struct RouterTests {
    private func status(
        _ id: String,
        chats: Int = 0,
        calls: Int = 0,
        idleSince: Int64 = 0,
        connected: Bool = true,
        intent: Rep.Intent = .online,
        role: Role = .rep
    ) -> RepStatus {
        let rep = Rep(
            id: RepID(id),
            name: id,
            email: id + "@example.com",
            role: role,
            chatsAtOnce: 3,
            intent: intent
        )
        return RepStatus(rep: rep, isConnected: connected, chats: chats, calls: calls, lastOfferedAt: at(idleSince))
    }

    private func choose(_ reps: [RepStatus], owner: String? = nil, previous: String? = nil) -> Router.Choice {
        Router.choose(
            for: openChat().0,
            among: reps,
            owner: owner.map { RepID($0) },
            previous: previous.map { RepID($0) }
        )
    }

    private func name(_ id: String) -> RepName { RepName(id: RepID(id), name: id) }

    @Test func `the owner comes first, then who talked last, then the longest idle`() {
        let reps = [status("a", idleSince: 5), status("b", idleSince: 1), status("c", idleSince: 9)]
        #expect(choose(reps, owner: "c", previous: "a") == .ring([name("c")], .owner))
        #expect(choose(reps, previous: "a") == .ring([name("a")], .previous))
        #expect(choose(reps) == .ring([name("b")], .longestIdle))
    }

    @Test func `an owner who is not there does not hold her customers up`() {
        let reps = [status("a", connected: false), status("b")]
        #expect(choose(reps, owner: "a") == .ring([name("b")], .longestIdle))
    }

    @Test func `a rep on the phone gets no chat, and one with her hands full neither`() {
        #expect(choose([status("a", calls: 1)]) == .wait)
        #expect(choose([status("a", chats: 3)]) == .wait)
        #expect(choose([status("a", chats: 2)]) == .ring([name("a")], .longestIdle))
    }

    @Test(arguments: [Rep.Intent.away, .busy]) func `who says no is left alone`(intent: Rep.Intent) {
        #expect(choose([status("a", intent: intent)]) == .wait)
    }

    @Test func `work is spread: nobody ever has two chats more than another who could take one`() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            var reps = ["a", "b", "c", "d"].map { status($0) }
            for turn in 0..<12 {
                guard case .ring(let chosen, _) = choose(reps.shuffled(using: &random)) else { continue }
                let index = reps.firstIndex { $0.rep.id == chosen[0].id }!
                reps[index].chats += 1
                reps[index].lastOfferedAt = at(Int64(turn))
                let counts = reps.map(\.chats)
                #expect(counts.max()! - counts.min()! <= 1)
            }
            #expect(choose(reps) == .wait)
        }
    }

    @Test func `supervisors are asked only when no rep can`() {
        #expect(
            choose([status("s", role: .supervisor), status("r", idleSince: 9)]) == .ring([name("r")], .longestIdle)
        )
        #expect(choose([status("s", role: .supervisor)]) == .ring([name("s")], .longestIdle))
        #expect(choose([status("x", role: .admin)]) == .wait)
    }
}
