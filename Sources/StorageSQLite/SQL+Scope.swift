internal import Basics
internal import Domain
internal import Storage

/// A condition and the values of its question marks.
struct Condition {
    var sql: String
    var values: [any Bindable]

    static var always: Condition { Condition(sql: "1", values: []) }

    static func && (a: Condition, b: Condition) -> Condition {
        Condition(sql: "(\(a.sql)) AND (\(b.sql))", values: a.values + b.values)
    }

    static func || (a: Condition, b: Condition) -> Condition {
        Condition(sql: "(\(a.sql)) OR (\(b.sql))", values: a.values + b.values)
    }
}

// What a scope sees, as conditions: what is outside is not found, so that no caller has to remember to hide it.
extension Scope {
    /// Of a canonical person `p`: it is hers or nobody's, or she has or was offered a conversation with it that has not
    /// been over for long.
    func seesPerson(_ p: String, at now: Timestamp) -> Condition {
        guard !isUnlimited else { return .always }
        return Condition(
            sql: """
                \(p).owner IS NULL OR \(p).owner = ? OR EXISTS (
                    SELECT 1 FROM person mine CROSS JOIN conversation held CROSS JOIN participant part
                    WHERE mine.canon = \(p).id AND held.person = mine.id
                        AND part.conversation = held.n AND part.rep = ?
                        AND (held.state <> 'closed' OR held.done_at >= ?)
                )
                """,
            values: [viewer, viewer, now - Self.participationWindow]
        )
    }

    /// Of a conversation `c`: it is for her where it stands, or its person is visible.
    func seesConversation(_ c: String, at now: Timestamp) -> Condition {
        guard !isUnlimited else { return .always }
        let person = seesPerson("whole", at: now)
        return isAudience("\(c).audience")
            || Condition(
                sql: """
                    EXISTS (
                        SELECT 1 FROM person record JOIN person whole ON whole.id = record.canon
                        WHERE record.id = \(c).person AND (\(person.sql))
                    )
                    """,
                values: person.values
            )
    }

    func isAudience(_ column: String) -> Condition {
        guard !isUnlimited else { return .always }
        return Condition(sql: "\(column) = '*' OR instr(\(column), ?) > 0", values: [",\(viewer.rawValue),"])
    }
}
