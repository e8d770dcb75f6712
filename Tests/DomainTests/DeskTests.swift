import Basics
import Domain
import Testing

@Suite struct DeskTests {
    private func offered(_ reps: [RepName], from: RepName? = nil) throws -> Conversation {
        var chat = try from == nil ? openChat().0 : activeChat()
        _ = try chat.offer(to: reps, until: at(30), why: .longestIdle, from: from, deed: .system(at: at(2)))
        return chat
    }

    @Test func `the first of two takes it and the second hears who was faster`() throws {
        var chat = try offered([ana, ben])
        _ = try chat.accept(by: ben, deed: Deed(.rep(ben.id), at: at(3)))
        #expect(chat.state == .active(ben.id))
        #expect(throws: Refusal.claimed(by: RepName(id: ben.id, name: ""))) {
            try chat.accept(by: ana, deed: Deed(.rep(ana.id), at: at(3)))
        }
    }

    @Test func `whom it does not ring cannot accept`() throws {
        var chat = try offered([ana])
        #expect(throws: Refusal.notOffered) { try chat.accept(by: ben, deed: Deed(.rep(ben.id), at: at(3))) }
    }

    @Test func `the last one to decline sends it back to the queue with its old place`() throws {
        var chat = try offered([ana, ben])
        _ = try chat.endOffer(to: ana, why: .declined, deed: Deed(.rep(ana.id), at: at(3)))
        guard case .offered(let offer) = chat.state else { return #expect(Bool(false)) }
        #expect(offer.reps == [ben.id])
        _ = try chat.endOffer(to: ben, why: .timeout, deed: .system(at: at(30)))
        #expect(chat.state == .queued && chat.queuedAt == start)
        #expect(chat.declined == [ana.id, ben.id])
    }

    @Test func `a transfer stays with its sender until it is taken`() throws {
        var chat = try offered([ben], from: ana)
        #expect(chat.state.owner == ana.id)
        #expect(chat.audience == .reps([ana.id, ben.id]))
        _ = try chat.says("one moment", .rep(ana.id), at: at(3))
        _ = try chat.endOffer(to: ben, why: .declined, deed: Deed(.rep(ben.id), at: at(4)))
        #expect(chat.state == .active(ana.id))
    }

    @Test func `events of a hand-over reach both sides of it`() throws {
        var chat = try offered([ben], from: ana)
        let drafts = try chat.accept(by: ben, deed: Deed(.rep(ben.id), at: at(3)))
        #expect(drafts[0].audience == .reps([ana.id, ben.id]))
        #expect(chat.audience == .reps([ben.id]))
    }

    @Test func `a rep cannot take from another one, a supervisor can`() throws {
        var chat = try activeChat()
        #expect(throws: (any Error).self) { try chat.claim(by: ben, role: .rep, deed: Deed(.rep(ben.id), at: at(3))) }
        _ = try chat.claim(by: ben, role: .supervisor, deed: Deed(.rep(ben.id), at: at(3)))
        #expect(chat.state == .active(ben.id))
    }

    @Test func `whoever releases is not asked again at once`() throws {
        var chat = try activeChat()
        _ = try chat.release(by: ana, deed: Deed(.rep(ana.id), at: at(3)))
        #expect(chat.state == .queued && chat.declined == [ana.id])
    }

    @Test func `every change has a revision of its own`() throws {
        var chat = try activeChat()
        let before = chat.revision
        _ = try chat.says("hi", .visitor(visitor), at: at(2))
        #expect(chat.revision == before + 1)
    }

    @Test func `an audience survives the store's form`() {
        for audience in [Audience.everyone, .reps([]), .reps([ana.id]), .reps([ana.id, ben.id])] {
            #expect(Audience(key: audience.key) == audience)
        }
        for author in [Author.system, .rep(ana.id), .visitor(visitor), .carrier("twilio")] {
            #expect(Author(key: author.key) == author)
        }
        #expect(Author(key: "x:y") == nil)
    }
}
