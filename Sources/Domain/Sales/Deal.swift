public import Basics

public typealias DealID = Identifier<Deal>

/// Something that may be sold to a person.
public struct Deal: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable { case open, won, lost }
    public var id: DealID
    public var person: PersonID
    public var title: String
    public var stage: String
    public var outcome: Outcome
    /// In minor units of the currency.
    public var amount: Int64?
    /// ISO 4217.
    public var currency: String?
    public var owner: RepID?
    /// A calendar date, `YYYY-MM-DD`.
    public var expectedClose: String?
    public var createdAt: Timestamp

    public init(
        id: DealID,
        person: PersonID,
        title: String,
        stage: String,
        outcome: Outcome = .open,
        amount: Int64? = nil,
        currency: String? = nil,
        owner: RepID? = nil,
        expectedClose: String? = nil,
        createdAt: Timestamp
    ) {
        self.id = id
        self.person = person
        self.title = title
        self.stage = stage
        self.outcome = outcome
        self.amount = amount
        self.currency = currency
        self.owner = owner
        self.expectedClose = expectedClose
        self.createdAt = createdAt
    }
}
