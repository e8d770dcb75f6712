public import Basics

// Twilio signs what it calls: https://www.twilio.com/docs/usage/security
//
//   X-Twilio-Signature: base64(HMAC-SHA1(auth token, url + name1 + value1 + name2 + value2 + …))
//
// Names are sorted by their bytes; the values of a repeated name are sorted and each is signed once; blank values count.
// A JSON body is not a parameter: the URL carries `bodySHA256`, the hexadecimal digest of the raw body.
// Some edges add or drop the port of the URL on the way, so both spellings are tried.
// With a shared key a second header names the key and the hash:
//
//   X-Twilio-Webhooks-Signature-Settings: key=<key id>,algorithm=HMAC_SHA256
//
// There is no timestamp: the caller notices repeats by CallSid, CallStatus and SequenceNumber.

/// The signature of Twilio's webhooks, both directions.
public enum TwilioSignature {

    /// What came with the request, besides its URL.
    public enum Payload: Hashable, Sendable {
        case form([FormParameter])
        case json([UInt8])
    }

    /// The secrets of one source: two of each while they are rotated.
    public struct Secrets: Sendable {
        public let authTokens: [Redacted<String>]
        public let sharedKeys: [String: Redacted<String>]
        public init(authTokens: [Redacted<String>], sharedKeys: [String: Redacted<String>] = [:]) {
            self.authTokens = authTokens
            self.sharedKeys = sharedKeys
        }
    }

    /// Returns if Twilio made this request, to the public `url`, with exactly this payload.
    public static func verify(
        url: String,
        payload: Payload,
        signatureHeader: String?,
        settingsHeader: String?,
        secrets: Secrets
    ) throws(SignatureRefusal) {
        guard let signatureHeader, !signatureHeader.isEmpty else { throw .missing }
        let (function, keys) = try trust(settingsHeader, secrets)
        if case .json(let body) = payload { try checkDigest(of: body, in: url) }

        let offered = Array(signatureHeader.utf8)
        var matches = false
        for spelling in PortSpellings(of: url).all {
            for key in keys {
                let answer = code(function, key: key, url: spelling, payload: payload)
                if ConstantTime.equal(offered, Array(answer.utf8)) { matches = true }
            }
        }
        guard matches else { throw .forged }
    }

    /// The value of `X-Twilio-Signature` for a request to `url`.
    public static func sign(url: String, payload: Payload, authToken: Redacted<String>) -> String {
        code(.sha1, key: Array(authToken.reveal().utf8), url: url, payload: payload)
    }

    /// The values of both headers for a request signed with a shared key.
    public static func sign(
        url: String,
        payload: Payload,
        sharedKey: Redacted<String>,
        keyID: String
    ) -> (signature: String, settings: String) {
        let signature = code(.sha256, key: Array(sharedKey.reveal().utf8), url: url, payload: payload)
        return (signature, "key=\(keyID),algorithm=HMAC_SHA256")
    }

    /// The URL at which a JSON body is posted: `url` and the digest of the body.
    public static func url(_ url: String, carryingDigestOf body: [UInt8]) -> String {
        url + (url.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + "bodySHA256="
            + ByteText.hex(Digest.sha256(body))
    }
}

extension TwilioSignature {

    /// The keys that may have signed: what the settings header selects, never a guess.
    private static func trust(
        _ settingsHeader: String?,
        _ secrets: Secrets
    ) throws(SignatureRefusal) -> (HashFunction, [[UInt8]]) {
        guard let settingsHeader else {
            let keys = secrets.authTokens.map { Array($0.reveal().utf8) }.filter { !$0.isEmpty }
            guard !keys.isEmpty else { throw .noSecret }
            return (.sha1, keys)
        }
        var settings: [String: String] = [:]
        for piece in settingsHeader.split(separator: ",") {
            let pair = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
            guard pair.count == 2, settings.updateValue(pair[1], forKey: pair[0]) == nil else { throw .malformed }
        }
        guard let keyID = settings["key"], let algorithm = settings["algorithm"] else { throw .malformed }
        guard algorithm.uppercased() == "HMAC_SHA256" else { throw .unsupportedAlgorithm }
        guard let secret = secrets.sharedKeys[keyID] else { throw .unknownKey }
        guard !secret.reveal().isEmpty else { throw .noSecret }
        return (.sha256, [Array(secret.reveal().utf8)])
    }

    private static func checkDigest(of body: [UInt8], in url: String) throws(SignatureRefusal) {
        let address = url.utf8.prefix { $0 != UInt8(ascii: "#") }
        guard let mark = address.firstIndex(of: UInt8(ascii: "?")),
            let form = try? FormBody(decoding: address[mark...].dropFirst())
        else { throw .missing }
        let digests = form.values(named: "bodySHA256")
        guard let digest = digests.first else { throw .missing }
        guard digests.count == 1, let bytes = ByteText.fromHex(digest) else { throw .malformed }
        guard ConstantTime.equal(bytes, Digest.sha256(body)) else { throw .wrongBody }
    }

    private static func code(_ function: HashFunction, key: [UInt8], url: String, payload: Payload) -> String {
        var message = Array(url.utf8)
        if case .form(let parameters) = payload { message += signedText(of: parameters) }
        return ByteText.base64(MessageAuthentication.hmac(function, key: key, message: message))
    }

    /// Sorted by bytes: Swift's own order of strings is another one, and calls two spellings of one letter equal.
    private static func signedText(of parameters: [FormParameter]) -> [UInt8] {
        let pairs = parameters.map { (name: Array($0.name.utf8), value: Array($0.value.utf8)) }.sorted { a, b in
            a.name == b.name
                ? a.value.lexicographicallyPrecedes(b.value) : a.name.lexicographicallyPrecedes(b.name)
        }
        var text: [UInt8] = []
        for (index, pair) in pairs.enumerated() where index == 0 || pairs[index - 1] != pair {
            text += pair.name
            text += pair.value
        }
        return text
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(separator: " ").joined(separator: " ")
    }
}
