public import Basics

public typealias PersonID = Identifier<Person>
public typealias OrganisationID = Identifier<Organisation>

/// Somebody we know or have met, from first visit to old customer; there is no separate lead.
public struct Person: Hashable, Sendable {
    public var id: PersonID
    public var name: String
    public var title: String?
    public var organisation: OrganisationID?
    public var lifecycle: Lifecycle
    public var owner: RepID?
    public var language: String?
    public var region: String?
    public var createdAt: Timestamp
    public var revision: Int64

    public static let nameLimit = Limit("person.name", 200)

    public init(
        id: PersonID,
        name: String,
        title: String? = nil,
        organisation: OrganisationID? = nil,
        lifecycle: Lifecycle = .visitor,
        owner: RepID? = nil,
        language: String? = nil,
        region: String? = nil,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.name = name
        self.title = title
        self.organisation = organisation
        self.lifecycle = lifecycle
        self.owner = owner
        self.language = language
        self.region = region
        self.createdAt = createdAt
        self.revision = revision
    }
}

public enum Lifecycle: String, Hashable, Sendable, CaseIterable {
    case visitor, lead, mql, sql, opportunity, customer, lost, unqualified
}

public struct Organisation: Hashable, Sendable {
    public var id: OrganisationID
    public var name: String
    public init(id: OrganisationID, name: String) {
        self.id = id
        self.name = name
    }
}
