public import Basics

/// How exactly a number on the line met a number in the store.
public enum MatchConfidence: Int, Hashable, Comparable, Sendable {
    case suffix = 0
    case national = 1
    case exact = 2
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// One person whom a presented identity may mean, with what the ranking needs to know.
public struct Candidate: Hashable, Sendable {
    public var person: PersonName
    public var organisation: String?
    public var owner: RepName?
    public var assurance: Assurance
    public var isExclusive: Bool
    public var confidence: MatchConfidence
    public var openDeals: Int
    public var lastSeen: Timestamp
    /// A rep said of this number lately: it is this one.
    public var isRemembered: Bool

    public init(
        person: PersonName,
        organisation: String? = nil,
        owner: RepName? = nil,
        assurance: Assurance,
        isExclusive: Bool = false,
        confidence: MatchConfidence = .exact,
        openDeals: Int = 0,
        lastSeen: Timestamp,
        isRemembered: Bool = false
    ) {
        self.person = person
        self.organisation = organisation
        self.owner = owner
        self.assurance = assurance
        self.isExclusive = isExclusive
        self.confidence = confidence
        self.openDeals = openDeals
        self.lastSeen = lastSeen
        self.isRemembered = isRemembered
    }
}

/// Whom a presented identity means: one, several, or nobody we know.
public enum Resolution: Hashable, Sendable {
    case unique(Candidate)
    case ambiguous([Candidate])
    case unknown

    /// Decides, from the same facts always the same; claims never count, and a suffix alone never decides.
    public static func resolve(_ candidates: [Candidate]) -> Resolution {
        let known = candidates.filter { $0.assurance > .claimed }
        guard let confidence = known.map(\.confidence).max() else { return .unknown }
        let ranked = known.filter { $0.confidence == confidence }.sorted(by: precedes)
        if confidence == .suffix { return .ambiguous(ranked) }
        if ranked.count == 1 { return .unique(ranked[0]) }
        let owners = ranked.filter(\.isExclusive)
        if owners.count == 1 { return .unique(owners[0]) }
        let remembered = ranked.filter(\.isRemembered)
        return remembered.count == 1 ? .unique(remembered[0]) : .ambiguous(ranked)
    }

    private static func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
        if a.isRemembered != b.isRemembered { return a.isRemembered }
        if a.assurance != b.assurance { return a.assurance > b.assurance }
        if a.isExclusive != b.isExclusive { return a.isExclusive }
        if (a.openDeals > 0) != (b.openDeals > 0) { return a.openDeals > 0 }
        if a.lastSeen != b.lastSeen { return a.lastSeen > b.lastSeen }
        return a.person.id < b.person.id
    }
}
