import Basics
import Domain

// People as a whole: every answer is about the person that a record now stands for.
extension MemoryState {
    func person(_ id: PersonID) -> Person? { canonical[id].flatMap { people[$0] } }

    func people(_ term: SearchTerm, _ scope: Scope, after: Cursor?, limit: Int, at now: Timestamp) -> Answer {
        let key = after?.nameKey
        let found = people.values
            .filter { canonical[$0.id] == $0.id && isVisible($0, to: scope, at: now) && matches($0, term) }
            .sorted { precedes(($0.name.searchKey, $0.id.rawValue), ($1.name.searchKey, $1.id.rawValue)) }
            .filter { person in key.map { precedes($0, (person.name.searchKey, person.id.rawValue)) } ?? true }
        let page = found.first(limit)
        let next =
            found.count > page.count
            ? page.last.map { Cursor(name: $0.name.searchKey, id: $0.id.rawValue) } : nil
        return .people(page.map(summary), next: next)
    }

    /// By bytes, as a database sorts.
    private func precedes(_ a: (name: String, id: String), _ b: (name: String, id: String)) -> Bool {
        a.name == b.name ? a.id < b.id : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }

    private func matches(_ person: Person, _ term: SearchTerm) -> Bool {
        if term.text.isEmpty { return true }
        let records = records(of: person.id)
        if records.contains(where: { people[$0]?.name.searchKey.contains(term.text) == true }) { return true }
        return handles(of: records).contains { identity in
            switch identity.kind {
            case .email: identity.value.contains(term.text)
            case .phone: term.digits.map(identity.value.contains) ?? false
            case .visitor, .external: false
            }
        }
    }

    /// All records that are this person.
    private func records(of person: PersonID) -> Set<PersonID> {
        Set(canonical.filter { $0.value == person }.keys)
    }

    /// What is known of them, and not only claimed.
    private func handles(of records: Set<PersonID>, atLeast assurance: Assurance = .network) -> [Identity] {
        links.filter { _, kept in
            kept.contains {
                records.contains($0.key) && $0.value.retractedAt == nil && $0.value.link.assurance >= assurance
            }
        }.keys.sorted { $0.value < $1.value }
    }

    private func summary(of person: Person) -> PersonSummary {
        let handles = handles(of: records(of: person.id))
        return PersonSummary(
            person: person,
            organisation: person.organisation.flatMap { organisations[$0] },
            owner: person.owner.flatMap { reps[$0]?.named },
            phones: handles.filter { $0.kind == .phone }.map(\.value),
            emails: handles.filter { $0.kind == .email }.map(\.value)
        )
    }

    func card(of id: PersonID) -> PersonCard? {
        guard let person = person(id) else { return nil }
        let records = records(of: person.id)
        let recent = newest(PersonCard.recentLimit.value) { $0.party.person.map(records.contains) ?? false }
        var named: Set<RepID> = []
        return PersonCard(
            summary: summary(of: person),
            deals: deals.values.filter { records.contains($0.person) }.sorted(by: Self.comesFirst)
                .first(PersonCard.dealLimit.value),
            recent: recent,
            reps: recent.compactMap(\.state.owner).filter { named.insert($0).inserted }
                .compactMap { reps[$0]?.named },
            merged: edges.filter { $0.undoneAt == nil && records.contains($0.loser) }
                .sorted { ($0.at, $0.id.rawValue) < ($1.at, $1.id.rawValue) }
                .compactMap { edge in
                    people[edge.loser].map {
                        PersonCard.Merged(edge: edge.id, person: PersonName(id: $0.id, name: $0.name), at: edge.at)
                    }
                }
        )
    }

    private static func comesFirst(_ a: Deal, _ b: Deal) -> Bool {
        if (a.outcome == .open) != (b.outcome == .open) { return a.outcome == .open }
        return (a.createdAt, a.id.rawValue) > (b.createdAt, b.id.rawValue)
    }

    func lastRep(of id: PersonID) -> RepID? {
        guard let person = canonical[id] else { return nil }
        return conversations.values.map(\.value)
            .filter { $0.party.person.flatMap { canonical[$0] } == person && $0.state.owner != nil }
            .max { ($0.heldAt, $0.id.rawValue) < ($1.heldAt, $1.id.rawValue) }?.state.owner
    }

    func visitors(of id: PersonID) -> [VisitorID] {
        guard let person = canonical[id] else { return [] }
        return handles(of: records(of: person), atLeast: .confirmed).filter { $0.kind == .visitor }
            .map { VisitorID($0.value) }
    }

    func candidates(exact: [Identity], national: [Identity], suffix: String?, at now: Timestamp) -> [Candidate] {
        let found = CandidateLadder.climb { confidence in
            switch confidence {
            case .exact: exact.flatMap(sightings)
            case .national: national.flatMap(sightings)
            case .suffix:
                suffix.map { ending in links.keys.filter { $0.numberSuffix == ending }.flatMap(sightingsOnly) } ?? []
            }
        }
        let remembered = Set(
            exact.compactMap { identity -> PersonID? in
                guard let known = self.remembered[identity], known.until > now else { return nil }
                return canonical[known.person]
            }
        )
        return found.compactMap { candidate($0, isRemembered: remembered.contains($0.sighting.person)) }
    }

    private func sightings(of identity: Identity) -> [Sighting] {
        guard identity.kind == .phone else { return sightingsOnly(of: identity) }
        let extensions = links.keys.filter { $0 != identity && $0.numberBase == identity.value }
        return sightingsOnly(of: identity) + extensions.flatMap(sightingsOnly).map(\.withoutOwnership)
    }

    private func sightingsOnly(of identity: Identity) -> [Sighting] {
        (links[identity] ?? [:]).values.filter { $0.retractedAt == nil }.compactMap { kept in
            canonical[kept.link.person].map {
                Sighting(
                    person: $0,
                    assurance: kept.link.assurance,
                    isExclusive: kept.link.isExclusive,
                    lastSeen: kept.link.lastSeen
                )
            }
        }
    }

    private func candidate(_ found: CandidateLadder.Found, isRemembered: Bool) -> Candidate? {
        guard let person = people[found.sighting.person] else { return nil }
        let records = records(of: person.id)
        return Candidate(
            person: PersonName(id: person.id, name: person.name),
            organisation: person.organisation.flatMap { organisations[$0]?.name },
            owner: person.owner.flatMap { reps[$0]?.named },
            assurance: found.sighting.assurance,
            isExclusive: found.sighting.isExclusive,
            confidence: found.confidence,
            openDeals: deals.values.count { $0.outcome == .open && records.contains($0.person) },
            lastSeen: found.sighting.lastSeen,
            isRemembered: isRemembered
        )
    }
}
