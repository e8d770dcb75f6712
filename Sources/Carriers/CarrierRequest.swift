/// One request of a carrier, with everything that an adapter may look at.
public struct CarrierRequest: Hashable, Sendable {
    public var carrier: String
    public var account: String
    public var method: String
    /// The address that the carrier called, as it wrote it, query included: signatures are made over this one.
    public var publicURL: String
    /// The part after `?`, as it came.
    public var query: String
    /// Lower-case names; a repeated header is joined by a comma.
    public var headers: [String: String]
    public var contentType: String
    public var body: [UInt8]

    /// A request that has just come in at `path` of the source.
    ///
    /// The address comes from the configuration: `Host` and `X-Forwarded-*` are words of whoever calls.
    public init(
        from source: CarrierSource,
        method: String,
        path: String,
        query: String = "",
        headers: [String: String],
        body: [UInt8]
    ) {
        carrier = source.carrier
        account = source.account
        self.method = method
        publicURL = source.publicBaseURL + path + (query.isEmpty ? "" : "?" + query)
        self.query = query
        self.headers = headers
        contentType = headers["content-type"] ?? ""
        self.body = body
    }

    /// A stored delivery, to be read again; it was authenticated when it came.
    public init(carrier: String, account: String, contentType: String, query: String, body: [UInt8]) {
        self.carrier = carrier
        self.account = account
        method = "POST"
        publicURL = ""
        self.query = query
        headers = [:]
        self.contentType = contentType
        self.body = body
    }
}
