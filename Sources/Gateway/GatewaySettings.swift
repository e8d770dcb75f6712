public import Basics
public import Carriers
public import PhoneNumbers
public import Signing

/// Everything a gateway needs to know before it starts; read and checked by the command, never changed while it runs.
public struct GatewaySettings: Sendable {
    /// The address under which browsers and carriers reach us, without a slash at the end.
    public var publicBaseURL: String
    /// `Host` values that are ours; guards against a foreign name that points at this machine.
    public var hosts: Set<String>
    public var inboxes: [InboxSettings]
    public var sources: [CarrierSource]
    /// How numbers on our lines are written where they come without a country.
    public var line: LineRules
    public var visitorKeys: SigningKeyRing
    /// Keys for CSRF tokens and hashes of handles.
    public var masterKey: SecretKey
    public var adminToken: Redacted<String>
    public var passwordCost: PasswordCost
    public var limits: GatewayLimits
    public var build: String
    /// What the demo adds: its customers, its logins and its ring button.
    public var demo: DemoSettings?

    public init(
        publicBaseURL: String,
        hosts: Set<String>,
        inboxes: [InboxSettings],
        sources: [CarrierSource],
        line: LineRules,
        visitorKeys: SigningKeyRing,
        masterKey: SecretKey,
        adminToken: Redacted<String>,
        passwordCost: PasswordCost = .standard,
        limits: GatewayLimits = GatewayLimits(),
        build: String,
        demo: DemoSettings? = nil
    ) {
        self.publicBaseURL = publicBaseURL
        self.hosts = hosts
        self.inboxes = inboxes
        self.sources = sources
        self.line = line
        self.visitorKeys = visitorKeys
        self.masterKey = masterKey
        self.adminToken = adminToken
        self.passwordCost = passwordCost
        self.limits = limits
        self.build = build
        self.demo = demo
    }

    func inbox(_ key: String) -> InboxSettings? { inboxes.first { $0.key == key } }
    func source(_ carrier: String, _ account: String) -> CarrierSource? {
        sources.first { $0.carrier == carrier && $0.account == account }
    }
}

/// A place on the web where visitors chat.
public struct InboxSettings: Sendable {
    /// Public: it stands in the page that embeds the widget.
    public var key: String
    public var name: String
    /// Origins of the sites that may embed it; empty means this gateway's own pages only.
    public var sites: [String]
    /// Signs identity proofs; without one, nobody can prove who they are in this inbox.
    public var identitySecret: Redacted<String>?

    public init(key: String, name: String, sites: [String], identitySecret: Redacted<String>?) {
        self.key = key
        self.name = name
        self.sites = sites
        self.identitySecret = identitySecret
    }
}

/// What a demo shows and plays.
public struct DemoSettings: Sendable {
    public struct Customer: Sendable {
        public var id: String
        public var name: String
        public var email: String?
        public init(id: String, name: String, email: String?) {
            self.id = id
            self.name = name
            self.email = email
        }
    }
    public struct Login: Sendable {
        public var email: String
        public var password: Redacted<String>
        public var name: String
        public var role: String
        public init(email: String, password: Redacted<String>, name: String, role: String) {
            self.email = email
            self.password = password
            self.name = name
            self.role = role
        }
    }
    public var customers: [Customer]
    public var logins: [Login]
    /// Plays a call through the real webhook endpoint, on a thread of its own.
    public var ring: @Sendable (_ number: String, _ agent: String?, _ isMissed: Bool) -> Void

    public init(
        customers: [Customer],
        logins: [Login],
        ring: @escaping @Sendable (_ number: String, _ agent: String?, _ isMissed: Bool) -> Void
    ) {
        self.customers = customers
        self.logins = logins
        self.ring = ring
    }
}
