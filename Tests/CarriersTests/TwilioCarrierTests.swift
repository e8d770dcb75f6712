import Basics
import Carriers
import Domain
import Foundation
import Signing
import Testing

@Suite struct TwilioCarrierTests {
    private let carrier = TwilioCarrier()

    // MARK: - Proof of origin

    @Test func `every vector is judged right, also behind an adapter`() throws {
        let file = try Files.object(Files.protocols.appending(path: "vectors/twilio.json"))
        let vectors = try #require(file["vectors"] as? [[String: Any]])
        #expect(vectors.count >= 17)
        for vector in vectors {
            let id = try #require(vector["id"] as? String)
            let secret = try #require(vector["secret"] as? String)
            let headers = try #require(vector["headers"] as? [String: String])
            let named = ["webhooks_sharedkey_01hxyz": secret, "x": secret]
            var request = CarrierRequest(
                from: source("twilio"),
                method: try #require(vector["method"] as? String),
                path: "/",
                headers: Dictionary(uniqueKeysWithValues: headers.map { ($0.lowercased(), $1) }),
                body: Array((vector["body"] as? String ?? "").utf8)
            )
            request.publicURL = try #require(vector["url"] as? String)
            let source = source("twilio", secrets: [secret], named: named)
            var isValid = true
            do { try carrier.authenticate(request, source: source, now: receivedAt) } catch { isValid = false }
            #expect(isValid == vector["valid"] as? Bool, "\(id)")
        }
    }

    @Test func `the address of the configuration is what was signed, with its query`() throws {
        let body = form(["CallSid": "CA1", "CallStatus": "ringing"])
        let source = source("twilio", secrets: ["12345678901234567890123456789012"])
        let url = "https://switchboard.example.com/hooks/twilio/acme?line=2"
        let signature = TwilioSignature.sign(
            url: url,
            payload: .form(try FormBody(decoding: body).parameters),
            authToken: source.secrets[0]
        )
        func request(query: String) -> CarrierRequest {
            CarrierRequest(
                from: source,
                method: "POST",
                path: "/hooks/twilio/acme",
                query: query,
                headers: ["x-twilio-signature": signature, "host": "127.0.0.1:8080"],
                body: body
            )
        }
        #expect(request(query: "line=2").publicURL == url)
        try carrier.authenticate(request(query: "line=2"), source: source, now: receivedAt)
        #expect(throws: CarrierRefusal.unauthenticated(.forged)) {
            try carrier.authenticate(request(query: "line=3"), source: source, now: receivedAt)
        }
    }

    @Test func `no signature is enough only where the source says so, and a wrong one nowhere`() throws {
        let open = source("twilio", secrets: ["12345678901234567890123456789012"], allowsUnsigned: true)
        let closed = source("twilio", secrets: ["12345678901234567890123456789012"])
        var request = CarrierRequest(
            from: open,
            method: "POST",
            path: "/",
            headers: [:],
            body: form(["CallSid": "CA1"])
        )
        try carrier.authenticate(request, source: open, now: receivedAt)
        #expect(throws: CarrierRefusal.unauthenticated(.missing)) {
            try carrier.authenticate(request, source: closed, now: receivedAt)
        }
        request.headers["x-twilio-signature"] = "AAAA"
        #expect(throws: CarrierRefusal.unauthenticated(.forged)) {
            try carrier.authenticate(request, source: open, now: receivedAt)
        }
    }

    // MARK: - Keys

    @Test func `a retry is known by its token, a callback by its number, and the rest by what it says`() {
        func key(_ fields: KeyValuePairs<String, String>, token: String? = nil) -> String {
            let headers = token.map { ["i-twilio-idempotency-token": $0] } ?? [:]
            let request = CarrierRequest(
                from: source("twilio"),
                method: "POST",
                path: "/",
                headers: headers,
                body: form(fields)
            )
            return carrier.idempotencyKey(request)
        }
        #expect(key(["CallSid": "CA1"], token: "t-1") == "token:t-1")
        let numbered = key(["CallSid": "CA1", "SequenceNumber": "2", "CallbackSource": "call-progress-events"])
        #expect(numbered == "call:CA1:2")
        // A conference numbers its own events; they are not the numbers of the leg.
        let others = [
            key(["CallSid": "CA1", "SequenceNumber": "2", "StatusCallbackEvent": "participant-join"]),
            key(["CallSid": "CA1", "CallStatus": "ringing"]), key(["CallSid": "CA1", "CallStatus": "in-progress"]),
            key(["CallSid": "CA1", "CallStatus": "in-progress", "DialCallStatus": "busy"]),
            key(["CallSid": "CA1", "CallStatus": "in-progress", "DialCallStatus": "no-answer"]),
            key(["CallSid": "CA1", "RecordingSid": "RE1", "RecordingStatus": "completed"]),
            key(["CallSid": "CA1", "RecordingSid": "RE2", "RecordingStatus": "completed"]), key(["From": "1"]),
            numbered,
        ]
        #expect(Set(others).count == others.count)
    }

    // MARK: - What it refuses

    @Test func `what cannot be understood is refused by field`() {
        let cases: [([UInt8], CarrierRefusal)] = [
            (form(["From": "1"]), .missing(field: "CallSid")),
            (form(["CallSid": "CA1"]), .missing(field: "CallStatus")),
            (form(["CallSid": "CA1", "CallStatus": "singing"]), .badValue(field: "CallStatus")),
            (form(["CallSid": "CA1", "DialCallStatus": "singing"]), .badValue(field: "DialCallStatus")),
            (
                form(["CallSid": "CA1", "CallStatus": "completed", "CallDuration": "1.5"]),
                .badValue(field: "CallDuration")
            ),
            (form(["CallSid": "CA1", "CallSid": "CA2"]), .badValue(field: "CallSid")),
            (Array("CallSid=%zz".utf8), .malformed), (Array("CallSid=%ff".utf8), .malformed),
        ]
        for (body, refusal) in cases {
            let request = CarrierRequest(carrier: "twilio", account: "a", contentType: "", query: "", body: body)
            #expect(throws: refusal) { try carrier.events(in: request, receivedAt: receivedAt) }
        }
    }

    @Test func `without configured TwiML a call that asks gets an empty response`() throws {
        let asks = CarrierRequest(
            carrier: "twilio",
            account: "acme",
            contentType: "",
            query: "",
            body: form(["CallSid": "CA1", "CallStatus": "ringing"])
        )
        let reply = carrier.reply(to: asks, source: source("twilio"))
        #expect(reply.status == 200)
        #expect(String(decoding: reply.body, as: UTF8.self).hasSuffix("<Response/>"))
    }
}
