public import Basics
public import Domain
internal import Signing

/// Twilio Programmable Voice: the webhook of a number or TwiML app, status callbacks, Dial, Enqueue and Record actions.
///
/// `Protocols/carriers/twilio` has the field tables and the rule for what counts as an answer.
public struct TwilioCarrier: Carrier {
    /// The TwiML for a call that has just come in; keys of `CarrierSource.replies`.
    public static let voiceReply = "voice"
    /// The TwiML for after a `<Dial>`, for example a voicemail box.
    public static let afterDialReply = "after_dial"

    public let name = "twilio"
    public let headers = ["i-twilio-idempotency-token", "x-twilio-signature", "x-twilio-webhooks-signature-settings"]
    public init() {}

    public func authenticate(
        _ request: CarrierRequest,
        source: CarrierSource,
        now: Timestamp
    ) throws(CarrierRefusal) {
        let signature = request.headers["x-twilio-signature"]
        if signature == nil, source.allowsUnsigned { return }
        do {
            try TwilioSignature.verify(
                url: request.publicURL,
                payload: try Self.payload(request),
                signatureHeader: signature,
                settingsHeader: request.headers["x-twilio-webhooks-signature-settings"],
                secrets: TwilioSignature.Secrets(authTokens: source.secrets, sharedKeys: source.namedSecrets)
            )
        } catch { throw .unauthenticated(error) }
    }

    public func idempotencyKey(_ request: CarrierRequest) -> String {
        if let token = request.headers["i-twilio-idempotency-token"], !token.isEmpty {
            return "token:" + GenericCarrier.short(token)
        }
        guard let fields = try? Fields(of: request), let key = try? Self.key(fields) else {
            return GenericCarrier.rawKey(request)
        }
        return key
    }

    public func events(
        in request: CarrierRequest,
        receivedAt: Timestamp
    ) throws(CarrierRefusal) -> [CallEvent] {
        try TwilioNews(try Fields(of: request), account: request.account, receivedAt: receivedAt).events()
    }

    /// TwiML where Twilio asks how the call goes on, nothing where it only tells.
    ///
    /// An empty `<Response/>` ends a call that asks at its beginning, and lets a bridged one end by itself.
    public func reply(to request: CarrierRequest, source: CarrierSource) -> CarrierReply {
        guard let fields = try? Fields(of: request), !Self.onlyTells(fields) else { return .noContent }
        var text: String?
        if fields.has("DialCallStatus") {
            text = source.replies[Self.afterDialReply]
        } else if !fields.has("ParentCallSid"), !fields.has("RecordingSid"), !fields.has("QueueSid") {
            text = source.replies[Self.voiceReply]
        }
        let body = text ?? #"<?xml version="1.0" encoding="UTF-8"?><Response/>"#
        return CarrierReply(status: 200, contentType: "text/xml; charset=utf-8", body: Array(body.utf8))
    }

    /// Status callbacks of calls, recordings and conferences: Twilio does not read the answer.
    private static func onlyTells(_ fields: Fields) -> Bool {
        ["CallbackSource", "RecordingStatus", "StatusCallbackEvent"].contains(where: fields.has)
    }

    /// The numbering of a leg counts its own callbacks alone; everything else is told apart by what it says.
    private static func key(_ fields: Fields) throws(CarrierRefusal) -> String {
        let call = try fields.required("CallSid")
        if try fields.text("CallbackSource") == "call-progress-events",
            let number = try fields.text("SequenceNumber")
        {
            return "call:\(call):\(number)"
        }
        var status = try fields.text("CallStatus")
        if status == nil { status = try fields.text("RecordingStatus") }
        let news = fields.digest(of: TwilioNews.fieldNames)
        return "call:\(call):\(status ?? ""):\(news)"
    }

    private static func payload(_ request: CarrierRequest) throws(SignatureRefusal) -> TwilioSignature.Payload {
        if request.contentType.lowercased().contains("json") { return .json(request.body) }
        guard let form = try? FormBody(decoding: request.body) else { throw .malformed }
        return .form(form.parameters)
    }
}
