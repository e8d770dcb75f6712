import Basics
import Domain

// People, their handles, and which records are one person.
extension MemoryState {
    mutating func insert(_ person: Person) throws(MemoryStop) {
        if let known = people[person.id] { throw .conflict(.personRevision(known)) }
        try checkOrganisation(of: person)
        people[person.id] = person
        canonical[person.id] = person.id
    }

    mutating func update(_ person: Person, assuming: Int64) throws(MemoryStop) {
        guard let known = people[person.id] else { throw .conflict(.missing("person")) }
        guard known.revision == assuming else { throw .conflict(.personRevision(known)) }
        try checkOrganisation(of: person)
        var next = person
        next.revision = assuming + 1
        next.createdAt = known.createdAt
        people[person.id] = next
    }

    mutating func put(_ deal: Deal) throws(MemoryStop) {
        _ = try whole(deal.person)
        var next = deal
        next.createdAt = deals[deal.id]?.createdAt ?? deal.createdAt
        deals[deal.id] = next
    }

    mutating func add(_ link: IdentityLink) throws(MemoryStop) {
        let person = try whole(link.person)
        var link = link
        let owner = links[link.identity]?.values.first { $0.retractedAt == nil && $0.link.isExclusive }?.link.person
        if link.isExclusive, let owner, owner != link.person {
            let ownerNow = try whole(owner)
            guard ownerNow == person else { throw .conflict(.identityOwned(ownerNow)) }
            link.isExclusive = false
        }
        if let known = links[link.identity]?[link.person] {
            let firstSeen = min(known.link.firstSeen, link.firstSeen)
            let lastSeen = max(known.link.lastSeen, link.lastSeen)
            if known.retractedAt == nil {
                link.assurance = max(known.link.assurance, link.assurance)
                link.isShared = known.link.isShared || link.isShared
                link.isExclusive = (known.link.isExclusive || link.isExclusive) && !link.isShared
            }
            link.firstSeen = firstSeen
            link.lastSeen = lastSeen
        }
        links[link.identity, default: [:]][link.person] = KeptLink(link: link)
    }

    mutating func retract(_ identity: Identity, from person: PersonID, at: Timestamp) throws(MemoryStop) {
        let person = try whole(person)
        for (record, kept) in links[identity] ?? [:] where kept.retractedAt == nil && canonical[record] == person {
            links[identity]?[record]?.retractedAt = at
        }
        if let known = remembered[identity], canonical[known.person] == person { remembered[identity] = nil }
    }

    mutating func remember(_ identity: Identity, _ person: PersonID, until: Timestamp) throws(MemoryStop) {
        _ = try whole(person)
        remembered[identity] = (person, until)
    }

    mutating func merge(_ edge: MergeEdge) throws(MemoryStop) {
        let (loser, winner) = (try whole(edge.loser), try whole(edge.winner))
        guard loser == edge.loser, winner != loser, !edges.contains(where: { $0.id == edge.id }) else {
            throw .conflict(.mergeCircle)
        }
        edges.append(edge)
        followEdges()
    }

    mutating func undoMerge(_ id: MergeID, at: Timestamp) throws(MemoryStop) {
        guard let index = edges.firstIndex(where: { $0.id == id }) else { throw .conflict(.missing("merge")) }
        guard edges[index].undoneAt == nil else { return }
        edges[index].undoneAt = at
        followEdges()
    }

    private mutating func followEdges() {
        for person in people.keys { canonical[person] = MergeEdge.canonical(person, under: edges) }
    }

    /// The person that this record now stands for.
    private func whole(_ record: PersonID) throws(MemoryStop) -> PersonID {
        guard let person = canonical[record] else { throw .conflict(.missing("person")) }
        return person
    }

    private func checkOrganisation(of person: Person) throws(MemoryStop) {
        if let organisation = person.organisation, organisations[organisation] == nil {
            throw .conflict(.missing("organisation"))
        }
    }
}
