import Basics
import Carriers
import Domain
import Foundation
import Testing

/// Payloads of live systems and of vendors' documentation, which stay outside of the project.
@Suite(.enabled(if: Files.shared != nil, "SWITCHBOARD_SHARED is not set"))
struct SharedSampleTests {
    private struct Sample: Decodable {
        let file: String
        let provider: String
        let content_type: String
        let kind: String
    }

    @Test func `payloads of live systems are understood`() throws {
        let folder = try #require(Files.shared).appending(path: "samples")
        let index = try Data(contentsOf: folder.appending(path: "INDEX.json"))
        let samples = try JSONDecoder().decode([Sample].self, from: index)
        let carriers = ["twilio": "twilio", "generic_cti_push": "generic"]
        let ours = samples.filter { carriers[$0.provider] != nil }
        #expect(ours.contains { $0.kind == "real" })
        for sample in ours {
            let name = try #require(carriers[sample.provider])
            let carrier = try #require(CarrierRegistry()[name])
            let request = CarrierRequest(
                carrier: name,
                account: "acme",
                contentType: sample.content_type,
                query: "",
                body: try Files.bytes(folder.appending(path: sample.file)).trimmedEnd
            )
            let events = try carrier.events(in: request, receivedAt: receivedAt)
            #expect(!events.isEmpty, "\(sample.file)")
            #expect(!carrier.idempotencyKey(request).hasPrefix("raw:"), "\(sample.file)")
            try check(sample.file, events)
        }
    }

    private func check(_ file: String, _ events: [CallEvent]) throws {
        let call = try #require(Call.reduce(events))
        switch file.split(separator: "/").last {
        case "status-callback-completed.form":
            // CallDuration is in seconds, Duration beside it in minutes begun.
            #expect(call.disposition == .answered && call.talkSeconds == 49 && call.direction == .outbound)
        case "status-callback-busy.form": #expect(call.disposition == .busy)
        case "status-callback-completed-human.form":
            #expect(call.disposition == .answered && call.talkSeconds == 42)
            #expect(call.endedAt == receivedAt)
        case "twiml-app-outbound.form":
            #expect(call.direction == .outbound && call.outsideNumber == "+8613800138000" && call.heldBy == "alice")
        case "child-leg-status.form": #expect(call.answeredBy == "alice")
        case "dial-action.form": #expect(call.answeredAt == nil)
        case "recording-completed.form": #expect(call.recording != nil && !call.hasVoicemail)
        case "newCall.json": #expect(call.ringing == ["Alice", "Bob"] && call.queue == "helpdesk")
        case "answer.json": #expect(call.answeredBy == "Alice")
        case "hangup.json": #expect(call.cause == .completed)
        default: break
        }
    }

    @Test func `signature vectors are judged right`() throws {
        let folder = try #require(Files.shared).appending(path: "vectors")
        for (file, name) in [("twilio", "twilio"), ("standardwebhooks", "generic")] {
            let vectors = try #require(
                try Files.object(folder.appending(path: "\(file).json"))["vectors"] as? [[String: Any]]
            )
            for vector in vectors {
                let headers = try #require(vector["headers"] as? [String: String])
                let secret = try #require(vector["secret"] as? String)
                let sender = source(name, secrets: [secret], named: ["webhooks_sharedkey_01hxyz": secret, "x": secret])
                var request = CarrierRequest(
                    from: sender,
                    method: "POST",
                    path: "/",
                    headers: Dictionary(uniqueKeysWithValues: headers.map { ($0.lowercased(), $1) }),
                    body: Array((vector["body"] as? String ?? "").utf8)
                )
                request.publicURL = try #require(vector["url"] as? String)
                let now = (vector["now"] as? Int64).map { Timestamp(seconds: $0) } ?? receivedAt
                let carrier = try #require(CarrierRegistry()[name])
                var isValid = true
                do { try carrier.authenticate(request, source: sender, now: now) } catch { isValid = false }
                #expect(isValid == vector["valid"] as? Bool, "\(vector["id"] ?? "")")
            }
        }
    }
}

extension [UInt8] {
    /// Without the line end that an editor leaves.
    fileprivate var trimmedEnd: [UInt8] { last == 10 ? Array(dropLast()) : self }
}
