public import Basics
public import Domain

/// One kind of telephone system: how it proves who it is, what its requests mean, and what it wants to hear back.
///
/// An adapter is stateless and sees one request at a time. The words of a carrier end in its folder; numbers are passed
/// on as they were written, and whatever needs several requests together is decided by the reduction of the call.
public protocol Carrier: Sendable {
    /// The name in the address `/hooks/{carrier}/{source}` and in every `CallKey`.
    var name: String { get }

    /// The headers that this carrier needs, in lower case.
    var headers: [String] { get }

    /// Returns if the request comes from this source, over the exact bytes and the public address.
    func authenticate(_ request: CarrierRequest, source: CarrierSource, now: Timestamp) throws(CarrierRefusal)

    /// What makes a repeat of this request a repeat: two requests with one key say the same, or are one sent twice.
    ///
    /// Never fails: a request that cannot be read is known by the hash of its bytes.
    func idempotencyKey(_ request: CarrierRequest) -> String

    /// What the request says about calls, in our words; empty when it is understood and says nothing new.
    ///
    /// Reads nothing but account, content type, query and body, so that a stored delivery can be read again.
    func events(in request: CarrierRequest, receivedAt: Timestamp) throws(CarrierRefusal) -> [CallEvent]

    /// The answer that this carrier expects once the request is stored, the same for a repeat.
    func reply(to request: CarrierRequest, source: CarrierSource) -> CarrierReply
}

/// An answer in the words of the carrier.
public struct CarrierReply: Hashable, Sendable {
    public let status: Int
    /// Nil when there is no body.
    public let contentType: String?
    public let body: [UInt8]

    public init(status: Int, contentType: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// Taken, and nothing to say.
    public static let noContent = CarrierReply(status: 204)
}
