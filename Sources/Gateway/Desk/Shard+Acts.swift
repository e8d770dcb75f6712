internal import Basics
internal import Domain
internal import Storage
internal import Wire

// What a rep does with a conversation besides talking in it.

extension Shard {
    func act(_ act: StaffAct, _ cid: ClientMessageID, _ id: ConversationID, _ session: StaffSession) {
        let rep = roster.name(session.scope.viewer)
        let role = session.scope.role
        switch act {
        case .accept:
            if let live = lives[id], live.rung.contains(rep.id), !live.value.isVisible(to: session.scope) {
                // It rang for her a moment ago, so that she may know who was faster; by now it is not hers to see.
                let by = live.value.state.owner.map { roster.name($0).name }
                return refuse(WireError(.claimed, by: by), cid, session.connection)
            }
            deed(cid, id, session) { c, deed throws(Refusal) in try c.accept(by: rep, deed: deed) }
        case .decline:
            deed(cid, id, session) { c, deed throws(Refusal) in try c.endOffer(to: rep, why: .declined, deed: deed) }
        case .claim:
            deed(cid, id, session) { c, deed throws(Refusal) in try c.claim(by: rep, role: role, deed: deed) }
        case .release:
            deed(cid, id, session) { c, deed throws(Refusal) in try c.release(by: rep, deed: deed) }
        case .reopen: reopen(cid, id, session)
        case .assign(let target): assign(target, cid, id, session)
        case .close(let disposition, let note, let next): wrapUp(disposition, note, next, cid, id, session)
        case .pick(let person, let remember): pick(person, remember: remember, cid, id, session)
        case .unpick: unpick(cid, id, session)
        }
    }

    private func reopen(_ cid: ClientMessageID, _ id: ConversationID, _ session: StaffSession) {
        let rep = roster.name(session.scope.viewer)
        if let visitor = lives[id]?.value.visitor, let open = openChats[visitor], open != id {
            return refuse(WireError(.conflict), cid, session.connection)
        }
        deed(cid, id, session) { c, deed throws(Refusal) in try c.reopen(by: rep, deed: deed) }
    }

    private func assign(_ target: RepID, _ cid: ClientMessageID, _ id: ConversationID, _ session: StaffSession) {
        guard let status = statuses().first(where: { $0.rep.id == target }), status.presence != .offline,
            target != session.scope.viewer
        else { return refuse(WireError(.form, field: "args.rep"), cid, session.connection) }
        let until = now + limits.ringFor
        let mine = session.scope
        deed(cid, id, session) { c, deed throws(Refusal) in
            let owner = c.state.owner
            if let owner, owner != mine.viewer, !mine.isUnlimited { throw .notYours }
            return try c.offer(
                to: [status.rep.named],
                until: until,
                why: .transfer,
                from: owner.map { self.roster.name($0) },
                deed: deed
            )
        }
    }

    /// Ends a chat, or files what came of a chat or call that is over; a note goes in with it.
    private func wrapUp(
        _ disposition: String,
        _ note: String?,
        _ next: String?,
        _ cid: ClientMessageID,
        _ id: ConversationID,
        _ session: StaffSession
    ) {
        guard WrapUpCode(rawValue: disposition) != nil else {
            return refuse(WireError(.form, field: "args.disposition"), cid, session.connection)
        }
        if let next, next.utf8.count > 500 {
            return refuse(WireError(.tooLarge, limit: Limit("wrapup.next", 500)), cid, session.connection)
        }
        let rep = session.scope.viewer
        let role = session.scope.role
        let text = limits.text
        deed(cid, id, session) { c, deed throws(Refusal) in
            var drafts: [EventDraft]
            let quiet = Deed(deed.author, at: deed.at)
            if c.state.isOver {
                drafts = try c.wrapUp(by: rep, disposition: disposition, next: next, role: role, deed: deed)
            } else {
                guard c.channel == .chat else { throw .conflict }  // the carrier ends calls
                guard c.state.owner == rep || role.seesEverything else { throw .notYours }
                drafts = try c.closeChat(by: .rep, disposition: disposition, deed: deed)
                drafts += try c.wrapUp(by: rep, disposition: disposition, next: next, role: role, deed: quiet)
            }
            if let note, note.contains(where: { !$0.isWhitespace }) {
                drafts += try c.addNote(note, limits: text, deed: quiet)
            }
            return drafts
        }
    }

    // MARK: Who it is

    /// The rep says who it is: a confirmed link, for this conversation and for the handle it came over.
    private func pick(
        _ person: PersonID,
        remember: Bool,
        _ cid: ClientMessageID,
        _ id: ConversationID,
        _ session: StaffSession
    ) {
        let connection = session.connection
        setBusy(connection)
        ask(
            [.person(person), .isVisible(person, session.scope, now: now)],
            otherwise: { [self] error in
                refuse(error, cid, connection)
                setIdle(connection)
            }
        ) { [self] answers in
            defer { setIdle(connection) }
            guard case .person(let found?) = answers[0], case .flag(let isVisible) = answers[1],
                isVisible || isSuggested(found.id, in: id)
            else { return refuse(WireError(.notFound), cid, connection) }
            let name = PersonName(id: found.id, name: found.name)
            deed(cid, id, session, also: links(id, found.id, remember: remember)) { c, deed throws(Refusal) in
                c.link(
                    to: name,
                    as: PartyMatch(kind: .unique, person: name.id, assurance: .confirmed, confidence: .exact),
                    how: .rep,
                    deed: deed
                )
            } then: { [self] _ in
                adopt(handle(of: id), name)
            }
        }
    }

    /// Whether the rep was shown this person as one whom it may be.
    private func isSuggested(_ person: PersonID, in id: ConversationID) -> Bool {
        guard let party = lives[id]?.party else { return false }
        return party.candidates.contains { $0.person.id == person }
            || party.claims.contains { $0.suggestions.contains { $0.person.id == person } }
    }

    /// The number or the browser over which a conversation came.
    func handle(of id: ConversationID) -> Identity? {
        guard let conversation = lives[id]?.value else { return nil }
        return conversation.identity ?? conversation.visitor.map { Identity(.visitor, $0.rawValue) }
    }

    func links(_ id: ConversationID, _ person: PersonID, remember: Bool) -> [Write] {
        guard let handle = handle(of: id) else { return [] }
        // A number that several people share stays shared; one that nobody had is theirs now.
        let isShared = lives[id]?.party.match.kind == .ambiguous
        var writes: [Write] = [
            .link(
                IdentityLink(
                    identity: handle,
                    person: person,
                    assurance: .confirmed,
                    isShared: isShared,
                    firstSeen: now,
                    lastSeen: now
                )
            )
        ]
        if remember, isShared { writes.append(.remember(handle, person, until: now + limits.rememberChoice)) }
        return writes
    }

    /// Earlier conversations over the same handle that belonged to nobody belong to this person now.
    func adopt(_ handle: Identity?, _ person: PersonName) {
        guard let handle else { return }
        ask([.orphans(handle, limit: 50)]) { [self] result in
            guard case .success(let answers) = result, case .conversations(let orphans, _)? = answers.first else {
                return
            }
            for orphan in orphans where orphan.party.person == nil && orphan.party.kind != .ambiguous {
                change(orphan.id) { [deed = Deed.system(at: now)] c throws(Refusal) in
                    c.link(
                        to: person,
                        as: PartyMatch(kind: .unique, person: person.id, assurance: .confirmed, confidence: .exact),
                        how: .rep,
                        deed: deed
                    )
                }
            }
        }
    }

    private func unpick(_ cid: ClientMessageID, _ id: ConversationID, _ session: StaffSession) {
        guard let live = lives[id], let person = live.value.party.person, live.value.party.assurance == .confirmed
        else {
            return refuse(WireError(.conflict), cid, session.connection)
        }
        let name = PersonName(id: person, name: live.party.card?.summary.person.name ?? "")
        let also: [Write] = handle(of: id).map { [.unlink($0, person, at: now)] } ?? []
        deed(cid, id, session, also: also) { c, deed throws(Refusal) in
            c.unlink(from: name, back: .unknown, deed: deed)
        } then: { [self] _ in
            resolveAgain(id)
        }
    }

    /// Asks afresh who the number belongs to, after a link was taken back.
    private func resolveAgain(_ id: ConversationID) {
        guard let identity = lives[id]?.value.identity else { return }
        ask([.candidates(exact: [identity], national: [], suffix: nil, now: now)]) { [self] result in
            guard case .success(let answers) = result, case .candidates(let candidates)? = answers.first else { return }
            let match = PartyMatch(Resolution.resolve(candidates))
            guard match.kind != .unknown else { return }
            let name = candidates.first { $0.person.id == match.person }?.person
            change(id) { [deed = Deed.system(at: now)] c throws(Refusal) in
                c.settle(match, name, deed: deed)
            }
        }
    }
}
