public import Basics
public import Domain
internal import Signing

/// Any telephone system that can push: the widespread `newCall`/`answer`/`hangup` requests, or our own call events.
///
/// `Protocols/carriers/generic` has the field tables, `Protocols/call-event.schema.json` the schema of our own events.
public struct GenericCarrier: Carrier {
    public let name = "generic"
    public let headers = ["authorization", "webhook-id", "webhook-signature", "webhook-timestamp"]
    public init() {}

    /// A signature (Standard Webhooks), else a secret in `Authorization`, else nothing where the source allows it.
    ///
    /// A proof that is there has to be right, also where none is asked for: nobody gets in by a wrong one.
    public func authenticate(
        _ request: CarrierRequest,
        source: CarrierSource,
        now: Timestamp
    ) throws(CarrierRefusal) {
        if request.headers["webhook-signature"] != nil {
            do {
                try StandardWebhooks.verify(
                    id: request.headers["webhook-id"],
                    timestamp: request.headers["webhook-timestamp"],
                    body: request.body,
                    signatureHeader: request.headers["webhook-signature"],
                    secrets: source.secrets,
                    now: now
                )
            } catch { throw .unauthenticated(error) }
        } else if let authorization = request.headers["authorization"] {
            try Self.checkAuthorization(authorization, secrets: source.secrets)
        } else if !source.allowsUnsigned {
            throw .unauthenticated(.missing)
        }
    }

    public func idempotencyKey(_ request: CarrierRequest) -> String {
        if let id = request.headers["webhook-id"], !id.isEmpty { return "webhook:" + Self.short(id) }
        guard let fields = try? Fields(of: request) else { return Self.rawKey(request) }
        let key = fields.has("event") ? try? Self.pushKey(fields) : try? Self.canonicalKey(fields)
        return key ?? Self.rawKey(request)
    }

    public func events(
        in request: CarrierRequest,
        receivedAt: Timestamp
    ) throws(CarrierRefusal) -> [CallEvent] {
        let fields = try Fields(of: request)
        let account = request.account
        return fields.has("event")
            ? try pushEvents(fields, account: account, receivedAt: receivedAt)
            : [try canonicalEvent(fields, account: account, receivedAt: receivedAt)]
    }

    /// An empty object: the push shape would take orders for the call here, and we give none.
    public func reply(to request: CarrierRequest, source: CarrierSource) -> CarrierReply {
        CarrierReply(status: 200, contentType: "application/json", body: Array("{}".utf8))
    }

    static func rawKey(_ request: CarrierRequest) -> String {
        "raw:" + ByteText.hex(Digest.sha256(Array(request.query.utf8) + [0] + request.body).prefix(16))
    }

    /// Keys go into an index; a long name is as good by its hash.
    static func short(_ id: String) -> String {
        Fields.textBytesMax.admits(id.utf8.count) ? id : "#" + ByteText.hex(Digest.sha256(Array(id.utf8)).prefix(16))
    }

    /// `Bearer <secret>`, or `Basic` with the secret as password; the user name is free, the address names the source.
    private static func checkAuthorization(
        _ header: String,
        secrets: [Redacted<String>]
    ) throws(CarrierRefusal) {
        let words = header.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { throw .unauthenticated(.malformed) }
        let shown: [UInt8]
        switch words[0].lowercased() {
        case "bearer": shown = Array(words[1].utf8)
        case "basic":
            guard let pair = ByteText.fromBase64(words[1]), let colon = pair.firstIndex(of: UInt8(ascii: ":")) else {
                throw .unauthenticated(.malformed)
            }
            shown = Array(pair[(colon + 1)...])
        default: throw .unauthenticated(.unsupportedAlgorithm)
        }
        let known = secrets.map { Array($0.reveal().utf8) }.filter { !$0.isEmpty }
        guard !known.isEmpty else { throw .unauthenticated(.noSecret) }
        // Hashed first, so that neither the time nor the length of the comparison tells anything.
        let proof = Digest.sha256(shown)
        var matches = false
        for secret in known where ConstantTime.equal(proof, Digest.sha256(secret)) { matches = true }
        guard matches else { throw .unauthenticated(.forged) }
    }
}
