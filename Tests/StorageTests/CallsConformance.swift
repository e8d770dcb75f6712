import Basics
import Domain
import Storage
import Testing

/// What every store promises about carriers and their calls.
struct CallsConformance {
    private static func delivery(_ id: String, key: String, carrier: String = "generic") -> RawDelivery {
        RawDelivery(
            id: DeliveryID(id),
            carrier: carrier,
            account: "account",
            key: key,
            receivedAt: Make.start,
            contentType: "application/json",
            query: "a=b",
            body: [0, 1, 2, 255]
        )
    }

    @Test(arguments: Kind.allCases)
    func `a delivery that came before is told by its first id`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let first = Self.delivery("one", key: "key")
        #expect(try await bench.store.write(.delivery(first)) == .stored([.done]))
        let repeated = try await bench.store.write(.delivery(Self.delivery("two", key: "key")))
        #expect(repeated == .stored([.repeated(DeliveryID("one"))]))
        #expect(
            try await bench.store.write(.delivery(Self.delivery("three", key: "key", carrier: "other")))
                == .stored([.done])
        )
        #expect(try await bench.store.read(.delivery(first.id)) == .deliveries([first]))
        try await bench.store.write(.deliveryResult(first.id, .applied, note: "done", at: Make.start))
        #expect(try await bench.store.ids(.deliveries(.pending, limit: 10)) == ["three"])
        #expect(try await bench.store.read(.deliveryCounts) == .deliveryCounts([.pending: 1, .applied: 1]))
        try bench.reopen()
        #expect(
            try await bench.store.write(.delivery(Self.delivery("four", key: "key")))
                == .stored([.repeated(DeliveryID("one"))])
        )
        #expect(
            try await bench.store.write(.deliveryResult(DeliveryID("none"), .failed, note: nil, at: Make.start))
                == .conflict(.missing("delivery"))
        )
    }

    @Test(arguments: Kind.allCases)
    func `the first conversation that a call is given keeps it`(kind: Kind) async throws {
        let bench = try Bench(kind)
        for id in ["a", "b"] {
            try await bench.store.write(
                .open(Make.conversation(id, channel: .call, state: .queued), [Make.draft()])
            )
        }
        let key = CallKey(carrier: "generic", account: "account", id: "call")
        let outcomes = try await bench.store.write([
            WriteUnit(.alias(key, ConversationID("a"))), WriteUnit(.alias(key, ConversationID("b"))),
            WriteUnit(.alias(key, ConversationID("a"))),
        ])
        #expect(outcomes == [.stored([.done]), .conflict(.aliasTaken(ConversationID("a"))), .stored([.done])])
        let unknown = CallKey(carrier: "generic", account: "account", id: "unknown")
        #expect(try await bench.store.read(.aliases([key, unknown])) == .aliases([key: ConversationID("a")]))
    }

    @Test(arguments: Kind.allCases)
    func `calls and what carriers said of them come back as they went in`(kind: Kind) async throws {
        let bench = try Bench(kind)
        let key = CallKey(carrier: "generic", account: "account", id: "call")
        let events = [
            CallEvent(
                .ringing,
                call: key,
                leg: "leg",
                direction: .inbound,
                from: "+4930123456",
                to: "+4930654321",
                line: "line",
                queue: "sales",
                agents: ["100", "101"],
                at: Make.start,
                receivedAt: Make.start + .seconds(1),
                sequence: 3
            ),
            CallEvent(.answered, call: key, leg: "leg", agents: ["100"], receivedAt: Make.start + .seconds(9)),
            CallEvent(
                .ended,
                call: key,
                cause: .completed,
                endedBy: .visitor,
                talkSeconds: 61,
                receivedAt: Make.start + .seconds(70),
                recording: "https://example.org/recording"
            ),
        ]
        let call = try #require(Call.reduce(events))
        let conversation = Make.conversation(
            "call",
            channel: .call,
            state: .wrapUp(RepID("rep")),
            identity: Identity(.phone, "+4930123456"),
            endedAt: call.endedAt,
            call: call
        )
        try await bench.store.write(.open(conversation, [Make.draft()]), .callEvents(conversation.id, events))
        try bench.reopen()
        #expect(try await bench.store.read(.callEvents(conversation.id)) == .callEvents(events))
        #expect(try await bench.store.conversation("call")?.call == call)
        #expect(
            try await bench.store.ids(.orphans(Identity(.phone, "+4930123456"), limit: 5)) == ["call"]
        )
        var figures = DayFigures()
        figures.calls = 1
        figures.answeredCalls = 1
        figures.answerWait = .seconds(9)
        figures.answerWaits = 1
        #expect(try await bench.store.read(.today(since: Make.start)) == .today(figures))
        #expect(try await bench.store.read(.today(since: Make.start + .milliseconds(1))) == .today(DayFigures()))
    }
}
