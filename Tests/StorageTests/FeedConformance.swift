import Basics
import Domain
import Storage
import Testing

/// A replay gives exactly what the live feed gave, whoever asks and in whatever pieces.
struct FeedConformance {
    private static let reps = ["a", "b", "c", "d"]

    @Test(arguments: Kind.allCases, 1...6)
    func `replay equals live audience, for random histories`(kind: Kind, seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let bench = try Bench(kind)
        var current: [Conversation] = []
        var live: [LogEvent] = []
        for number in 0..<4 {
            let opened = Make.conversation("k\(number)", state: .queued)
            let outcome = try await bench.store.write(.open(opened, [Make.draft(audience: Self.audience(&random))]))
            live += try outcome.events
            current.append(try outcome.conversation)
        }
        for step in 0..<120 {
            let index = Int.random(in: 0..<current.count, using: &random)
            let drafts = (0..<Int.random(in: 1...3, using: &random)).map { part in
                Make.draft("\(step).\(part)", audience: Self.audience(&random))
            }
            let outcome = try await bench.store.write(
                .append(current[index], assuming: current[index].revision, drafts, extent: .line)
            )
            live += try outcome.events
            current[index] = try outcome.conversation
        }
        for role in [Role.rep, .supervisor] {
            for rep in Self.reps {
                let scope = Make.scope(rep, role: role)
                let expected = live.filter { role.seesEverything || $0.audience.includes(RepID(rep)) }
                let start = LogPosition(Int64.random(in: 0..<Int64(live.count), using: &random))
                let limit = Int.random(in: 1...20, using: &random)
                let scan = Int.random(in: 1...40, using: &random)
                let replayed = try await Self.replay(bench, after: start, scope, limit: limit, scan: scan)
                #expect(replayed == expected.filter { $0.position > start }, "seed \(seed)")
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func `a feed says how far it looked`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let scope = Make.scope("a")
        #expect(
            try await bench.store.read(.staffFeed(after: .start, scope, limit: 5, scan: 5))
                == .feed([], through: .start, isComplete: true)
        )
        let hidden = Audience.reps([RepID("other")])
        try await bench.store.write(
            .open(Make.conversation("k", state: .queued), (0..<4).map { _ in Make.draft(audience: hidden) })
        )
        func feed(after: Int64, limit: Int, scan: Int, _ scope: Scope) async throws -> Answer {
            try await bench.store.read(.staffFeed(after: LogPosition(after), scope, limit: limit, scan: scan))
        }
        #expect(
            try await feed(after: 0, limit: 5, scan: 3, scope) == .feed([], through: LogPosition(3), isComplete: false)
        )
        #expect(
            try await feed(after: 0, limit: 5, scan: 4, scope) == .feed([], through: LogPosition(4), isComplete: true)
        )
        #expect(
            try await feed(after: 9, limit: 5, scan: 4, scope) == .feed([], through: LogPosition(4), isComplete: true)
        )
        guard
            case .feed(let events, let through, let isComplete) = try await feed(
                after: 0,
                limit: 2,
                scan: 100,
                Make.scope("other")
            )
        else { throw Unexpected("feed") }
        #expect(events.count == 2)
        #expect(through == LogPosition(2))
        #expect(!isComplete)
    }

    private static func audience(_ random: inout SeededGenerator) -> Audience {
        if Int.random(in: 0..<4, using: &random) == 0 { return .everyone }
        return .reps(reps.filter { _ in Bool.random(using: &random) }.map { RepID($0) })
    }

    private static func replay(
        _ bench: Bench,
        after start: LogPosition,
        _ scope: Scope,
        limit: Int,
        scan: Int
    ) async throws -> [LogEvent] {
        var events: [LogEvent] = []
        var position = start
        for _ in 0..<2_000 {
            guard
                case .feed(let part, let through, let isComplete) = try await bench.store.read(
                    .staffFeed(after: position, scope, limit: limit, scan: scan)
                )
            else { throw Unexpected("feed") }
            events += part
            if isComplete { return events }
            #expect(through > position)
            position = through
        }
        throw Unexpected("a feed without end")
    }
}
