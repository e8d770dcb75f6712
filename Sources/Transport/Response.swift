/// The answer to a request.
public struct Response: Sendable {
    public var status: Int
    public var headers: HeaderFields
    /// Shared with every other holder of the same array, never copied for a response.
    public var body: [UInt8]
    /// Whether the connection ends with it; it does in any case after a 4xx or 5xx.
    public var closes: Bool

    public init(status: Int, headers: HeaderFields = [:], body: [UInt8] = [], closes: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.closes = closes
    }

    /// Statuses that have no body by definition (RFC 9110, 6.4.1).
    var mayHaveBody: Bool { status != 204 && status != 304 && status >= 200 }

    /// The status line and headers; the transport's own come last and cannot be overridden.
    func headBytes(closes: Bool, date: String) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(Response.phrase(status))\r\n"
        for field in headers.fields where !Response.ownHeaders.contains(field.name.text) {
            text += "\(field.name.text): \(field.value.text)\r\n"
        }
        text += "date: \(date)\r\n"
        if mayHaveBody { text += "content-length: \(body.count)\r\n" }
        text += closes ? "connection: close\r\n\r\n" : "connection: keep-alive\r\n\r\n"
        return Array(text.utf8)
    }

    private static let ownHeaders: Set<String> = ["date", "content-length", "connection", "transfer-encoding"]

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 417: "Expectation Failed"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: "Status"
        }
    }
}

/// Headers of a response, in order; a name may come twice, as `set-cookie` does.
public struct HeaderFields: Sendable, ExpressibleByDictionaryLiteral {
    var fields: [(name: HeaderName, value: HeaderValue)] = []

    public init() {}
    public init(dictionaryLiteral elements: (HeaderName, HeaderValue)...) {
        fields = elements.map { (name: $0.0, value: $0.1) }
    }

    public mutating func append(_ name: HeaderName, _ value: HeaderValue) { fields.append((name: name, value: value)) }
    public mutating func append(contentsOf other: HeaderFields) { fields += other.fields }
}

/// A header name: a constant of the program, or text that was checked to be a token (RFC 9110, 5.6.2).
public struct HeaderName: Hashable, Sendable, ExpressibleByStringLiteral {
    let text: String

    public init?(_ text: String) {
        let lower = text.lowercased()
        guard !lower.isEmpty, lower.utf8.allSatisfy(HeaderName.isTokenByte) else { return nil }
        self.text = lower
    }

    /// A constant that is no token is a mistake of the programmer, and stops the process the first time it is met.
    public init(stringLiteral text: StaticString) {
        guard let name = HeaderName(text.description) else { preconditionFailure("\(text) is no header name") }
        self = name
    }

    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// A header value that cannot end its line: CR, LF, NUL and other controls have no way in.
public struct HeaderValue: Hashable, Sendable, ExpressibleByStringLiteral {
    let text: String

    public init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 == 9 || ($0 >= 32 && $0 != 127) }) else { return nil }
        self.text = text
    }

    public init(_ number: Int) { text = String(number) }

    public init(stringLiteral text: StaticString) {
        guard let value = HeaderValue(text.description) else { preconditionFailure("a header value with controls") }
        self = value
    }
}
