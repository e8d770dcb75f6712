internal import Basics
internal import Domain
internal import Storage

// Whom a handle may mean.
extension Snapshot {
    func candidates(
        exact: [Identity],
        national: [Identity],
        suffix: String?,
        at now: Timestamp
    ) throws -> [Candidate] {
        let found = try CandidateLadder.climb { confidence in
            switch confidence {
            case .exact: try exact.flatMap(sightings)
            case .national: try national.flatMap(sightings)
            case .suffix: try suffix.map(sightings(endingIn:)) ?? []
            }
        }
        let remembered = try Set(exact.compactMap { try rememberedPerson(for: $0, at: now) })
        return try found.compactMap { try candidate($0, isRemembered: remembered.contains($0.sighting.person)) }
    }

    private static let sighted = """
        SELECT m.canon, l.assurance, l.exclusive, l.last_seen FROM identity i
            JOIN identity_link l ON l.identity = i.n AND l.retracted_at IS NULL JOIN person m ON m.id = l.person
        """

    private func sightings(of identity: Identity) throws -> [Sighting] {
        let same = try db.all(
            "\(Self.sighted) WHERE i.kind = ? AND i.issuer = ? AND i.value = ?",
            identity.kind.rawValue,
            identity.issuer,
            identity.value,
            read: Self.sighting
        )
        guard identity.kind == .phone else { return same }
        // A company's number on the line may be anyone's who has an extension behind it: found, but not owned.
        let extensions = try db.all(
            "\(Self.sighted) WHERE i.base = ? AND i.value <> i.base AND i.value <> ?",
            identity.value,
            identity.value,
            read: Self.sighting
        )
        return same + extensions.map(\.withoutOwnership)
    }

    private func sightings(endingIn suffix: String) throws -> [Sighting] {
        try db.all("\(Self.sighted) WHERE i.suffix = ?", suffix, read: Self.sighting)
    }

    private static func sighting(_ columns: inout Columns) throws -> Sighting {
        Sighting(
            person: columns.id(),
            assurance: try Columns.known(columns.numberedIfAny()),
            isExclusive: columns.flag(),
            lastSeen: columns.time()
        )
    }

    private func rememberedPerson(for identity: Identity, at now: Timestamp) throws -> PersonID? {
        try db.first(
            """
            SELECT m.canon FROM identity i JOIN remembered r ON r.identity = i.n JOIN person m ON m.id = r.person
            WHERE i.kind = ? AND i.issuer = ? AND i.value = ? AND r.until > ?
            """,
            identity.kind.rawValue,
            identity.issuer,
            identity.value,
            now
        ) { $0.id() }
    }

    private func candidate(_ found: CandidateLadder.Found, isRemembered: Bool) throws -> Candidate? {
        let sighting = found.sighting
        return try db.first(
            """
            SELECT p.name, o.name, r.id, r.name,
                (SELECT count(*) FROM person m JOIN deal d ON d.person = m.id AND d.outcome = 'open' WHERE m.canon = p.id)
            FROM person p LEFT JOIN organisation o ON o.id = p.organisation LEFT JOIN rep r ON r.id = p.owner
            WHERE p.id = ?
            """,
            sighting.person
        ) { columns in
            let name = columns.text()
            let organisation = columns.textIfAny()
            let owner: RepID? = columns.idIfAny()
            let ownerName = columns.textIfAny()
            return Candidate(
                person: PersonName(id: sighting.person, name: name),
                organisation: organisation,
                owner: owner.map { RepName(id: $0, name: ownerName ?? "") },
                assurance: sighting.assurance,
                isExclusive: sighting.isExclusive,
                confidence: found.confidence,
                openDeals: Int(columns.integer()),
                lastSeen: sighting.lastSeen,
                isRemembered: isRemembered
            )
        }
    }
}
