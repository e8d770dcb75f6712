internal import Basics
internal import Domain
internal import PhoneNumbers
internal import Storage
internal import Wire

/// Who the other party is, as a screen shows it: the match, and the names behind its ids.
struct PartyView {
    struct Claim {
        let claim: Conversation.Claim
        /// People whom the claim would mean if it were true; shown to staff alone.
        var suggestions: [Candidate] = []
    }
    var match: PartyMatch
    var number: String?
    var e164: String?
    var card: PersonCard?
    var candidates: [Candidate] = []
    var claims: [Claim] = []
    var visitors: [VisitorID] = []

    init(_ conversation: Conversation) {
        match = conversation.party
        number = conversation.numberShown
        if let identity = conversation.identity, identity.kind == .phone { e164 = identity.value }
        claims = conversation.claims.map { Claim(claim: $0) }
        if let visitor = conversation.visitor { visitors = [visitor] }
    }

    /// What has to be asked to fill the view.
    static func queries(
        for conversation: Conversation,
        reading numbers: NumberReader,
        line: LineRules,
        at now: Timestamp
    )
        -> [Query]
    {
        var queries: [Query] = []
        if let person = conversation.party.person { queries += [.card(person), .visitors(of: person)] }
        if conversation.party.kind == .ambiguous, let identity = conversation.identity {
            queries.append(.candidates(exact: [identity], national: [], suffix: suffix(identity), now: now))
        }
        for claim in conversation.claims {
            guard let identity = Self.identity(of: claim, numbers, line) else { continue }
            queries.append(.candidates(exact: [identity], national: [], suffix: nil, now: now))
        }
        return queries
    }

    /// Takes the answers to `queries(for:)`, in their order.
    mutating func fill(_ conversation: Conversation, _ answers: [Answer], _ numbers: NumberReader, _ line: LineRules) {
        var rest = answers[...]
        func next() -> Answer? { rest.popFirst() }
        if conversation.party.person != nil {
            if case .card(let found)? = next() { card = found }
            if case .visitors(let found)? = next() { visitors += found.filter { !visitors.contains($0) } }
        }
        if conversation.party.kind == .ambiguous, conversation.identity != nil, case .candidates(let found)? = next() {
            candidates = found.filter { $0.assurance > .claimed }
        }
        for index in claims.indices where Self.identity(of: claims[index].claim, numbers, line) != nil {
            if case .candidates(let found)? = next() {
                claims[index].suggestions = found.filter { $0.assurance > .claimed }
            }
        }
    }

    private static func suffix(_ identity: Identity) -> String? {
        identity.kind == .phone && identity.value.utf8.count > 8 ? String(identity.value.suffix(8)) : nil
    }

    private static func identity(of claim: Conversation.Claim, _ numbers: NumberReader, _ line: LineRules) -> Identity?
    {
        switch claim.kind {
        case .email: Identity.email(claim.value)
        case .phone: numbers.read(claim.value, line: line).e164.map { Identity(.phone, $0) }
        case .name, .topic: nil
        }
    }

    // MARK: JSON (`Protocols/sbp-1.md`, *Party*)

    func write(to json: inout JSONWriter) {
        json.field("match", match.kind.rawValue)
        json.field("level", level)
        if let confidence = match.confidence {
            json.field("confidence", confidence == .exact ? "exact" : confidence == .national ? "national" : "suffix")
        }
        if let card {
            json.key("person")
            json.object { json in
                json.field("id", card.summary.person.id.rawValue)
                json.field("name", card.summary.person.name)
                json.optional("org", card.summary.organisation?.name)
            }
        }
        json.optional("number", number)
        json.optional("e164", e164)
        if !claims.isEmpty {
            json.field("claims", array: claims) { json, claim in
                json.object { json in
                    json.field("kind", claim.claim.kind.rawValue)
                    json.field("value", claim.claim.value)
                    if !claim.suggestions.isEmpty {
                        json.field("suggests", array: claim.suggestions) { json, candidate in
                            json.object { json in
                                json.field("id", candidate.person.id.rawValue)
                                json.field("name", candidate.person.name)
                                json.optional("org", candidate.organisation)
                            }
                        }
                    }
                }
            }
        }
        if !candidates.isEmpty {
            json.field("candidates", array: candidates) { json, candidate in
                json.object { json in
                    json.field("id", candidate.person.id.rawValue)
                    json.field("name", candidate.person.name)
                    json.optional("org", candidate.organisation)
                    if let owner = candidate.owner {
                        json.key("owner")
                        json.rep(owner)
                    }
                    json.field("why", Self.reason(candidate))
                }
            }
        }
    }

    private var level: String {
        switch match.assurance {
        case .verified: "verified"
        case .confirmed: "confirmed"
        case .network: "network"
        case .claimed: "claimed"
        case nil: claims.isEmpty ? "none" : "claimed"
        }
    }

    private static func reason(_ candidate: Candidate) -> String {
        if candidate.isRemembered { return "remembered" }
        if candidate.openDeals > 0 { return "open_deal" }
        switch candidate.confidence {
        case .exact: return "same_number"
        case .national: return "same_number_national"
        case .suffix: return "similar_number"
        }
    }
}
