import Basics
import Domain
import Testing

@Suite struct CallReductionTests {
    private static let shuffles = 300

    @Test(arguments: CallScript.all)
    func `every order and repetition of the news gives the same call`(script: CallScript) throws {
        let expected = try #require(Call.reduce(script.events))
        #expect(expected.disposition == script.outcome)
        #expect(expected.answeredBy == script.answeredBy)
        var random = SeededGenerator(seed: 7)
        for round in 0..<Self.shuffles {
            let news = Self.disorder(script.events, using: &random)
            #expect(Call.reduce(news) == expected, "round \(round)")
        }
    }

    @Test(arguments: CallScript.all)
    func `no phone pops twice, and none once the call is known to be answered or over`(script: CallScript) throws {
        var random = SeededGenerator(seed: 11)
        for round in 0..<100 {
            var desk = Desk()
            var heard: [CallEvent] = []
            for event in Self.disorder(script.events, using: &random) {
                heard.append(event)
                desk.hear(try #require(Call.reduce(heard)), isSettled: false)
            }
            desk.hear(try #require(Call.reduce(heard)), isSettled: true)
            #expect(desk.latePops == 0, "round \(round)")
            for (address, count) in desk.pops { #expect(count <= script.rings[address] ?? 1, "round \(round)") }
            #expect(desk.revisionsOfRepeats == 0, "round \(round)")
        }
    }

    @Test func `without a clock the order of arrival changes times, and not what became of the call`() throws {
        for script in CallScript.all where script.name.hasPrefix("no clock") || script.name == "blocked" {
            var random = SeededGenerator(seed: 13)
            for _ in 0..<Self.shuffles {
                var news = script.events.shuffled(using: &random)
                for index in news.indices {
                    news[index].at = nil
                    news[index].receivedAt = CallScript.start + .seconds(Int64(index))
                }
                #expect(Call.reduce(news)?.disposition == script.outcome)
            }
        }
    }

    @Test func `a repeat that comes later changes no time, also without a clock`() throws {
        let first = CallScript.event(.answered, 5, agents: ["1001"], hasClock: false)
        var again = first
        again.receivedAt = first.receivedAt + .seconds(30)
        for events in [[first, again], [again, first]] {
            #expect(Call.reduce(events)?.answeredAt == first.receivedAt)
        }
    }

    @Test func `hold follows the carrier's numbers where its clock stands still`() throws {
        let script = try #require(CallScript.all.first { $0.name.hasPrefix("held") })
        let call = try #require(Call.reduce(script.events))
        #expect(call.state == .held)
        let resumed = script.events + [CallScript.event(.resumed, 10, leg: "L1", sequence: 5)]
        #expect(Call.reduce(resumed)?.state == .answered)
    }

    @Test func `a ring that began after the answer is no pop`() throws {
        let events = [
            CallScript.event(.answered, 5, agents: ["1001"]), CallScript.event(.ringing, 9, agents: ["1002"]),
        ]
        let call = try #require(Call.reduce(events))
        #expect(call.ringing.isEmpty)
        #expect(call.legs.allSatisfy { ($0.endedAt ?? CallScript.start) >= ($0.ringingAt ?? CallScript.start) })
    }

    @Test func `old news of ringing does not make a phone ring that has stopped`() throws {
        var late = CallScript.event(.ringing, 30, agents: ["1001"], hasClock: false)
        let stopped = CallScript.event(.ringEnded, 20, agents: ["1001"], hasClock: false)
        #expect(Call.reduce([stopped, late])?.ringing.isEmpty == true)
        late.at = CallScript.start + .seconds(30)
        #expect(Call.reduce([stopped, late])?.ringing == ["1001"])
    }

    @Test func `a phone group that stops ringing without names stops everywhere`() {
        let events = [
            CallScript.event(.ringing, 1, agents: ["1001", "1002"]), CallScript.event(.ringEnded, 9, cause: .noAnswer),
        ]
        #expect(Call.reduce(events)?.ringing == [])
    }

    @Test func `talking time is the carrier's, else from the answer to the end`() throws {
        let answered = CallScript.event(.answered, 5, agents: ["1001"])
        let told = CallScript.event(.ended, 65, talkSeconds: 49)
        #expect(Call.reduce([answered, told])?.talkSeconds == 49)
        #expect(Call.reduce([answered, CallScript.event(.ended, 65)])?.talkSeconds == 60)
        #expect(Call.reduce([CallScript.event(.ended, 65)])?.talkSeconds == nil)
    }

    @Test func `what is said of the whole call goes before what is said of a leg`() {
        let leg = CallScript.event(.ringing, 0, leg: "L1", agents: ["+447700900123"], to: "+447700900123")
        let whole = CallScript.event(.offered, 1, from: "+8613800138000", to: "+442079460001")
        #expect(Call.reduce([leg, whole])?.to == "+442079460001")
        #expect(Call.reduce([leg])?.to == "+447700900123")
    }

    @Test func `nothing is no call`() { #expect(Call.reduce([]) == nil) }

    /// A random order, with some of the news told two or three times, later.
    private static func disorder(_ events: [CallEvent], using random: inout SeededGenerator) -> [CallEvent] {
        var news = events
        for event in events where Int.random(in: 0..<3, using: &random) == 0 {
            var again = event
            again.receivedAt = event.receivedAt + .seconds(Int64.random(in: 1...60, using: &random))
            news.append(again)
        }
        return news.shuffled(using: &random)
    }
}

/// A desk that hears of a call bit by bit and counts what reps would see.
private struct Desk {
    private var conversation: Conversation?
    private(set) var pops: [String: Int] = [:]
    private(set) var latePops = 0
    private(set) var revisionsOfRepeats = 0

    private static let agents: [String: RepName] = Dictionary(
        uniqueKeysWithValues: ["1001", "1002", "1003", "alice", "Alice", "Bob"].map {
            ($0, RepName(id: RepID("rep-\($0)"), name: $0))
        }
    )

    mutating func hear(_ next: Call, isSettled: Bool) {
        var next = next
        if !isSettled { next.disposition = nil }
        var desk =
            conversation
            ?? .openCall(
                id: ConversationID("conversation"),
                inbox: "desk",
                call: next,
                identity: nil,
                numberShown: nil,
                party: .unknown,
                at: next.startedAt
            )
        let now = CallScript.start + .seconds(100)
        let drafts = desk.follow(next, agents: Self.agents, carrier: "test", at: now)
        for draft in drafts {
            switch draft.body {
            case .offered(let reps, _, _, _):
                for rep in reps { pops[rep.name, default: 0] += 1 }
                if next.answeredAt != nil || next.endedAt != nil { latePops += 1 }
            case .call(let milestone) where milestone.what == .ringing:
                if next.answeredAt != nil || next.endedAt != nil { latePops += 1 }
            default: break
            }
        }
        let revision = desk.revision
        if !desk.follow(next, agents: Self.agents, carrier: "test", at: now).isEmpty || desk.revision != revision {
            revisionsOfRepeats += 1
        }
        conversation = desk
    }
}
