public import Basics
public import Domain

/// Every code that a client can meet; `Protocols/errors.json` says what each means.
public enum ErrorCode: String, Hashable, Sendable, CaseIterable {
    case badFrame = "bad_frame"
    case badRequest = "bad_request"
    case unauthorised
    case badLogin = "bad_login"
    case token
    case csrf
    case forbidden
    case notFound = "not_found"
    case noConversation = "no_conv"
    case method
    case cidReuse = "cid_reuse"
    case claimed
    case conflict
    case conversationClosed = "conv_closed"
    case lengthRequired = "length_required"
    case tooLarge = "too_large"
    case mediaType = "media_type"
    case form
    case blocked
    case rate
    case `internal`
    case notImplemented = "not_implemented"
    case busy
    case storageFull = "storage_full"
    case stopping

    public var httpStatus: Int {
        switch self {
        case .badFrame, .badRequest: 400
        case .unauthorised, .badLogin, .token: 401
        case .csrf, .forbidden: 403
        case .notFound, .noConversation: 404
        case .method: 405
        case .cidReuse, .claimed, .conflict: 409
        case .conversationClosed: 410
        case .lengthRequired: 411
        case .tooLarge: 413
        case .mediaType: 415
        case .form: 422
        case .blocked: 423
        case .rate: 429
        case .internal: 500
        case .notImplemented: 501
        case .busy, .storageFull, .stopping: 503
        }
    }
}

/// Why a socket is closed; the hundred tells the client what to do: 44xx reconnect, 45xx tell the user.
public enum CloseCode: UInt16, Hashable, Sendable, CaseIterable {
    case goingAway = 4400
    case tokenExpired = 4401
    case slow = 4408
    case noPong = 4409
    case resync = 4410
    case rate = 4429
    case overload = 4430
    case badProtocol = 4500
    case version = 4501
    case noHello = 4502
    case blocked = 4510
    case origin = 4511
    case replaced = 4512
    case disabled = 4513

    public var mayReconnect: Bool { rawValue < 4500 }

    public var code: String {
        switch self {
        case .goingAway: "going_away"
        case .tokenExpired: "token_expired"
        case .slow: "slow"
        case .noPong: "no_pong"
        case .resync: "resync"
        case .rate: "rate"
        case .overload: "overload"
        case .badProtocol: "bad_protocol"
        case .version: "version"
        case .noHello: "no_hello"
        case .blocked: "blocked"
        case .origin: "origin"
        case .replaced: "replaced"
        case .disabled: "disabled"
        }
    }
}

/// An error on its way to a client: a code, and what the client needs to act on it.
public struct WireError: Error, Hashable, Sendable {
    public var code: ErrorCode
    public var field: String?
    /// The same again after this time may work; without it the refusal is final.
    public var retryAfter: Span?
    /// Who was faster.
    public var by: String?
    public var limit: Limit?

    public init(
        _ code: ErrorCode,
        field: String? = nil,
        retryAfter: Span? = nil,
        by: String? = nil,
        limit: Limit? = nil
    ) {
        self.code = code
        self.field = field
        self.retryAfter = retryAfter
        self.by = by
        self.limit = limit
    }

    /// The label keeps it apart from `init(_:)`: some cases of `Refusal` and of `ErrorCode` share their names.
    public init(refusal: Refusal) {
        switch refusal {
        case .empty(let field), .badValue(let field): self.init(.form, field: field)
        case .tooLong(let limit): self.init(.tooLarge, limit: limit)
        case .conversationClosed: self.init(.conversationClosed)
        case .noConversation: self.init(.noConversation)
        case .notYours, .wrongChannel: self.init(.forbidden)
        case .claimed(let by): self.init(.claimed, by: by?.name)
        case .notOffered, .conflict: self.init(.conflict)
        }
    }

    public func write(to json: inout JSONWriter) {
        json.field("code", code.rawValue)
        json.optional("field", field)
        json.optional("retry_ms", retryAfter?.milliseconds)
        json.optional("by", by)
        if let limit {
            json.field("limit", limit.name)
            json.field("limit_value", Int64(limit.value))
        }
    }

    /// The body of an HTTP answer: `{"error":{…}}`.
    public var httpBody: [UInt8] {
        JSONWriter.object { json in json.field("error", object: { write(to: &$0) }) }.bytes
    }
}
