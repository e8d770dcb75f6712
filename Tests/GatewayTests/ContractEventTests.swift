import Basics
import Domain
import Testing
import Wire

/// The bodies of events, the words that stand in them, and their schemas say the same.
@Suite struct ContractEventTests {
    private static let rep = RepName(id: RepID("r1"), name: "Ana")
    private static let person = PersonName(id: PersonID("p1"), name: "Lin Mei")

    /// One body after another with everything it can hold; a new kind does not compile before it stands here.
    private func next(after body: EventBody?) -> EventBody? {
        switch body {
        case nil: .opened(language: "zh-CN", form: [FormField(name: "email", value: "mei@example.com")])
        case .opened: .text("hello")
        case .text: .note("hello")
        case .note: .queued(.opened)
        case .queued:
            .offered(reps: [Self.rep], deadline: Timestamp(milliseconds: 9), why: .transfer, from: Self.rep)
        case .offered: .unoffered(rep: Self.rep, why: .timeout)
        case .unoffered: .joined(rep: Self.rep, from: Self.rep)
        case .joined: .left(rep: Self.rep)
        case .left: .closed(by: .rep, disposition: "sale")
        case .closed: .reopened
        case .reopened: .rated(score: 5, comment: "good")
        case .rated: .claims(kind: .email, value: "mei@example.com")
        case .claims: .linked(person: Self.person, how: .rep)
        case .linked: .unlinked(person: Self.person)
        case .unlinked:
            .call(
                CallMilestone(
                    .ended,
                    agent: AgentName(id: Self.rep.id, name: "Ana"),
                    disposition: .answered,
                    endedBy: .visitor,
                    seconds: 71
                )
            )
        case .call: .wrapUp(disposition: "sale", next: "call on Monday")
        case .wrapUp: nil
        }
    }

    private var bodies: [EventBody] {
        var result: [EventBody] = []
        while let body = next(after: result.last) { result.append(body) }
        return result
    }

    @Test func `every kind of event has a schema, and every schema a kind`() throws {
        let kinds = Set(bodies.map(BodyCodec.kind))
        #expect(Set(try ContractFiles.schema("event-body").members.keys) == kinds)
        #expect(Set(try ContractFiles.schema("event")["core"]["properties"]["kind"]["enum"].texts) == kinds)
        let shown = Set(bodies.filter(\.isVisibleToVisitor).map(BodyCodec.kind))
        #expect(Set(try ContractFiles.schema("event-body-visitor").members.keys) == shown)
        #expect(Set(try ContractFiles.schema("event-visitor")["core"]["properties"]["kind"]["enum"].texts) == shown)
    }

    @Test func `a full body has exactly the fields of its schema`() throws {
        for body in bodies {
            let kind = BodyCodec.kind(of: body)
            try check(BodyCodec.encode(body), against: "event-body", kind)
            if body.isVisibleToVisitor {
                try check(BodyCodec.encodeForVisitor(body), against: "event-body-visitor", kind)
            }
        }
    }

    private func check(_ json: String, against schema: String, _ kind: String) throws {
        let fields = try ContractFiles.tree(json).members.keys
        #expect(
            Set(fields) == Set(try ContractFiles.schema(schema)[kind]["properties"].members.keys),
            "\(schema) \(kind)"
        )
    }

    @Test func `every example of an event is one that the store could have kept`() throws {
        var seen: Set<String> = []
        for event in try ContractFiles.examples("to-staff")["ev"] ?? [] {
            let kind = try #require(event["kind"].text)
            let body = BodyCodec.decode(kind: kind, json: String(decoding: try event["body"].bytes, as: UTF8.self))
            #expect(body.map(BodyCodec.kind) == kind)
            seen.insert(kind)
        }
        #expect(seen == Set(bodies.map(BodyCodec.kind)))
    }

    @Test func `the words of the domain are those of the schemas`() throws {
        let common = try ContractFiles.schema("common")
        func words(_ name: String) -> Set<String> { Set(common[name]["enum"].texts) }
        #expect(words("disposition") == Set(WrapUpCode.allCases.map(\.rawValue)))
        #expect(words("outcome") == Set(CallDisposition.allCases.map(\.rawValue)))
        #expect(words("role") == Set(Role.allCases.map(\.rawValue)))
        #expect(words("lifecycle") == Set(Lifecycle.allCases.map(\.rawValue)))
        let bodies = try ContractFiles.schema("event-body")
        #expect(
            Set(bodies["claims"]["properties"]["kind"]["enum"].texts) == Set(ClaimKind.allCases.map(\.rawValue))
        )
        #expect(
            Set(bodies["call"]["properties"]["what"]["enum"].texts)
                == Set(CallMilestone.What.allCases.map(\.rawValue))
        )
        for word in words("ring_why") { #expect(RingReason(rawValue: word) != nil, "\(word)") }
        for word in words("offer_end") { #expect(OfferEnd(rawValue: word) != nil, "\(word)") }
        for word in bodies["queued"]["properties"]["why"]["enum"].texts {
            #expect(QueueReason(rawValue: word) != nil, "\(word)")
        }
    }
}
