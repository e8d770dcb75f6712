internal import Domain

/// Somebody in the demo's customer records.
struct DemoPerson {
    struct Offer {
        var title: String
        var stage: String
        var outcome = Deal.Outcome.open
        /// In whole units of the currency.
        var amount: Int64
        var currency: String
        /// Days from today; a past one for a deal that is decided.
        var closesIn = 30
    }

    var name: String
    var title: String?
    var organisation: String?
    var lifecycle: Lifecycle
    var owner: DemoRep.Name?
    var language: String
    var phones: [String] = []
    var emails: [String] = []
    /// The customer number at the shop, for those who can log in there.
    var shopID: String?
    var offers: [Offer] = []
}

/// Somebody who answers in the demo.
struct DemoRep {
    enum Name: String, CaseIterable { case ana, wei, ben, jing, admin }
    var key: Name
    var name: String
    var email: String
    var role: Role
    var `extension`: String?
    var language: String

    static let all = [
        DemoRep(key: .ana, name: "Ana Reyes", email: "ana@example.com", role: .rep, extension: "1001", language: "en"),
        DemoRep(key: .wei, name: "李伟", email: "liwei@example.com", role: .rep, extension: "1002", language: "zh"),
        DemoRep(key: .ben, name: "Ben Carter", email: "ben@example.com", role: .rep, extension: "1003", language: "en"),
        DemoRep(
            key: .jing,
            name: "陈静",
            email: "chenjing@example.com",
            role: .supervisor,
            extension: "1000",
            language: "zh"
        ),
        DemoRep(key: .admin, name: "Admin", email: "admin@example.com", role: .admin, extension: nil, language: "en"),
    ]
}
