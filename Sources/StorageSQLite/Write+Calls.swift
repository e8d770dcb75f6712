internal import Basics
internal import Domain
internal import GRDB
internal import Storage

// What carriers said: raw deliveries, the events read from them, and the names of calls.
extension UnitWriter {
    func insert(_ delivery: RawDelivery) throws -> Outcome {
        let known: DeliveryID? = try db.first(
            "SELECT id FROM delivery WHERE carrier = ? AND account = ? AND key = ?",
            delivery.carrier,
            delivery.account,
            delivery.key
        ) { $0.id() }
        if let known { return .repeated(known) }
        try db.run(
            """
            INSERT INTO delivery (id, carrier, account, key, received_at, content_type, query, body, state, note)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            delivery.id,
            delivery.carrier,
            delivery.account,
            delivery.key,
            delivery.receivedAt,
            delivery.contentType,
            delivery.query,
            delivery.body,
            delivery.state.rawValue,
            delivery.note
        )
        return .done
    }

    func settle(_ id: DeliveryID, _ state: RawDelivery.State, note: String?, at: Timestamp) throws -> Outcome {
        try db.run("UPDATE delivery SET state = ?, note = ?, settled_at = ? WHERE id = ?", state.rawValue, note, at, id)
        guard db.changesCount == 1 else { throw Stop.conflict(.missing("delivery")) }
        return .done
    }

    func insert(_ events: [CallEvent], of id: ConversationID) throws -> Outcome {
        guard let standing = try db.standing(of: id) else { throw Stop.conflict(.missing("conversation")) }
        for event in events {
            try db.run(
                "INSERT INTO call_event (conversation, event) VALUES (?, ?)",
                standing.row,
                try JSON.text(CallEventRow(event))
            )
        }
        return .done
    }

    /// The first conversation that a call is given keeps it.
    func name(_ key: CallKey, _ id: ConversationID) throws -> Outcome {
        if let known = try db.conversation(named: key) {
            guard known == id else { throw Stop.conflict(.aliasTaken(known)) }
            return .done
        }
        guard let standing = try db.standing(of: id) else { throw Stop.conflict(.missing("conversation")) }
        try db.run("INSERT INTO call_alias VALUES (?, ?, ?, ?)", key.carrier, key.account, key.id, standing.row)
        return .done
    }
}

extension Database {
    func conversation(named key: CallKey) throws -> ConversationID? {
        try first(
            """
            SELECT c.id FROM call_alias a JOIN conversation c ON c.n = a.conversation
            WHERE a.carrier = ? AND a.account = ? AND a.call = ?
            """,
            key.carrier,
            key.account,
            key.id
        ) { $0.id() }
    }
}
