public import Basics

public typealias MergeID = Identifier<MergeEdge>

/// Two records are one person; an edge, not a rewrite, so that it can be undone.
public struct MergeEdge: Hashable, Sendable {
    public var id: MergeID
    public var loser: PersonID
    public var winner: PersonID
    public var by: Author
    public var reason: String
    public var at: Timestamp
    public var undoneAt: Timestamp?

    public init(
        id: MergeID,
        loser: PersonID,
        winner: PersonID,
        by: Author,
        reason: String,
        at: Timestamp,
        undoneAt: Timestamp? = nil
    ) {
        self.id = id
        self.loser = loser
        self.winner = winner
        self.by = by
        self.reason = reason
        self.at = at
        self.undoneAt = undoneAt
    }
}

extension MergeEdge {
    /// The person that each record now stands for, derived from the live edges alone.
    ///
    /// An edge that would close a circle is passed over, so that the walk always ends.
    public static func canonical(_ person: PersonID, under edges: [MergeEdge]) -> PersonID {
        var next: [PersonID: PersonID] = [:]
        for edge in edges where edge.undoneAt == nil { next[edge.loser] = edge.winner }
        var current = person
        var seen: Set<PersonID> = [person]
        while let winner = next[current], seen.insert(winner).inserted { current = winner }
        return current
    }
}
