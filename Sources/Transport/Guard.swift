// The guard layer.
//
// libwebsockets 4.1.6 parses a request and asks us before it acts. What it lets through is more than HTTP allows: two
// lengths, a length beside a transfer coding, lengths that are no number, HTTP/2 upgrades, old WebSocket versions. Two
// readers who disagree about where a request ends are how requests are smuggled, so this file decides, from facts alone,
// what goes on. It touches no socket; `HeadReader` collects the facts and `Server+HTTP` acts on the verdict.

/// What a request head says, as far as the guard cares; a list has one element for each header line.
struct HeadFacts: Sendable {
    /// `nil` when there is no method of ours, or more than one.
    var method: String?
    /// 1, unless a bare `&` or `;` cut the path.
    var pathPieces = 1
    var path = "/"
    var version = "HTTP/1.1"
    var hosts: [String] = []
    var origins: [String] = []
    var authorizations: [String] = []
    var contentTypes: [String] = []
    var contentLengths: [String] = []
    var transferEncodings: [String] = []
    var expectations: [String] = []
    var connections: [String] = []
    var upgrades: [String] = []
    var socketVersions: [String] = []
    var socketKeys: [String] = []
    var subprotocols: [String] = []
    /// A framing header with space before its colon, which the engine takes for an unknown one.
    var hasHiddenFraming = false
    /// A control character in a value.
    var hasControls = false
}

/// How the body of a request ends.
enum BodyFraming: Hashable, Sendable {
    case none
    case length(Int)
    case chunked
}

/// A refusal: what the peer is told, and what we count.
struct Refusal: Error, Hashable, Sendable {
    var status: Int
    var reason: RefusalReason
}

enum Guard {
    /// Checks a request that stays HTTP, and tells how its body is framed.
    static func inspect(_ facts: HeadFacts) throws(Refusal) -> BodyFraming {
        let method = try checkHead(facts)
        guard facts.upgrades.isEmpty else { throw Refusal(status: 400, reason: .unsupportedUpgrade) }
        if let expectation = facts.expectations.first {
            guard facts.expectations.count == 1, expectation.lowercased() == "100-continue" else {
                throw Refusal(status: 417, reason: .unsupportedExpectation)
            }
        }
        let framing = try self.framing(facts)
        switch method {
        case "POST", "PUT", "PATCH":
            // RFC 9110, 8.6: without a length there is no way to tell a body that was cut.
            if framing == .none, facts.contentLengths.isEmpty { throw Refusal(status: 411, reason: .lengthRequired) }
        case "DELETE":
            // The engine reads a chunked body for the three above alone.
            if framing == .chunked { throw Refusal(status: 501, reason: .unsupportedCoding) }
        default:
            guard framing == .none else { throw Refusal(status: 400, reason: .bodyNotAllowed) }
        }
        return framing
    }

    /// Checks a WebSocket handshake (RFC 6455, 4.2.1).
    static func inspectUpgrade(_ facts: HeadFacts, subprotocol: String) throws(Refusal) {
        // First, because after refusing an unknown upgrade on its own the engine goes on with memory it has freed;
        // only lengths may be asked then, and they are zero.
        guard facts.upgrades.count == 1, facts.upgrades[0].lowercased() == "websocket" else {
            throw Refusal(status: 403, reason: .unsupportedUpgrade)
        }
        let method = try checkHead(facts)
        guard method == "GET", facts.version == "HTTP/1.1" else { throw Refusal(status: 400, reason: .badHandshake) }
        guard try framing(facts) == .none, facts.expectations.isEmpty else {
            throw Refusal(status: 400, reason: .bodyNotAllowed)
        }
        guard tokens(facts.connections).contains("upgrade") else { throw Refusal(status: 400, reason: .badHandshake) }
        guard facts.socketVersions == ["13"] else { throw Refusal(status: 426, reason: .badHandshake) }
        guard facts.socketKeys.count == 1, isSocketKey(facts.socketKeys[0]) else {
            throw Refusal(status: 400, reason: .badHandshake)
        }
        // The engine drops a client that offers protocols of which it knows none; tell it instead.
        guard facts.subprotocols.isEmpty || tokens(facts.subprotocols).contains(subprotocol.lowercased()) else {
            throw Refusal(status: 400, reason: .unknownSubprotocol)
        }
    }

    /// Whether the peer asked for the connection to end with this request.
    static func wantsClose(_ facts: HeadFacts) -> Bool {
        let tokens = tokens(facts.connections)
        return tokens.contains("close") || (facts.version == "HTTP/1.0" && !tokens.contains("keep-alive"))
    }

    /// Whether a length may hide from us, so that nothing may follow on the connection.
    ///
    /// The engine reads a header whose name is the beginning of one it knows (`X-A`, for `X-Auth-Token`) together with
    /// the line after it, so a length on that line is not seen. On a connection of one client that harms nobody else.
    /// Through a proxy, which sees the length and shares the connection, the body of one client would become the request
    /// of another. A length that we do see tells that none is hidden, because a proxy forwards one framing only.
    static func mayHideFraming(_ facts: HeadFacts, cameThroughProxy: Bool) -> Bool {
        cameThroughProxy && facts.contentLengths.isEmpty
    }

    /// What requests and handshakes have in common; returns the method.
    private static func checkHead(_ facts: HeadFacts) throws(Refusal) -> String {
        guard !facts.hasControls, facts.path.hasPrefix("/") else { throw Refusal(status: 400, reason: .malformedHead) }
        guard facts.pathPieces == 1 else { throw Refusal(status: 400, reason: .ambiguousTarget) }
        guard let method = facts.method else { throw Refusal(status: 501, reason: .unsupportedMethod) }
        guard facts.version == "HTTP/1.1" || facts.version == "HTTP/1.0" else {
            throw Refusal(status: 505, reason: .unsupportedVersion)
        }
        guard !facts.hasHiddenFraming else { throw Refusal(status: 400, reason: .malformedHead) }
        guard facts.hosts.count == 1, isHost(facts.hosts[0]) else {
            throw Refusal(status: 400, reason: facts.hosts.count > 1 ? .duplicateHeader : .missingHost)
        }
        for values in [facts.origins, facts.authorizations, facts.contentTypes] where values.count > 1 {
            throw Refusal(status: 400, reason: .duplicateHeader)
        }
        return method
    }

    private static func framing(_ facts: HeadFacts) throws(Refusal) -> BodyFraming {
        if !facts.transferEncodings.isEmpty {
            guard facts.contentLengths.isEmpty, facts.version == "HTTP/1.1" else {
                throw Refusal(status: 400, reason: .conflictingLength)
            }
            guard facts.transferEncodings.count == 1, facts.transferEncodings[0].lowercased() == "chunked" else {
                throw Refusal(status: 501, reason: .unsupportedCoding)
            }
            return .chunked
        }
        guard let text = facts.contentLengths.first else { return .none }
        guard facts.contentLengths.count == 1 else { throw Refusal(status: 400, reason: .conflictingLength) }
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        // 18 digits always fit; a longer number is no body of ours, whatever a wrap-around would make of it.
        guard isNumber, text.utf8.count <= 18, let length = Int(text) else {
            throw Refusal(status: 400, reason: .badLength)
        }
        return length == 0 ? .none : .length(length)
    }

    /// The lower-case elements of a list header (RFC 9110, 5.6.1).
    private static func tokens(_ lines: [String]) -> [String] {
        lines.flatMap { $0.split(separator: ",") }.map { $0.trimmingSpaces.lowercased() }
    }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 261
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~:[]%".utf8.contains(byte)
                }
            }
    }

    /// 16 bytes in base 64.
    private static func isSocketKey(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 24 && text.hasSuffix("==")
            && bytes.dropLast(2).allSatisfy { HeaderName.isTokenByte($0) && $0 != UInt8(ascii: "_") || $0 == 47 }
    }
}
