/// The head of a request: what was asked, by whom, and the headers that were kept.
public struct RequestHead: Sendable {
    /// GET, POST, PUT, PATCH, DELETE, OPTIONS or HEAD; others never get this far.
    public let method: String
    /// The path, percent-encoded, without the query.
    ///
    /// libwebsockets hands it over decoded, with `.` and `..` resolved and `//` made `/`. This is the canonical
    /// spelling of that, so an encoded slash is a slash here. A path with a bare `&` or `;` is refused.
    public let path: String
    /// The query without its `?`, or nothing.
    ///
    /// libwebsockets hands it over decoded and split at `&` and `;`. This is the spelling a form would give it
    /// (`application/x-www-form-urlencoded`: a space is `+`), which is what carriers sign. A parameter keeps its name,
    /// value and place; that a caller wrote `%20` for a space, or a bare `/`, is lost.
    public let query: String
    public let isHTTP11: Bool
    /// The other end of the TCP connection.
    public let peerAddress: String
    /// Who is asking, seen through trusted proxies.
    public let clientAddress: String
    /// The key for limits: the client's IPv4 address, or its IPv6 /64.
    public let clientNetwork: String
    /// TLS here, or at a trusted proxy.
    public let isSecure: Bool
    let headers: [(name: String, value: String)]

    /// The value of a kept header, by its lower-case name; several of one name come joined by commas.
    public subscript(_ name: String) -> String? {
        for header in headers where header.name == name { return header.value }
        return nil
    }

    /// The headers that are always kept; `ServerSettings.capturedHeaders` adds to them.
    static let capturedHeaders = [
        "host", "origin", "cookie", "user-agent", "content-type", "content-length", "content-encoding", "expect",
        "accept-encoding", "accept-language", "if-none-match", "authorization", "referer", "sec-fetch-site",
        "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "sec-websocket-protocol",
    ]
}

/// A request, whole.
public struct Request: Sendable {
    public let head: RequestHead
    /// The exact bytes of the body, chunk framing removed.
    public let body: [UInt8]
}

/// Puts back the percent signs that the engine's parser took away.
enum PercentEncoding {
    /// RFC 3986 `pchar` and `/`.
    private static let pathBytes = set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/"
    )
    /// What a form serializer leaves alone, and the first `=` of a parameter.
    private static let formBytes = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._*")

    static func path(_ bytes: some Sequence<UInt8>) -> String { encode(bytes, pathBytes, spaceIsPlus: false) }

    static func query(_ parameters: [[UInt8]]) -> String {
        parameters.map { parameter in
            guard let equals = parameter.firstIndex(of: UInt8(ascii: "=")) else {
                return encode(parameter, formBytes, spaceIsPlus: true)
            }
            return encode(parameter[..<equals], formBytes, spaceIsPlus: true) + "="
                + encode(parameter[(equals + 1)...], formBytes, spaceIsPlus: true)
        }.joined(separator: "&")
    }

    private static func encode(_ bytes: some Sequence<UInt8>, _ allowed: [Bool], spaceIsPlus: Bool) -> String {
        var text: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in bytes {
            if allowed[Int(byte)] {
                text.append(byte)
            } else if byte == UInt8(ascii: " "), spaceIsPlus {
                text.append(UInt8(ascii: "+"))
            } else {
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func set(_ characters: String) -> [Bool] {
        var allowed = [Bool](repeating: false, count: 256)
        for byte in characters.utf8 { allowed[Int(byte)] = true }
        return allowed
    }
}
