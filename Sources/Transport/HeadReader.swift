internal import CLibwebsockets

/// A header that is kept, and where the engine keeps it.
struct CapturedHeader: Sendable {
    let name: String
    /// The engine's own slot for the headers it knows; the others are found by name.
    let token: lws_token_indexes?
    let nameWithColon: String

    init(_ name: String) {
        self.name = name.lowercased()
        token = CapturedHeader.known[self.name]
        nameWithColon = self.name + ":"
    }

    private static let known: [String: lws_token_indexes] = [
        "host": WSI_TOKEN_HOST, "connection": WSI_TOKEN_CONNECTION, "upgrade": WSI_TOKEN_UPGRADE,
        "origin": WSI_TOKEN_ORIGIN, "sec-websocket-protocol": WSI_TOKEN_PROTOCOL, "accept": WSI_TOKEN_HTTP_ACCEPT,
        "access-control-request-headers": WSI_TOKEN_HTTP_AC_REQUEST_HEADERS,
        "if-modified-since": WSI_TOKEN_HTTP_IF_MODIFIED_SINCE, "if-none-match": WSI_TOKEN_HTTP_IF_NONE_MATCH,
        "accept-encoding": WSI_TOKEN_HTTP_ACCEPT_ENCODING, "accept-language": WSI_TOKEN_HTTP_ACCEPT_LANGUAGE,
        "pragma": WSI_TOKEN_HTTP_PRAGMA, "cache-control": WSI_TOKEN_HTTP_CACHE_CONTROL,
        "authorization": WSI_TOKEN_HTTP_AUTHORIZATION, "cookie": WSI_TOKEN_HTTP_COOKIE,
        "content-length": WSI_TOKEN_HTTP_CONTENT_LENGTH, "content-type": WSI_TOKEN_HTTP_CONTENT_TYPE,
        "date": WSI_TOKEN_HTTP_DATE, "range": WSI_TOKEN_HTTP_RANGE, "referer": WSI_TOKEN_HTTP_REFERER,
        "accept-charset": WSI_TOKEN_HTTP_ACCEPT_CHARSET, "content-encoding": WSI_TOKEN_HTTP_CONTENT_ENCODING,
        "content-language": WSI_TOKEN_HTTP_CONTENT_LANGUAGE, "etag": WSI_TOKEN_HTTP_ETAG,
        "expect": WSI_TOKEN_HTTP_EXPECT, "from": WSI_TOKEN_HTTP_FROM, "if-match": WSI_TOKEN_HTTP_IF_MATCH,
        "if-range": WSI_TOKEN_HTTP_IF_RANGE, "if-unmodified-since": WSI_TOKEN_HTTP_IF_UNMODIFIED_SINCE,
        "transfer-encoding": WSI_TOKEN_HTTP_TRANSFER_ENCODING, "user-agent": WSI_TOKEN_HTTP_USER_AGENT,
        "via": WSI_TOKEN_HTTP_VIA, "x-real-ip": WSI_TOKEN_HTTP_X_REAL_IP,
        "x-forwarded-for": WSI_TOKEN_X_FORWARDED_FOR, "te": WSI_TOKEN_TE, "x-auth-token": WSI_TOKEN_X_AUTH_TOKEN,
    ]
}

/// Copies the head of a request out of the engine's memory, while a callback lends it.
@safe struct HeadReader {
    private let socket: OpaquePointer
    private let bytesMax: Int

    init(_ socket: OpaquePointer, bytesMax: Int) {
        unsafe self.socket = socket
        self.bytesMax = bytesMax
    }

    /// What the guard wants to know.
    func facts() -> HeadFacts {
        var facts = HeadFacts()
        facts.upgrades = values(WSI_TOKEN_UPGRADE, &facts)
        let methods = HeadReader.methods.filter { length($0.token) > 0 }
        if let method = methods.first {
            facts.method = methods.count == 1 ? method.name : nil
            facts.pathPieces = pieces(method.token).count
        }
        facts.path = path()
        facts.version = values(WSI_TOKEN_HTTP, &facts).first ?? ""
        facts.hosts = values(WSI_TOKEN_HOST, &facts)
        facts.origins = values(WSI_TOKEN_ORIGIN, &facts)
        facts.authorizations = values(WSI_TOKEN_HTTP_AUTHORIZATION, &facts)
        facts.contentTypes = values(WSI_TOKEN_HTTP_CONTENT_TYPE, &facts)
        facts.contentLengths = values(WSI_TOKEN_HTTP_CONTENT_LENGTH, &facts)
        facts.transferEncodings = values(WSI_TOKEN_HTTP_TRANSFER_ENCODING, &facts)
        facts.expectations = values(WSI_TOKEN_HTTP_EXPECT, &facts)
        facts.connections = values(WSI_TOKEN_CONNECTION, &facts)
        if !facts.upgrades.isEmpty {
            facts.socketVersions = values(WSI_TOKEN_VERSION, &facts)
            facts.socketKeys = values(WSI_TOKEN_KEY, &facts)
            facts.subprotocols = values(WSI_TOKEN_PROTOCOL, &facts)
        }
        facts.hasHiddenFraming = HeadReader.hiddenNames.contains { customLength($0) >= 0 }
        return facts
    }

    /// The path in its canonical spelling; empty when there is none.
    func path() -> String {
        guard let method = HeadReader.methods.first(where: { length($0.token) > 0 }) else { return "" }
        return PercentEncoding.path(pieces(method.token).first ?? [])
    }

    /// The query in its canonical spelling.
    func query() -> String { PercentEncoding.query(pieces(WSI_TOKEN_HTTP_URI_ARGS)) }

    /// The kept headers that are there.
    func headers(_ captured: [CapturedHeader], _ facts: inout HeadFacts) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        for header in captured {
            if let token = header.token {
                let lines = values(token, &facts)
                guard !lines.isEmpty else { continue }
                let separator = token == WSI_TOKEN_HTTP_COOKIE ? "; " : ", "
                found.append((header.name, lines.count == 1 ? lines[0] : lines.joined(separator: separator)))
            } else if let line = custom(header.nameWithColon) {
                found.append((header.name, text(line, &facts)))
            }
        }
        return found
    }

    // MARK: Border

    private static let methods: [(token: lws_token_indexes, name: String)] = [
        (WSI_TOKEN_GET_URI, "GET"), (WSI_TOKEN_POST_URI, "POST"), (WSI_TOKEN_PUT_URI, "PUT"),
        (WSI_TOKEN_PATCH_URI, "PATCH"), (WSI_TOKEN_DELETE_URI, "DELETE"), (WSI_TOKEN_OPTIONS_URI, "OPTIONS"),
        (WSI_TOKEN_HEAD_URI, "HEAD"),
    ]

    /// The engine compares whole names, so each way to hide one has to be asked for.
    private static let hiddenNames: [String] = ["content-length", "transfer-encoding", "host"].flatMap { name in
        [" ", "\t", "  ", " \t", "\t ", "\t\t", "   "].map { name + $0 + ":" }
    }

    private func length(_ token: lws_token_indexes) -> Int { Int(unsafe lws_hdr_total_length(socket, token)) }

    private func values(_ token: lws_token_indexes, _ facts: inout HeadFacts) -> [String] {
        guard length(token) > 0 else { return [] }
        var lines: [String] = []
        for piece in pieces(token) { lines.append(text(piece, &facts)) }
        return lines
    }

    /// Trimmed text; a control character is noted and becomes nothing worse.
    private func text(_ bytes: [UInt8], _ facts: inout HeadFacts) -> String {
        if bytes.contains(where: { ($0 < 32 && $0 != 9) || $0 == 127 }) { facts.hasControls = true }
        return String(String(decoding: bytes, as: UTF8.self)[...].trimmingSpaces)
    }

    /// Every piece of a token: one for each header line, or for each part of the target between `&` and `;`.
    private func pieces(_ token: lws_token_indexes) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        while pieces.count < 256 {
            let index = Int32(pieces.count)
            let capacity = Int(unsafe lws_hdr_fragment_length(socket, token, index)) + 1
            guard capacity <= bytesMax + 1 else { return pieces }
            var isThere = false
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                let copied = unsafe buffer.withMemoryRebound(to: CChar.self) {
                    unsafe lws_hdr_copy_fragment(socket, $0.baseAddress, Int32(capacity), token, index)
                }
                isThere = copied >= 0
                count = max(0, Int(copied))
            }
            guard isThere else { return pieces }
            pieces.append(piece)
        }
        return pieces
    }

    private func customLength(_ nameWithColon: String) -> Int {
        Int(unsafe lws_hdr_custom_length(socket, nameWithColon, Int32(nameWithColon.utf8.count)))
    }

    private func custom(_ nameWithColon: String) -> [UInt8]? {
        let length = customLength(nameWithColon)
        guard length >= 0, length <= bytesMax else { return nil }
        return unsafe [UInt8](unsafeUninitializedCapacity: length + 1) { buffer, count in
            let copied = unsafe buffer.withMemoryRebound(to: CChar.self) {
                unsafe lws_hdr_custom_copy(
                    socket,
                    $0.baseAddress,
                    Int32(length + 1),
                    nameWithColon,
                    Int32(nameWithColon.utf8.count)
                )
            }
            count = max(0, Int(copied))
        }
    }
}
