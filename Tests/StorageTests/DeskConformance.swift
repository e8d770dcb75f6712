import Basics
import Domain
import Storage
import Testing

/// What every store promises about reps, their logins, and visitors.
struct DeskConformance {
    @Test(arguments: Kind.allCases)
    func `a mail address is one rep's, however it is written`(kind: Kind) async throws {
        let bench = try Bench(kind)
        var rep = Make.rep("a")
        rep.addresses = ["100", "sip:a@example.org"]
        try await bench.store.write(.rep(rep))
        var other = Make.rep("b")
        other.email = "A@Example.org"
        #expect(try await bench.store.write(.rep(other)) == .conflict(.emailTaken))
        rep.name = "Changed"
        #expect(try await bench.store.write(.rep(rep), .password(rep.id, hash: Redacted("hash"))).isStored)
        #expect(try await bench.store.read(.login(email: "A@EXAMPLE.ORG")) == .login(rep, hash: Redacted("hash")))
        try await bench.store.write(.intent(rep.id, .away))
        rep.intent = .away
        #expect(try await bench.store.read(.reps) == .reps([rep]))
        // Changing a rep keeps the password.
        try await bench.store.write(.rep(rep))
        #expect(try await bench.store.read(.login(email: rep.email)) == .login(rep, hash: Redacted("hash")))
        #expect(try await bench.store.read(.login(email: "nobody@example.org")) == .login(nil, hash: nil))
        let nobody = RepID("nobody")
        #expect(try await bench.store.write(.intent(nobody, .away)) == .conflict(.missing("rep")))
        #expect(try await bench.store.write(.password(nobody, hash: Redacted("x"))) == .conflict(.missing("rep")))
    }

    @Test(arguments: Kind.allCases)
    func `a session lives until it is ended`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let rep = Make.rep("a")
        try await bench.store.write(.rep(rep))
        var session = SessionRecord(hash: "one", rep: rep.id, createdAt: Make.start, lastSeen: Make.start)
        let second = SessionRecord(hash: "two", rep: rep.id, createdAt: Make.start, lastSeen: Make.start)
        let third = SessionRecord(hash: "three", rep: rep.id, createdAt: Make.start, lastSeen: Make.start)
        for session in [session, second, third] { try await bench.store.write(.session(session)) }
        session.lastSeen = Make.start + .hours(1)
        try await bench.store.write(.touchSession(hash: "one", at: session.lastSeen))
        try await bench.store.write(.touchSession(hash: "one", at: Make.start))
        try bench.reopen()
        #expect(try await bench.store.read(.session(hash: "one")) == .session(session, rep))
        try await bench.store.write(.endSession(hash: "one"))
        try await bench.store.write(.touchSession(hash: "one", at: Bench.now))
        #expect(try await bench.store.read(.session(hash: "one")) == .session(nil, nil))
        #expect(try await bench.store.read(.session(hash: "two")) == .session(second, rep))
        try await bench.store.write(.endSessions(of: rep.id))
        #expect(try await bench.store.read(.session(hash: "two")) == .session(nil, nil))
        #expect(try await bench.store.read(.session(hash: "three")) == .session(nil, nil))
        let stray = SessionRecord(hash: "x", rep: RepID("nobody"), createdAt: Make.start, lastSeen: Make.start)
        #expect(try await bench.store.write(.session(stray)) == .conflict(.missing("rep")))
    }

    @Test(arguments: Kind.allCases)
    func `of a visitor's pages the newest are kept`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let visitor = VisitorRecord(
            id: VisitorID("v"),
            inbox: "inbox",
            language: "de",
            firstSeen: Make.start,
            lastSeen: Make.start
        )
        func page(_ number: Int) -> PageView {
            PageView(at: Make.start + .seconds(Int64(number)), url: "https://example.org/\(number)", title: "\(number)")
        }
        #expect(try await bench.store.write(.page(visitor.id, page(0))) == .conflict(.missing("visitor")))
        try await bench.store.write(.visitor(visitor))
        var later = visitor
        later.language = nil
        later.firstSeen = Bench.now
        later.lastSeen = Bench.now
        try await bench.store.write(.visitor(later))
        later.language = "de"
        later.firstSeen = Make.start
        #expect(try await bench.store.read(.visitor(visitor.id)) == .visitor(later))
        let kept = PageView.keptLimit.value
        _ = try await bench.store.write((1...kept).map { WriteUnit(.page(visitor.id, page($0))) })
        #expect(
            try await bench.store.read(.pages(visitor.id, limit: 1_000)) == .pages((1...kept).reversed().map(page))
        )
        try await bench.store.write(.page(visitor.id, page(kept + 1)))
        #expect(
            try await bench.store.read(.pages(visitor.id, limit: 1_000)) == .pages((2...kept + 1).reversed().map(page))
        )
        #expect(try await bench.store.read(.pages(visitor.id, limit: 2)) == .pages([page(kept + 1), page(kept)]))
    }
}
