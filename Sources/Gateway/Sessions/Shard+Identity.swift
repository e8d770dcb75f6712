internal import Basics
internal import Domain
internal import Logging
internal import Signing
internal import Storage
internal import Wire

// What a site's signed proof does, and nothing else may: tie a browser to a person for certain.

extension Shard {
    /// Finds, or makes, the person behind a proof; without one, whoever this browser was tied to before.
    ///
    /// A browser that belongs to one verified person and now brings a proof for another gets a new visitor id: two
    /// people share the machine, and neither may see the other's chats.
    func identify(
        _ visitor: VisitorID,
        _ claims: IdentityClaims?,
        _ inbox: InboxSettings,
        then: @escaping (VisitorID, PersonName?) -> Void
    ) {
        let browser = Identity(.visitor, visitor.rawValue)
        let subject = claims.map { Identity(.external, $0.subject, issuer: inbox.key) }
        let email = claims?.email.flatMap { Identity.email($0.reveal()) }
        let queries = [browser, subject, email].map { identity in
            Query.candidates(exact: identity.map { [$0] } ?? [], national: [], suffix: nil, now: now)
        }
        ask(queries, otherwise: { _ in then(visitor, nil) }) { [self] answers in
            func found(_ index: Int, _ least: Assurance) -> Candidate? {
                guard case .candidates(let candidates) = answers[index] else { return nil }
                return candidates.filter { $0.assurance >= least }.max { $0.assurance < $1.assurance }
            }
            let before = found(0, .confirmed)
            guard let claims, let subject else {
                return then(visitor, before?.assurance == .verified ? before?.person : nil)
            }
            // The subject is the site's own name for a person; a mail address counts only where it has one owner.
            let match = found(1, .verified) ?? found(2, .confirmed).flatMap { $0.isExclusive ? $0 : nil }
            let visitor = before.map { $0.person.id != match?.person.id } == true ? newID() : visitor
            attach(visitor, subject, email, to: match?.person, claims, then)
        }
    }

    private func attach(
        _ visitor: VisitorID,
        _ subject: Identity,
        _ email: Identity?,
        to known: PersonName?,
        _ claims: IdentityClaims,
        _ then: @escaping (VisitorID, PersonName?) -> Void
    ) {
        var writes: [Write] = []
        let name = claims.name?.reveal() ?? known?.name ?? claims.email?.reveal() ?? claims.subject
        let person = known ?? PersonName(id: newID(), name: name)
        if known == nil {
            writes.append(.insertPerson(Person(id: person.id, name: person.name, lifecycle: .lead, createdAt: now)))
            if let email { writes.append(.link(link(email, person.id, .verified, isExclusive: true))) }
        }
        writes.append(.link(link(subject, person.id, .verified, isExclusive: true)))
        writes.append(.link(link(Identity(.visitor, visitor.rawValue), person.id, .verified, isExclusive: true)))
        write(WriteUnit(writes)) { [self] result in
            guard case .success(.stored) = result else {
                logger.warning("a proven identity could not be tied to a person")
                return then(visitor, nil)
            }
            then(visitor, person)
            adoptProven(visitor, person)
        }
    }

    /// What this browser said before it could prove who is behind it is that person's too, the open chat first.
    private func adoptProven(_ visitor: VisitorID, _ person: PersonName) {
        let browser = Identity(.visitor, visitor.rawValue)
        ask([.orphans(browser, limit: 50)]) { [self] result in
            guard case .success(let answers) = result, case .conversations(let orphans, _)? = answers.first else {
                return
            }
            for orphan in orphans where orphan.party.person == nil {
                change(orphan.id) { [deed = Deed.system(at: now)] c throws(Refusal) in
                    c.link(
                        to: person,
                        as: PartyMatch(kind: .unique, person: person.id, assurance: .verified),
                        how: .proof,
                        deed: deed
                    )
                }
            }
        }
    }

    func link(
        _ identity: Identity,
        _ person: PersonID,
        _ assurance: Assurance,
        isExclusive: Bool = false
    ) -> IdentityLink {
        IdentityLink(
            identity: identity,
            person: person,
            assurance: assurance,
            isExclusive: isExclusive,
            firstSeen: now,
            lastSeen: now
        )
    }
}
