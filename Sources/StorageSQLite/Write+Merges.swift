internal import Basics
internal import Domain
internal import GRDB
internal import Storage

// Merging draws an edge and lets `canon` follow it; nothing else moves, so that an undo has nothing to repair.
extension UnitWriter {
    func merge(_ edge: MergeEdge) throws -> Outcome {
        guard let loser = try db.canonical(edge.loser), let winner = try db.canonical(edge.winner) else {
            throw Stop.conflict(.missing("person"))
        }
        guard loser == edge.loser, winner != loser else { throw Stop.conflict(.mergeCircle) }
        guard try !db.exists("SELECT 1 FROM merge_edge WHERE id = ?", edge.id) else {
            throw Stop.conflict(.mergeCircle)
        }
        try db.run(
            "INSERT INTO merge_edge VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)",
            edge.id,
            edge.loser,
            edge.winner,
            edge.by.key,
            edge.reason,
            edge.at
        )
        try db.run("UPDATE person SET canon = ? WHERE canon = ?", winner, loser)
        return .done
    }

    func undoMerge(_ id: MergeID, by author: Author, at: Timestamp) throws -> Outcome {
        guard let edge = try db.mergeEdge(id) else { throw Stop.conflict(.missing("merge")) }
        guard edge.undoneAt == nil else { return .done }
        try db.run("UPDATE merge_edge SET undone_at = ?, undone_by = ? WHERE id = ?", at, author.key, id)
        // The loser is its own again, and whatever was merged into it stays its part.
        try db.run(
            """
            WITH RECURSIVE part (id) AS (
                VALUES (?1) UNION SELECT m.loser FROM merge_edge m JOIN part ON m.winner = part.id
                WHERE m.undone_at IS NULL
            )
            UPDATE person SET canon = ?1 WHERE id IN (SELECT id FROM part)
            """,
            edge.loser
        )
        return .done
    }
}

extension Database {
    func mergeEdge(_ id: MergeID) throws -> MergeEdge? {
        try first("SELECT id, loser, winner, by, reason, at, undone_at FROM merge_edge WHERE id = ?", id) {
            MergeEdge(
                id: $0.id(),
                loser: $0.id(),
                winner: $0.id(),
                by: try Columns.known(Author(key: $0.text())),
                reason: $0.text(),
                at: $0.time(),
                undoneAt: $0.timeIfAny()
            )
        }
    }
}
