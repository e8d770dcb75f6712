public import Basics
public import Domain

/// Durable memory.
///
/// Writes go in as values and come out as outcomes: what was stored, what had been stored before, what clashed with
/// somebody faster. The store numbers events and notices races; it decides nothing.
public protocol Store: Sendable {
    /// The lineage of this memory; a restore from a backup begins a new one.
    var epoch: String { get }

    /// Commits the units in order, each all or nothing, all in one transaction; then calls back on any thread.
    ///
    /// Success means that what is `stored` survives a power cut. Failure means that nothing of the batch happened.
    func commit(_ units: [WriteUnit], then done: @escaping @Sendable (Result<[UnitOutcome], StoreError>) -> Void)

    /// Answers the queries from one snapshot, in order; then calls back on any thread.
    func ask(_ queries: [Query], then done: @escaping @Sendable (Result<[Answer], StoreError>) -> Void)

    /// Finishes what was begun and lets go of the files; later calls fail with `closed`.
    func close()
}

public enum StoreError: Error, Hashable, Sendable {
    /// The disk is full: reads go on, writes are refused until there is room.
    case full
    /// The disk did not confirm a commit: whether it happened is unknown until the store is opened again.
    case uncertain(String)
    /// Not now, or not any more, for a reason in words.
    case unavailable(String)
    /// What is on the disk is not what we wrote.
    case damaged(String)
    case closed
}

/// Writes that happen together or not at all.
public struct WriteUnit: Hashable, Sendable {
    public var writes: [Write]
    public init(_ writes: [Write]) { self.writes = writes }
    public init(_ write: Write) { writes = [write] }
}

public enum UnitOutcome: Hashable, Sendable {
    /// One outcome for each write of the unit.
    case stored([Outcome])
    /// The author has used this client id before; nothing of the unit was written, this is what was written then.
    case duplicate(LogEvent)
    /// An assumption did not hold; nothing of the unit was written.
    case conflict(Conflict)
}

public enum Outcome: Hashable, Sendable {
    case done
    /// The numbered events of an `open` or `append`, and the conversation with its new numbers.
    case events([LogEvent], Conversation)
    /// This delivery had come before.
    case repeated(DeliveryID)
}

public enum Conflict: Hashable, Sendable {
    /// The conversation has moved on; this is where it stands.
    case revision(Conversation)
    /// The visitor has an open chat in this inbox already.
    case openConversation(Conversation)
    case personRevision(Person)
    case identityOwned(PersonID)
    case emailTaken
    case aliasTaken(ConversationID)
    /// The winner of a merge is part of the loser already, or the loser is merged already.
    case mergeCircle
    case missing(String)
}
