import Basics
import Carriers
import Domain
import Signing
import Testing

@Suite struct GenericCarrierTests {
    private let carrier = GenericCarrier()
    private let secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
    private let body = Array(#"{"type":"call.ringing","call_id":"c-1","from":"+8613800138000","to":"1001"}"#.utf8)

    private func request(
        _ body: [UInt8],
        headers: [String: String] = [:],
        type: String = "application/json"
    ) -> CarrierRequest {
        var headers = headers
        headers["content-type"] = type
        return CarrierRequest(
            from: source("generic"),
            method: "POST",
            path: "/hooks/generic/acme",
            headers: headers,
            body: body
        )
    }

    private func refusal(_ request: CarrierRequest, _ source: CarrierSource) -> CarrierRefusal? {
        do {
            try carrier.authenticate(request, source: source, now: receivedAt)
            return nil
        } catch { return error }
    }

    // MARK: - Proof of origin

    @Test func `a signature counts over exactly these bytes and within five minutes`() throws {
        let source = source("generic", secrets: ["whsec_" + String(repeating: "b", count: 32), secret])
        let good = try StandardWebhooks.sign(id: "msg-1", at: receivedAt, body: body, secret: Redacted(secret))
        let headers = Dictionary(uniqueKeysWithValues: good.fields.map { ($0.name, $0.value) })
        #expect(refusal(request(body, headers: headers), source) == nil)
        #expect(refusal(request(body + [32], headers: headers), source) == .unauthenticated(.forged))
        let ages: [(Int64, CarrierRefusal?)] = [(300, nil), (301, .unauthenticated(.tooOld))]
        for (seconds, expected) in ages {
            let old = try StandardWebhooks.sign(
                id: "msg-1",
                at: receivedAt - .seconds(seconds),
                body: body,
                secret: Redacted(secret)
            )
            let headers = Dictionary(uniqueKeysWithValues: old.fields.map { ($0.name, $0.value) })
            #expect(refusal(request(body, headers: headers), source) == expected)
        }
    }

    @Test func `a sender that cannot sign shows the secret`() {
        let source = source("generic", secrets: ["", "first secret", "second secret"])
        let basic = "Basic " + ByteText.base64(Array("pbx:second secret".utf8))
        for proof in ["Bearer first secret", "bearer second secret", basic] {
            #expect(refusal(request(body, headers: ["authorization": proof]), source) == nil)
        }
        let wrong: [(String, SignatureRefusal)] = [
            ("Bearer third secret", .forged), ("Bearer first secre", .forged), ("Bearer ", .malformed),
            ("Basic " + ByteText.base64(Array("pbx:".utf8)), .forged), ("Basic !", .malformed),
            ("Basic " + ByteText.base64(Array("first secret".utf8)), .malformed), ("Digest x", .unsupportedAlgorithm),
        ]
        for (proof, reason) in wrong {
            let refused = refusal(request(body, headers: ["authorization": proof]), source)
            #expect(refused == .unauthenticated(reason), "\(proof)")
        }
    }

    @Test func `a source without a secret takes no proof for one`() {
        for source in [source("generic"), source("generic", secrets: [""])] {
            let bearer = refusal(request(body, headers: ["authorization": "Bearer x"]), source)
            #expect(bearer == .unauthenticated(.noSecret))
            let signed = ["webhook-id": "1", "webhook-timestamp": "1795000000", "webhook-signature": "v1,AAAA"]
            #expect(refusal(request(body, headers: signed), source) == .unauthenticated(.noSecret))
        }
    }

    @Test func `no proof is enough only where the source says so, and a wrong proof nowhere`() {
        let open = source("generic", secrets: [secret], allowsUnsigned: true)
        #expect(refusal(request(body), source("generic", secrets: [secret])) == .unauthenticated(.missing))
        #expect(refusal(request(body), open) == nil)
        #expect(refusal(request(body, headers: ["authorization": "Bearer x"]), open) == .unauthenticated(.forged))
        #expect(refusal(request(body, headers: ["webhook-signature": "v1,x"]), open) == .unauthenticated(.missing))
        // A wrong signature is not mended by a right secret.
        let both = [
            "webhook-id": "1", "webhook-timestamp": "1795000000", "webhook-signature": "v1,AAAA",
            "authorization": "Bearer " + secret,
        ]
        #expect(refusal(request(body, headers: both), open) == .unauthenticated(.forged))
    }

    // MARK: - Keys

    @Test func `two different facts never share a key`() {
        let facts: [[UInt8]] = [
            form(["event": "newCall", "callId": "1", "user[]": "Alice"]),
            form(["event": "newCall", "callId": "1", "user[]": "Bob"]),
            form(["event": "newCall", "callId": "1", "user[]": "Alice", "queue": "sales"]),
            form(["event": "newCall", "callId": "1", "user[]": "AliceBob"]),
            form(["event": "newCall", "callId": "1", "from": "12", "to": "3"]),
            form(["event": "newCall", "callId": "1", "from": "1", "to": "23"]),
            form(["event": "answer", "callId": "1", "answeringNumber": "1"]),
            form(["event": "answer", "callId": "1", "answeringNumber": "2"]),
            form(["event": "hangup", "callId": "1", "cause": "busy"]),
            form(["event": "hangup", "callId": "1:hangup", "cause": "busy"]),
            Array(#"{"type":"call.held","call_id":"1","sequence":1}"#.utf8),
            Array(#"{"type":"call.held","call_id":"1","sequence":2}"#.utf8),
            Array(#"{"type":"call.held","call_id":"1","id":"1"}"#.utf8),
            Array("not a request at all".utf8), Array("{".utf8), [],
        ]
        let keys = facts.map { carrier.idempotencyKey(request($0, type: "")) }
        #expect(Set(keys).count == facts.count)
    }

    @Test func `a repeat has the same key, however it is written down`() {
        let one = request(Array(#"{"event":"answer","callId":"7","user":["Alice"]}"#.utf8))
        let two = request(Array(#"{ "callId" : "7", "user":"Alice", "event":"answer", "sent": 17 }"#.utf8))
        #expect(carrier.idempotencyKey(one) == carrier.idempotencyKey(two))
        let named = request(body, headers: ["webhook-id": "msg-1"])
        #expect(carrier.idempotencyKey(named) == "webhook:msg-1")
        let long = request(body, headers: ["webhook-id": String(repeating: "x", count: 10_000)])
        #expect(carrier.idempotencyKey(long).utf8.count < 64)
    }

    // MARK: - What it refuses

    @Test(arguments: [
        (#"{}"#, CarrierRefusal.missing(field: "type")), (#"{"type":"call.ringing"}"#, .missing(field: "call_id")),
        (#"{"type":"call.sung","call_id":"1"}"#, .badValue(field: "type")),
        (#"{"type":"ringing","call_id":"1"}"#, .badValue(field: "type")),
        (#"{"type":"call.ended","call_id":"1","cause":"bored"}"#, .badValue(field: "cause")),
        (#"{"type":"call.ended","call_id":"1","direction":"in"}"#, .badValue(field: "direction")),
        (#"{"type":"call.ended","call_id":"1","talk_seconds":-1}"#, .badValue(field: "talk_seconds")),
        (#"{"type":"call.ended","call_id":"1","talk_seconds":604801}"#, .badValue(field: "talk_seconds")),
        (#"{"type":"call.ended","call_id":"1","at":"yesterday"}"#, .badValue(field: "at")),
        (#"{"type":"call.ended","call_id":"1","at":"2026-11-18T11:06:40"}"#, .badValue(field: "at")),
        (#"{"type":"call.ended","call_id":["1","2"]}"#, .badValue(field: "call_id")),
        (#"{"type":"call.ended","call_id":"\u0000"}"#, .badValue(field: "call_id")),
        (#"{"event":"sing","callId":"1"}"#, .badValue(field: "event")),
        (#"{"event":"answer","callId":"1","direction":"up"}"#, .badValue(field: "direction")),
        (#"{"event":"answer"}"#, .missing(field: "callId")), (#"[]"#, .malformed), (#"{"a":1,"a":2}"#, .malformed),
    ])
    func `what cannot be understood is refused by field`(text: String, refusal: CarrierRefusal) {
        #expect(throws: refusal) { try carrier.events(in: request(Array(text.utf8)), receivedAt: receivedAt) }
    }

    @Test func `names and lists are taken up to their limits`() throws {
        func events(_ name: String, agents: Int) throws -> [CallEvent] {
            let list = (0..<agents).map { "\"\($0)\"" }.joined(separator: ",")
            let text = #"{"type":"call.ringing","call_id":"\#(name)","agents":[\#(list)]}"#
            return try carrier.events(in: request(Array(text.utf8)), receivedAt: receivedAt)
        }
        let name = String(repeating: "n", count: 255)
        #expect(try events(name, agents: 100).first?.agents.count == 100)
        #expect(throws: CarrierRefusal.badValue(field: "call_id")) { try events(name + "n", agents: 1) }
        #expect(throws: CarrierRefusal.badValue(field: "agents")) { try events(name, agents: 101) }
    }

    @Test func `JSON that is called a form is read as JSON, and a query is as good as a form`() throws {
        let mislabelled = request(body, type: "application/x-www-form-urlencoded")
        #expect(try carrier.events(in: mislabelled, receivedAt: receivedAt).first?.kind == .ringing)
        let query = CarrierRequest(
            carrier: "generic",
            account: "acme",
            contentType: "",
            query: "event=hangup&callId=9&cause=unheard%20of",
            body: []
        )
        let events = try carrier.events(in: query, receivedAt: receivedAt)
        #expect(events.map(\.kind) == [.ended])
        #expect(events.first?.cause == nil)
    }

    @Test func `a whole pushed call comes out right`() throws {
        func disposition(_ requests: [[UInt8]]) throws -> CallDisposition? {
            var events: [CallEvent] = []
            for (second, body) in requests.enumerated() {
                let time = receivedAt + .seconds(Int64(second))
                events += try carrier.events(in: request(body, type: ""), receivedAt: time)
            }
            return Call.reduce(events)?.disposition
        }
        let ring = form(["event": "newCall", "callId": "1", "direction": "in", "user[]": "Alice"])
        let answer = form(["event": "answer", "callId": "1", "direction": "in", "answeringNumber": "42"])
        let end = form(["event": "hangup", "callId": "1", "direction": "in", "cause": "normalClearing"])
        let cancel = form(["event": "hangup", "callId": "1", "direction": "in", "cause": "cancel"])
        #expect(try disposition([ring, answer, end]) == .answered)
        #expect(try disposition([end, answer, ring]) == .answered)
        // Telephone systems say "normal clearing" of calls that nobody took as well.
        #expect(try disposition([ring, end]) == .missed)
        #expect(try disposition([ring, cancel]) == .abandoned)
    }
}
