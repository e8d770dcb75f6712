import Basics
import Carriers
import Domain
import Foundation
import Testing

/// The adapters against the examples of `Protocols/carriers`, in both directions.
@Suite struct CarrierExampleTests {
    private let registry = CarrierRegistry()

    @Test func `both carriers have examples, each with what is expected of it`() {
        for name in registry.names { #expect(Example.all.contains { $0.carrier == name }) }
        #expect(Example.all.count >= 50)
        for example in Example.all { #expect(FileManager.default.fileExists(atPath: example.expected.path)) }
    }

    @Test(arguments: Example.all)
    func `an example means what stands beside it`(example: Example) throws {
        let carrier = try #require(registry[example.carrier])
        let request = try example.request()
        let expected = try Files.object(example.expected)
        let receivedAt = Timestamp(milliseconds: try #require(expected["received_at"] as? Int64))
        let events = try carrier.events(in: request, receivedAt: receivedAt)

        // What is expected is written in our own events, so it goes through the generic adapter.
        let told = try #require(expected["events"] as? [[String: Any]])
        var wanted: [CallEvent] = []
        for object in told {
            let own = CarrierRequest(
                carrier: "generic",
                account: "acme",
                contentType: "application/json",
                query: "",
                body: Array(try JSONSerialization.data(withJSONObject: object))
            )
            for var event in try GenericCarrier().events(in: own, receivedAt: receivedAt) {
                event.call = CallKey(carrier: example.carrier, account: "acme", id: event.call.id)
                wanted.append(event)
            }
        }
        #expect(events == wanted)
    }

    @Test(arguments: Example.all)
    func `an example has the key and the answer that stand beside it`(example: Example) throws {
        let carrier = try #require(registry[example.carrier])
        let request = try example.request()
        let expected = try Files.object(example.expected)
        if let key = expected["key"] as? String { #expect(carrier.idempotencyKey(request) == key) }
        let twiml = #"<?xml version="1.0" encoding="UTF-8"?>"#
        let source = source(
            example.carrier,
            replies: [
                TwilioCarrier.voiceReply: twiml + "<Response><Dial><Client>alice</Client></Dial></Response>",
                TwilioCarrier.afterDialReply: twiml + "<Response><Record/></Response>",
            ]
        )
        let reply = carrier.reply(to: request, source: source)
        let wanted = try #require(expected["reply"] as? [String: Any])
        #expect(reply.status == wanted["status"] as? Int)
        #expect(reply.contentType == wanted["type"] as? String)
        #expect(String(decoding: reply.body, as: UTF8.self) == wanted["body"] as? String ?? "")
    }

    @Test func `two examples share a key only when they say the same`() throws {
        var known: [String: [CallEvent]] = [:]
        for example in Example.all {
            let carrier = try #require(registry[example.carrier])
            let request = try example.request()
            let key = example.carrier + " " + carrier.idempotencyKey(request)
            // The examples of the one root leg are alternatives, and so reuse its numbers.
            if example.carrier == "twilio", key.split(separator: ":").last?.count ?? 0 < 3 { continue }
            let events = try carrier.events(in: request, receivedAt: receivedAt)
            if let before = known[key] { #expect(before == events, "\(example.testDescription)") }
            known[key] = events
        }
    }

    @Test func `the schema of our events names exactly the words that we know`() throws {
        let schema = try Files.object(Files.protocols.appending(path: "call-event.schema.json"))
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        let sides: [Side] = [.visitor, .rep, .carrier, .system]
        let words: [String: [String]] = [
            "type": CallEvent.Kind.allCases.map { "call." + $0.rawValue },
            "cause": CallCause.allCases.map(\.rawValue), "direction": CallDirection.allCases.map(\.rawValue),
            "ended_by": sides.map(\.rawValue),
        ]
        for (name, known) in words {
            #expect(Set(try #require(properties[name]?["enum"] as? [String])) == Set(known), "\(name)")
        }
    }

    @Test func `the registry knows its carriers and the headers they need`() {
        #expect(registry.names == ["generic", "twilio"])
        #expect(registry["nobody"] == nil)
        let headers = registry.capturedHeaders
        #expect(headers == headers.map { $0.lowercased() }.sorted())
        for header in [
            "authorization", "content-type", "webhook-id", "x-twilio-signature", "i-twilio-idempotency-token",
        ] {
            #expect(headers.contains(header))
        }
    }
}
