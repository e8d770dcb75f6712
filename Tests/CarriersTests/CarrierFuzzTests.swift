import Basics
import Carriers
import Domain
import Testing

/// No bytes crash an adapter, and what it makes of them is within bounds.
@Suite struct CarrierFuzzTests {
    private let registry = CarrierRegistry()
    private let types = [
        "", "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=line-of-the-form",
        "multipart/form-data; boundary=\"", "text/plain; charset=\u{FFFD}",
    ]

    @Test func `random bytes are refused or understood`() {
        var random = SeededGenerator(seed: 23)
        let words = [
            "{", "}", "[", "]", ":", ",", "\"", "\\u", "\\ud83d", "e", "-", "=", "&", "%", "%ff", "+", "\r\n", "--",
            "\"type\":\"call.ended\"", "\"call_id\":\"1\"", "event=", "callId=1", "newCall", "CallSid=CA1",
            "CallStatus=",
            "completed", "CallDuration=", "99999999999999999999", "Timestamp=", "Wed, 18 Nov 2026 11:06:40 +0000",
            "--line-of-the-form", "Content-Disposition: form-data; name=\"event\"", "\u{0}", "王",
        ]
        for round in 0..<6_000 {
            var body: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<20, using: &random) {
                if Int.random(in: 0..<4, using: &random) == 0 {
                    body += random.bytes(Int.random(in: 0..<9, using: &random))
                } else {
                    body += (words.randomElement(using: &random) ?? "").utf8
                }
            }
            feed(body, type: types[round % types.count])
        }
    }

    @Test(arguments: Example.all)
    func `one changed byte in an example does no harm`(example: Example) throws {
        var random = SeededGenerator(seed: 29)
        let request = try example.request()
        for _ in 0..<60 {
            var changed = request
            if changed.body.isEmpty { changed.body = Array(changed.query.utf8) }
            let place = Int.random(in: 0..<changed.body.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: changed.body[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: changed.body.remove(at: place)
            case 2: changed.body.insert(UInt8.random(in: 0...255, using: &random), at: place)
            default: changed.body.removeLast(changed.body.count - place)
            }
            feed(changed.body, type: changed.contentType)
        }
    }

    private func feed(_ body: [UInt8], type: String) {
        for name in registry.names {
            guard let carrier = registry[name] else { continue }
            let sender = source(name, secrets: ["12345678901234567890123456789012"])
            let headers = [
                "content-type": type, "authorization": String(decoding: body, as: UTF8.self),
                "x-twilio-signature": String(decoding: body.prefix(40), as: UTF8.self),
                "x-twilio-webhooks-signature-settings": String(decoding: body.suffix(40), as: UTF8.self),
            ]
            let query = String(decoding: body.prefix(60), as: UTF8.self)
            let request = CarrierRequest(
                from: sender,
                method: "POST",
                path: "/",
                query: query,
                headers: headers,
                body: body
            )
            if (try? carrier.authenticate(request, source: sender, now: receivedAt)) != nil { Issue.record("got in") }
            if carrier.idempotencyKey(request).utf8.count > 700 { Issue.record("a key too long") }
            _ = carrier.reply(to: request, source: sender)
            guard let events = try? carrier.events(in: request, receivedAt: receivedAt) else { continue }
            if events.count > 3 { Issue.record("too many events") }
            for event in events {
                let time = event.at ?? receivedAt
                // A talk of a week at most, told a week late at most.
                let isNear = time >= receivedAt - .days(14) && time <= receivedAt + .hours(1)
                if !isNear || event.call.id.utf8.count > 255 { Issue.record("an event out of bounds") }
            }
            _ = Call.reduce(events)
        }
    }
}
