public import Basics
public import Domain

/// Every bound of the gateway, by name, with the default that a public server should run with.
public struct GatewayLimits: Sendable {
    // Talk
    public var text = TextLimits()
    public var visitorFrameBytes = 65_536
    public var staffFrameBytes = 262_144
    /// Unanswered sends that a client may have.
    public var inFlight = 5
    public var visitorSend = TokenBucket.Rate(burst: 10, every: .seconds(1))
    public var staffSend = TokenBucket.Rate(burst: 50, every: .milliseconds(200))
    public var typing = TokenBucket.Rate(burst: 4, every: .milliseconds(500))
    public var page = TokenBucket.Rate(burst: 10, every: .seconds(1))
    public var open = TokenBucket.Rate(burst: 5, every: .minutes(2))
    /// Frames that cannot be decoded before the socket is closed.
    public var badFrames = 20

    // Sessions
    public var helloWithin = Span.seconds(5)
    public var heartbeat = Span.seconds(25)
    public var pongWithin = Span.seconds(10)
    /// How long a rep whose socket is gone still counts as there.
    public var presenceGrace = Span.seconds(45)
    public var lagWithin = Span.seconds(30)
    public var socketsPerVisitor = 8
    public var socketsPerRep = 6
    /// Missed events up to which a resume is a replay; beyond, it is a snapshot.
    public var replayEvents = 500
    /// Positions of the log that a replay looks at for them.
    public var replayScan = 5_000
    public var snapshotEvents = 50
    public var visitorTokenLife = Span.days(30)

    // Desk
    public var ringFor = Span.seconds(30)
    public var popWithin = Span.seconds(20)
    /// Time that late news of a call has before its outcome is decided.
    public var settleAfter = Span.milliseconds(1_500)
    /// A call without an end is closed as lost after this time.
    public var longestCall = Span.hours(4)
    /// A waiting chat whose visitor is gone is closed after this time.
    public var abandonAfter = Span.hours(12)
    public var rememberChoice = Span.days(30)
    /// A page view counts as "on the website now" this long without a socket.
    public var onSiteFor = Span.minutes(5)

    // HTTP
    public var jsonBodyBytes = 65_536
    public var importBodyBytes = 1_048_576
    public var webhookBodyBytes = 262_144
    public var beaconBodyBytes = 8_192
    public var requests = TokenBucket.Rate(burst: 200, every: .milliseconds(20))
    public var webhooks = TokenBucket.Rate(burst: 4_000, every: .milliseconds(1))
    public var loginsPerAccount = TokenBucket.Rate(burst: 5, every: .minutes(3))
    public var loginsPerAddress = TokenBucket.Rate(burst: 20, every: .seconds(3))
    public var hashesAtOnce = 2
    public var hashesWaiting = 32
    public var sessionIdle = Span.minutes(30)
    public var sessionLife = Span.hours(12)
    public var ticketLife = Span.seconds(30)
    public var pageSize = 100

    // Store
    /// Units that may wait for the disk before new ones are refused as `busy`.
    public var writesWaiting = 4_096
    public var retryWhenBusy = Span.milliseconds(1_000)
    public var retryWhenFull = Span.seconds(5)
    /// Deliveries of carriers that are worked on together.
    public var deliveriesAtOnce = 128

    // Stopping
    public var stopWithin = Span.seconds(5)
    public var reconnectSpread = Span.seconds(5)

    public init() {}
}
