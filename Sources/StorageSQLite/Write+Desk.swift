internal import Basics
internal import Domain
internal import GRDB
internal import Storage

// Visitors and their pages, reps and their logins.
extension UnitWriter {
    func put(_ visitor: VisitorRecord) throws -> Outcome {
        try db.run(
            """
            INSERT INTO visitor VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
                inbox = excluded.inbox, language = coalesce(excluded.language, language),
                first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)
            """,
            visitor.id,
            visitor.inbox,
            visitor.language,
            visitor.firstSeen,
            visitor.lastSeen
        )
        return .done
    }

    /// The newest pages of a visitor are kept, the rest forgotten.
    func insert(_ page: PageView, of visitor: VisitorID) throws -> Outcome {
        guard try db.exists("SELECT 1 FROM visitor WHERE id = ?", visitor) else {
            throw Stop.conflict(.missing("visitor"))
        }
        let number = try db.count("SELECT coalesce(max(n), 0) + 1 FROM page_view WHERE visitor = ?", visitor)
        try db.run("INSERT INTO page_view VALUES (?, ?, ?, ?, ?)", visitor, number, page.at, page.url, page.title)
        try db.run(
            "DELETE FROM page_view WHERE visitor = ? AND n <= ?",
            visitor,
            number - Int64(PageView.keptLimit.value)
        )
        return .done
    }

    func put(_ rep: Rep) throws -> Outcome {
        let holder: RepID? = try db.first("SELECT id FROM rep WHERE email_key = ?", rep.email.searchKey) { $0.id() }
        guard holder == nil || holder == rep.id else { throw Stop.conflict(.emailTaken) }
        try db.run(
            """
            INSERT INTO rep VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (id) DO UPDATE SET
                name = excluded.name, email = excluded.email, email_key = excluded.email_key, role = excluded.role,
                addresses = excluded.addresses, chats_at_once = excluded.chats_at_once, language = excluded.language,
                active = excluded.active, intent = excluded.intent
            """,
            rep.id,
            rep.name,
            rep.email,
            rep.email.searchKey,
            rep.role.rawValue,
            try JSON.text(rep.addresses),
            rep.chatsAtOnce,
            rep.language,
            rep.isActive,
            rep.intent.rawValue
        )
        return .done
    }

    func setPassword(of rep: RepID, hash: Redacted<String>) throws -> Outcome {
        try db.run("UPDATE rep SET password = ? WHERE id = ?", hash.reveal(), rep)
        return try doneIfChanged("rep")
    }

    func setIntent(of rep: RepID, _ intent: Rep.Intent) throws -> Outcome {
        try db.run("UPDATE rep SET intent = ? WHERE id = ?", intent.rawValue, rep)
        return try doneIfChanged("rep")
    }

    func put(_ session: SessionRecord) throws -> Outcome {
        guard try db.exists("SELECT 1 FROM rep WHERE id = ?", session.rep) else {
            throw Stop.conflict(.missing("rep"))
        }
        try db.run(
            """
            INSERT INTO session VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO UPDATE SET
                rep = excluded.rep, created_at = excluded.created_at, last_seen = excluded.last_seen
            """,
            session.hash,
            session.rep,
            session.createdAt,
            session.lastSeen
        )
        return .done
    }

    /// A session that has ended meanwhile stays ended.
    func touchSession(_ hash: String, at: Timestamp) throws -> Outcome {
        try db.run("UPDATE session SET last_seen = max(last_seen, ?) WHERE hash = ?", at, hash)
        return .done
    }

    func endSession(_ hash: String) throws -> Outcome {
        try db.run("DELETE FROM session WHERE hash = ?", hash)
        return .done
    }

    func endSessions(of rep: RepID) throws -> Outcome {
        try db.run("DELETE FROM session WHERE rep = ?", rep)
        return .done
    }

    private func doneIfChanged(_ what: String) throws -> Outcome {
        guard db.changesCount == 1 else { throw Stop.conflict(.missing(what)) }
        return .done
    }
}
