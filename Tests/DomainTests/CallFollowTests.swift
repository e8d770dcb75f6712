import Basics
import Domain
import Testing

@Suite struct CallFollowTests {
    private let alice = RepName(id: RepID("rep-alice"), name: "Alice")
    private let bob = RepName(id: RepID("rep-bob"), name: "Bob")
    private let now = CallScript.start + .seconds(100)
    private var agents: [String: RepName] { ["1001": alice, "alice@example.com": alice, "1002": bob] }

    // MARK: - Ringing

    @Test func `a call rings the reps whose phones ring, once each`() throws {
        var call = Line(agents: agents)
        call.tell(.offered, 0, from: "+8613800138000")
        #expect(call.milestones == [.offered])
        call.tell(.ringing, 1, agents: ["1001", "1002", "alice@example.com", "9999"])
        #expect(call.milestones == [.ringing])
        #expect(call.bodies.last == .offered(reps: [alice, bob], deadline: nil, why: .carrier, from: nil))
        #expect(call.desk.state == .offered(.init(reps: [alice.id, bob.id], deadline: nil, why: .carrier)))
    }

    @Test func `one phone that stops or joins is told, the others are not rung again`() throws {
        var call = Line(agents: agents)
        call.tell(.ringing, 1, agents: ["1001"])
        call.tell(.ringing, 2, agents: ["1002"])
        #expect(call.bodies == [.offered(reps: [bob], deadline: nil, why: .carrier, from: nil)])
        call.tell(.ringEnded, 9, agents: ["1001"], cause: .noAnswer)
        #expect(call.bodies == [.unoffered(rep: alice, why: .timeout)])
        #expect(call.desk.state == .offered(.init(reps: [bob.id], deadline: nil, why: .carrier)))
        call.tell(.ringEnded, 9, agents: ["1002"], cause: .noAnswer)
        #expect(call.bodies == [.unoffered(rep: bob, why: .timeout), .queued(.timeout)])
        #expect(call.desk.state == .queued)
    }

    @Test func `phones of nobody we know ring nobody, and leave the router's offer alone`() throws {
        var call = Line(agents: agents)
        call.tell(.offered, 0)
        _ = try call.desk.offer(to: [alice, bob], until: nil, why: .everyone, deed: .system(at: now))
        call.tell(.ringing, 1, agents: ["9999"])
        #expect(call.milestones == [.ringing])
        #expect(call.desk.state == .offered(.init(reps: [alice.id, bob.id], deadline: nil, why: .everyone)))
        call.tell(.answered, 5, agents: ["9999"])
        #expect(call.desk.state == .queued)
        #expect(call.bodies.contains(.unoffered(rep: bob, why: .elsewhere)))
    }

    @Test func `the carrier's ring takes the place of the router's offer and tells only who is new`() throws {
        var call = Line(agents: agents)
        call.tell(.offered, 0)
        _ = try call.desk.offer(to: [alice], until: nil, why: .everyone, deed: .system(at: now))
        call.tell(.ringing, 1, agents: ["1001", "1002"])
        #expect(call.bodies.last == .offered(reps: [bob], deadline: nil, why: .carrier, from: nil))
    }

    // MARK: - Answering

    @Test func `who answers owns it`() throws {
        var call = Line(agents: agents)
        call.tell(.ringing, 1, agents: ["1001", "1002"])
        call.tell(.answered, 5, agents: ["1002"])
        #expect(call.milestones == [.answered])
        #expect(call.bodies.last == .joined(rep: bob, from: nil))
        #expect(call.desk.state == .active(bob.id))
    }

    @Test func `a transfer moves it, and says from whom`() throws {
        var call = Line(agents: agents)
        call.tell(.answered, 5, agents: ["1001"])
        call.tell(.ringing, 30, agents: ["1002"])
        #expect(call.desk.state == .active(alice.id))
        call.tell(.answered, 34, agents: ["1002"])
        #expect(call.milestones == [.transferred])
        #expect(call.bodies.last == .joined(rep: bob, from: RepName(id: alice.id, name: "")))
        #expect(call.desk.state == .active(bob.id))
    }

    @Test func `a name that comes after its answer is no transfer`() throws {
        var call = Line(agents: agents)
        call.tell(.offered, 0)
        call.tell(.answered, 5)
        #expect(call.milestones == [.answered])
        call.tell(.answered, 6, agents: ["1001"])
        #expect(call.milestones == [.answered])
        #expect(call.desk.state == .active(alice.id))
    }

    @Test func `hold and resume are milestones of their own`() throws {
        var call = Line(agents: agents)
        call.tell(.answered, 5, agents: ["1001"])
        call.tell(.held, 9)
        #expect(call.milestones == [.held])
        call.tell(.resumed, 12)
        #expect(call.milestones == [.resumed])
    }

    // MARK: - The end

    @Test func `nothing is decided before the call has settled`() throws {
        var call = Line(agents: agents)
        call.tell(.ringing, 1, agents: ["1001"])
        call.tell(.ended, 20, cause: .completed, isSettled: false)
        #expect(call.milestones.isEmpty)
        #expect(!call.desk.state.isOver)
        #expect(call.desk.endedAt == nil)
        call.settle()
        #expect(call.milestones == [.ended])
        #expect(call.desk.state == .closed(nil))
        #expect(call.desk.endedAt == CallScript.start + .seconds(20))
    }

    @Test func `an answered call goes to the wrap-up of who answered`() throws {
        var call = Line(agents: agents)
        call.tell(.answered, 5, agents: ["1001"])
        call.tell(.ended, 65, endedBy: .visitor)
        #expect(call.desk.state == .wrapUp(alice.id))
        guard case .call(let end) = call.bodies.last else {
            Issue.record("no milestone")
            return
        }
        #expect(end == CallMilestone(.ended, disposition: .answered, endedBy: .visitor, seconds: 60))
    }

    @Test func `a missed call closes without owner, also when a rep had taken it up`() throws {
        var call = Line(agents: agents)
        call.tell(.ringing, 1, agents: ["1001"])
        _ = try call.desk.accept(by: alice, deed: Deed(.rep(alice.id), at: now))
        call.tell(.ended, 20, cause: .noAnswer)
        #expect(call.desk.state == .closed(nil))
        #expect(call.desk.call?.disposition == .missed)
    }

    @Test func `an answer that comes after the end makes a missed call an answered one`() throws {
        var call = Line(agents: agents)
        call.tell(.ringing, 1, agents: ["1001"])
        call.tell(.ended, 60, cause: .completed)
        #expect(call.desk.state == .closed(nil))
        call.tell(.answered, 5, agents: ["1001"])
        #expect(call.milestones == [.answered, .ended])
        #expect(call.desk.call?.disposition == .answered)
        #expect(call.desk.state == .wrapUp(alice.id))
        let wrapped = try call.desk.wrapUp(
            by: alice.id,
            disposition: "resolved",
            next: nil,
            role: .rep,
            deed: Deed(.rep(alice.id), at: now)
        )
        #expect(wrapped.count == 1)
        call.tell(.recording, 61, recording: "RE1")
        #expect(call.milestones == [.recording])
        #expect(call.desk.state == .closed(alice.id))
    }

    @Test func `a call ends in wrap-up even if its answer was never mapped to the rep who took it`() throws {
        var call = Line(agents: agents)
        call.tell(.ringing, 1, agents: ["1001"])
        _ = try call.desk.accept(by: alice, deed: Deed(.rep(alice.id), at: now))
        call.tell(.answered, 5)
        call.tell(.ended, 60)
        #expect(call.desk.state == .wrapUp(alice.id))
    }

    // MARK: - Outgoing

    @Test func `an outgoing call is the dialling rep's from the start, and hers when nobody answers`() throws {
        var call = Line(agents: agents)
        call.tell(.offered, 0, agents: ["1001"], direction: .outbound, to: "+8613800138000")
        #expect(call.desk.state == .active(alice.id))
        call.tell(.ended, 30, cause: .busy)
        #expect(call.desk.call?.disposition == .busy)
        #expect(call.desk.state == .closed(alice.id))
        call.tell(.answered, 10)
        #expect(call.desk.state == .wrapUp(alice.id))
    }

    // MARK: - Repeats

    @Test(arguments: CallScript.all)
    func `news that repeats changes nothing`(script: CallScript) throws {
        var call = Line(agents: ["1001": alice, "1002": bob, "alice": alice])
        for event in script.events { call.hear(event) }
        let before = call.desk
        for event in script.events {
            call.hear(event)
            #expect(call.bodies.isEmpty)
        }
        #expect(call.desk == before)
        #expect(call.desk.state.isOver == (script.outcome != nil))
    }
}

/// One call and the desk that follows it.
private struct Line {
    var desk: Conversation
    /// What the last news led to.
    private(set) var bodies: [EventBody] = []
    private var heard: [CallEvent] = []
    private let agents: [String: RepName]

    var milestones: [CallMilestone.What] {
        bodies.compactMap { body in
            if case .call(let milestone) = body { milestone.what } else { nil }
        }
    }

    init(agents: [String: RepName]) {
        self.agents = agents
        desk = .openCall(
            id: ConversationID("conversation"),
            inbox: "desk",
            call: Call(key: CallScript.call, startedAt: CallScript.start),
            identity: nil,
            numberShown: nil,
            party: .unknown,
            at: CallScript.start
        )
    }

    mutating func tell(
        _ kind: CallEvent.Kind,
        _ seconds: Int64,
        agents: [String] = [],
        cause: CallCause? = nil,
        endedBy: Side? = nil,
        direction: CallDirection? = nil,
        from: String? = nil,
        to: String? = nil,
        recording: String? = nil,
        isSettled: Bool = true
    ) {
        let event = CallScript.event(
            kind,
            seconds,
            agents: agents,
            cause: cause,
            endedBy: endedBy,
            direction: direction,
            from: from,
            to: to,
            recording: recording
        )
        hear(event, isSettled: isSettled)
    }

    mutating func hear(_ event: CallEvent, isSettled: Bool = true) {
        heard.append(event)
        follow(isSettled: isSettled)
    }

    mutating func settle() { follow(isSettled: true) }

    private mutating func follow(isSettled: Bool) {
        guard var call = Call.reduce(heard) else { return }
        if !isSettled { call.disposition = nil }
        let now = CallScript.start + .seconds(100)
        bodies = desk.follow(call, agents: agents, carrier: "test", at: now).map(\.body)
    }
}

@Suite struct UnnamedAnswerTests {
    private let key = CallKey(carrier: "generic", account: "demo", id: "x")

    private func ringing(for reps: [RepName]) throws -> Conversation {
        let ring = try #require(
            Call.reduce([CallEvent(.ringing, call: key, direction: .inbound, from: "1", receivedAt: at(0))])
        )
        var call = Conversation.openCall(
            id: ConversationID("c"),
            inbox: "demo",
            call: ring,
            identity: nil,
            numberShown: nil,
            party: .unknown,
            at: at(0)
        )
        _ = call.follow(ring, agents: [:], carrier: "generic", at: at(0))
        _ = try call.offer(to: reps, until: nil, why: .everyone, deed: .system(at: at(0)))
        return call
    }

    private func answered() throws -> Call {
        try #require(
            Call.reduce([
                CallEvent(.ringing, call: key, direction: .inbound, from: "1", receivedAt: at(0)),
                CallEvent(.answered, call: key, direction: .inbound, from: "1", receivedAt: at(4)),
            ])
        )
    }

    @Test func `an answer that names nobody is hers who alone was rung`() throws {
        var call = try ringing(for: [ana])
        _ = call.follow(try answered(), agents: [:], carrier: "generic", at: at(4))
        #expect(call.state == .active(ana.id))
    }

    @Test func `an answer that names nobody is nobody's when several were rung`() throws {
        var call = try ringing(for: [ana, ben])
        _ = call.follow(try answered(), agents: [:], carrier: "generic", at: at(4))
        #expect(call.state.owner == nil)
    }
}
