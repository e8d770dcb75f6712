import Basics
import Carriers
import Domain
import Testing

/// Whole calls at Twilio, from its requests to what became of them, with and without callbacks of the child legs.
@Suite struct TwilioCallTests {
    private static let customer = "+8613900001111"
    private static let line = "+442079460001"

    @Test func `with child callbacks the legs decide`() throws {
        let ring = child("ringing", 1, 3)
        let played = [incoming, root("in-progress", 1, 1)]
        #expect(try outcome(played + [ring, child("in-progress", 2, 8), root("completed", 2, 60, 59)]) == .answered)
        #expect(try outcome(played + [ring, child("no-answer", 2, 33), root("completed", 2, 35, 34)]) == .missed)
        #expect(try outcome(played + [ring, child("canceled", 2, 12), root("completed", 2, 12, 11)]) == .abandoned)
        #expect(try outcome(played + [child("completed", 0, 58, 50), root("completed", 2, 60, 59)]) == .answered)
        #expect(try outcome(played + [child("completed", 0, 58, 0), root("completed", 2, 60, 59)]) == .missed)
    }

    @Test func `with a Dial action alone that one decides`() throws {
        func dial(_ status: String, _ call: String, _ bridged: String) -> [String: String] {
            root(call, nil, 30).merging(["DialCallSid": "CAk", "DialCallStatus": status, "DialBridged": bridged]) { $1 }
        }
        let end = root("completed", 0, 60, 59)
        #expect(try outcome([incoming, dial("completed", "in-progress", "true"), end]) == .answered)
        #expect(try outcome([incoming, dial("no-answer", "in-progress", "false"), end]) == .missed)
        #expect(try outcome([incoming, dial("completed", "in-progress", "false"), end]) == .missed)
        #expect(try outcome([incoming, dial("canceled", "completed", "false")]) == .abandoned)
    }

    @Test func `with the root leg alone an answer of the line is all there is`() throws {
        let call = try #require(try reduced([incoming, root("completed", 0, 60, 59)]))
        #expect(call.disposition == .answered)
        #expect(call.answeredAt == nil && call.talkSeconds == 59)
        #expect(try outcome([incoming, root("completed", 0, 1, 0)]) == .missed)
        #expect(try outcome([incoming, root("no-answer", 0, 30)]) == .missed)
        #expect(try outcome([incoming, root("canceled", 0, 30)]) == .abandoned)
    }

    @Test func `while it lasts, a playing menu is no answer`() throws {
        let call = try #require(try reduced([incoming, root("in-progress", 1, 1)]))
        #expect(call.answeredAt == nil)
        #expect(call.state == .offered)
    }

    @Test func `a voicemail box is no answer either`() throws {
        let voicemail = [
            "CallSid": "CAp", "RecordingSid": "RE1", "RecordingStatus": "completed", "RecordingDuration": "9",
            "RecordingSource": "RecordVerb",
        ]
        let played = [incoming, root("in-progress", 1, 1), child("no-answer", 2, 20)]
        #expect(try outcome(played + [root("completed", 2, 50, 49), voicemail]) == .voicemail)
        #expect(try outcome([incoming, root("completed", 0, 50, 49), voicemail]) == .voicemail)
    }

    @Test func `a ring group answered by one is that one's, and the others stop`() throws {
        let call = try #require(
            try reduced([
                incoming, child("initiated", 0, 2, to: "client:alice", sid: "CA1"),
                child("ringing", 1, 3, to: "client:bob", sid: "CA2"),
                child("in-progress", 2, 8, to: "client:bob", sid: "CA2"),
                child("canceled", 2, 8, to: "client:alice", sid: "CA1"),
            ])
        )
        #expect(call.answeredBy == "bob")
        #expect(call.ringing.isEmpty)
        #expect(call.state == .answered)
        #expect(call.to == Self.line)
    }

    @Test func `a softphone that dials out is answered by the customer and owned by who dials`() throws {
        let dials = root("ringing", nil, 0, from: "client:alice", to: Self.customer)
        let rings = child("ringing", 1, 3, to: Self.customer)
        let answers = child("in-progress", 2, 9, to: Self.customer)
        let end = root("completed", 1, 69, 68, from: "client:alice", to: Self.customer)
        let call = try #require(try reduced([dials, rings, answers, end]))
        #expect(call.direction == .outbound)
        #expect(call.outsideNumber == Self.customer)
        #expect(call.answeredBy == "alice")
        #expect(call.legs.map(\.agent) == ["alice"])
        #expect(call.disposition == .answered)
        #expect(call.talkSeconds == 60)
        let busy = child("busy", 2, 5, to: Self.customer)
        #expect(
            try outcome([dials, busy, root("completed", 1, 6, 5, from: "client:alice", to: Self.customer)]) == .busy
        )
    }

    @Test func `a call made by API rings the softphone first and is the customer's afterwards`() throws {
        func call(_ status: String, _ number: Int, _ second: Int64) -> [String: String] {
            root(status, number, second, from: Self.line, to: "client:alice").merging(["Direction": "outbound-api"]) {
                $1
            }
        }
        let ringing = try #require(try reduced([call("ringing", 1, 1), call("in-progress", 2, 4)]))
        #expect(ringing.ringing.isEmpty)
        #expect(ringing.answeredAt == nil)
        #expect(ringing.heldBy == "alice")
        let talk = [
            call("ringing", 1, 1), call("in-progress", 2, 4), child("ringing", 1, 6, to: Self.customer),
            child("in-progress", 2, 10, to: Self.customer), call("completed", 3, 40),
        ]
        let done = try #require(try reduced(talk))
        #expect(done.outsideNumber == Self.customer)
        #expect(done.answeredBy == "alice")
        #expect(done.disposition == .answered)
    }

    @Test func `every order of arrival gives the same call`() throws {
        var random = SeededGenerator(seed: 17)
        let requests = [
            root("ringing", 0, 0), root("in-progress", 1, 1), child("initiated", 0, 2, to: "client:alice", sid: "CA1"),
            child("ringing", 1, 3, to: "client:alice", sid: "CA1"),
            child("no-answer", 2, 18, to: "client:alice", sid: "CA1"),
            child("ringing", 1, 19, to: "client:bob", sid: "CA2"),
            child("in-progress", 2, 22, to: "client:bob", sid: "CA2"),
            child("completed", 3, 80, 58, to: "client:bob", sid: "CA2"), root("completed", 2, 80, 80),
        ]
        let expected = try #require(try reduced(requests))
        #expect(expected.answeredBy == "bob")
        for _ in 0..<500 { #expect(try reduced(requests.shuffled(using: &random)) == expected) }
    }

    // MARK: - Requests

    private var incoming: [String: String] { root("ringing", nil, 0) }

    private func root(
        _ status: String,
        _ number: Int?,
        _ second: Int64,
        _ duration: Int? = nil,
        from: String = customer,
        to: String = line
    ) -> [String: String] {
        var fields = ["CallSid": "CAp", "CallStatus": status, "Direction": "inbound", "From": from, "To": to]
        fields["CallDuration"] = duration.map(String.init)
        return callback(fields, number, second)
    }

    private func child(
        _ status: String,
        _ number: Int,
        _ second: Int64,
        _ duration: Int? = nil,
        to: String = "client:alice",
        sid: String = "CAk"
    ) -> [String: String] {
        var fields = ["CallSid": sid, "ParentCallSid": "CAp", "CallStatus": status, "Direction": "outbound-dial"]
        fields["From"] = Self.customer
        fields["To"] = to
        fields["CallDuration"] = duration.map(String.init)
        return callback(fields, number, second)
    }

    private func callback(_ fields: [String: String], _ number: Int?, _ second: Int64) -> [String: String] {
        guard let number else { return fields }
        var fields = fields
        let clock = [second / 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        fields["Timestamp"] = "Wed, 18 Nov 2026 11:\(clock) +0000"
        fields["SequenceNumber"] = String(number)
        fields["CallbackSource"] = "call-progress-events"
        return fields
    }

    private func reduced(_ requests: [[String: String]]) throws -> Call? {
        var events: [CallEvent] = []
        for fields in requests {
            let body = FormBodyText.encode(fields)
            let request = CarrierRequest(carrier: "twilio", account: "acme", contentType: "", query: "", body: body)
            events += try TwilioCarrier().events(in: request, receivedAt: Timestamp(milliseconds: 1_794_999_600_000))
        }
        return Call.reduce(events)
    }

    private func outcome(_ requests: [[String: String]]) throws -> CallDisposition? {
        try reduced(requests)?.disposition
    }
}
