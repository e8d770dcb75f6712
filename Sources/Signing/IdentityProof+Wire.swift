internal import Basics

// The JSON of a proof, and its way to values.

extension IdentityProof {

    struct Header: Decodable {
        let alg: String
        let crit: [String]?
    }

    struct Claims: Codable {
        let sub: String
        let aud: Audience
        let jti: String
        let iat: Double
        let exp: Double
        var email: String?
        var phone: String?
        var name: String?
    }

    /// One text, or an array of one: the two ways that libraries write a single audience.
    ///
    /// A proof for several inboxes at once is a proof for none: the empty text equals no inbox.
    struct Audience: Codable {
        let only: String
        init(_ only: String) { self.only = only }
        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                only = text
            } else {
                let texts = try container.decode([String].self)
                only = texts.count == 1 ? texts[0] : ""
            }
        }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(only)
        }
    }
}

extension IdentityProof.Claims {

    init(_ claims: IdentityClaims) {
        sub = claims.subject
        aud = IdentityProof.Audience(claims.audience)
        jti = claims.proofID
        iat = Double(claims.issuedAt.milliseconds / 1_000)
        exp = Double(claims.expiresAt.milliseconds / 1_000)
        email = claims.email?.reveal()
        phone = claims.phone?.reveal()
        name = claims.name?.reveal()
    }

    /// The claims as values, if each has a size and a time that can be.
    var checked: IdentityClaims? {
        let texts = [sub, aud.only, jti, email, phone, name].compactMap(\.self)
        guard !sub.isEmpty, !jti.isEmpty,
            texts.allSatisfy({ IdentityProof.claimBytesMax.admits($0.utf8.count) }),
            let issuedAt = Self.moment(iat), let expiresAt = Self.moment(exp)
        else { return nil }
        return IdentityClaims(
            subject: sub,
            audience: aud.only,
            proofID: jti,
            email: email.map(Redacted.init),
            phone: phone.map(Redacted.init),
            name: name.map(Redacted.init),
            issuedAt: issuedAt,
            expiresAt: expiresAt
        )
    }

    /// Seconds since 1970, fractions allowed (RFC 7519 §2, NumericDate).
    private static func moment(_ seconds: Double) -> Timestamp? {
        guard seconds >= 0, seconds < 100_000_000_000 else { return nil }
        return Timestamp(milliseconds: Int64(seconds * 1_000))
    }
}
