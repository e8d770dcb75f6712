internal import Basics
internal import Domain
internal import Foundation
internal import Signing
internal import Wire

/// Plays a telephone call the way a carrier tells it: signed requests to the real endpoint, with the pauses of people.
struct CallPlayer: Sendable {
    enum Outcome: Sendable {
        /// The agent takes it; optionally the caller waits on hold for a while.
        case answered(withHold: Bool)
        /// It rings until it stops.
        case missed
        /// The caller gives up.
        case cancelled
    }

    struct Script: Sendable {
        var from: String
        var to = DemoPerson.shopNumber
        var agent: String?
        var outcome = Outcome.answered(withHold: false)
        var ringing = Span.seconds(4)
        var talking = Span.seconds(6)
    }

    /// Why a call did not reach the switchboard.
    enum Failure: Error {
        case silence(String)
        case refused(status: Int)
    }

    let client: HTTPClient
    let account: String
    let secret: Redacted<String>

    /// Plays the whole call; `tell` hears of each step once the switchboard has it.
    func play(_ script: Script, tell: @Sendable (String) -> Void = { _ in }) async throws(Failure) {
        var random = SystemGenerator()
        let call = "demo-" + Identifier<CallPlayer>.make(at: .wallClock, using: &random).rawValue
        let at = script.agent.map { " on \($0)" } ?? ""
        try await push("newCall", call, script)
        tell("ringing\(at)")
        await pause(script.ringing)
        switch script.outcome {
        case .missed:
            try await push("hangup", call, script, cause: "noAnswer")
            return tell("nobody answered")
        case .cancelled:
            try await push("hangup", call, script, cause: "cancel")
            return tell("the caller gave up")
        case .answered(let withHold):
            try await push("answer", call, script)
            tell("answered\(at)")
            if withHold {
                let part = Span(milliseconds: script.talking.milliseconds / 3)
                for type in ["call.held", "call.resumed"] {
                    await pause(part)
                    try await event(type, call, script)
                    tell(type == "call.held" ? "on hold" : "talking again")
                }
                await pause(part)
            } else {
                await pause(script.talking)
            }
            try await push("hangup", call, script, cause: "normalClearing")
            tell("hung up")
        }
    }

    // MARK: Requests

    private func push(_ event: String, _ call: String, _ script: Script, cause: String? = nil) async throws(Failure) {
        let body = JSONWriter.object { json in
            json.field("event", event)
            json.field("callId", call)
            json.field("direction", "in")
            json.field("from", script.from)
            json.field("to", script.to)
            if let agent = script.agent { json.field("user", strings: [agent]) }
            if event == "answer" { json.optional("answeringNumber", script.agent) }
            json.optional("cause", cause)
        }
        try await send(body.bytes)
    }

    /// Our own event, for what the push shape has no word for.
    private func event(_ type: String, _ call: String, _ script: Script) async throws(Failure) {
        let body = JSONWriter.object { json in
            json.field("type", type)
            json.field("call_id", call)
            json.field("direction", "inbound")
            json.field("from", script.from)
            if let agent = script.agent { json.field("agents", strings: [agent]) }
        }
        try await send(body.bytes)
    }

    private func send(_ body: [UInt8]) async throws(Failure) {
        var random = SystemGenerator()
        let now = Timestamp.wallClock
        let id = "msg_" + Identifier<CallPlayer>.make(at: now, using: &random).rawValue
        guard let proof = try? StandardWebhooks.sign(id: id, at: now, body: body, secret: secret) else {
            throw .silence("the secret of generic/\(account) is no Standard Webhooks secret (whsec_…)")
        }
        let answer: HTTPClient.Answer
        do throws(HTTPClient.Silence) {
            answer = try await client.send(
                "POST",
                "/hooks/generic/\(account)",
                headers: proof.fields + [(name: "content-type", value: "application/json")],
                body: body
            )
        } catch { throw .silence(error.reason) }
        guard answer.status == 200 else { throw .refused(status: answer.status) }
    }

    private func pause(_ span: Span) async { try? await Task.sleep(for: .milliseconds(span.milliseconds)) }
}
