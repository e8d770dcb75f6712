public import Basics

/// Every bound the transport keeps, by name; the defaults are what a public server should run with.
public struct TransportLimits: Sendable {
    // Requests
    /// Header space of one request: request line, names and values.
    public var requestHeaderBytes = 16_384
    /// The most any route may ask for; a route's own limit comes with `Admission.body`.
    public var requestBodyBytes = 1_048_576
    /// From the first byte of a connection (TLS included) to its first complete request head.
    public var headerDeadline = Span.seconds(10)
    /// From a complete head to a complete body, however busily the body drips.
    public var requestDeadline = Span.seconds(10)
    /// From a complete request to `respond`; after it the peer gets 503.
    public var answerDeadline = Span.seconds(30)
    /// From `respond` to the last byte of the response, for readers that do not read.
    public var responseDeadline = Span.seconds(60)
    /// Between a response and the next complete head on the same connection.
    public var keepAliveIdle = Span.seconds(5)
    /// How long a refused body is still read and thrown away, so that the peer sees the refusal before the close.
    public var lingerDeadline = Span.seconds(1)

    // Sockets
    /// One WebSocket message, all its fragments together; a route may ask for less with `SocketLimits`.
    public var frameBytes = 65_536
    /// Data frames of one WebSocket message.
    public var fragments = 64
    /// Pings of one WebSocket in `controlWindow`, counted by the pongs they cost us.
    public var controlFrames = 120
    public var controlWindow = Span.seconds(60)
    /// What may wait for one slow WebSocket.
    public var outboxFrames = 256
    public var outboxBytes = 524_288
    /// The kernel's share of the same (`SO_SNDBUF`), without which a reader that never reads costs megabytes.
    public var sendBufferBytes = 65_536
    /// From `close` to the end of the socket, whatever is still queued.
    public var closeDeadline = Span.seconds(5)
    /// Silence after which the server pings a WebSocket, and after which it hangs up; whole seconds.
    public var pingAfter = Span.seconds(30)
    public var hangUpAfter = Span.seconds(75)

    // Connections
    /// Open connections of one IPv4 address or one IPv6 /64; trusted proxies are exempt.
    public var connectionsPerAddress = 50
    public var connectionsTotal = 20_000
    /// How long accepting rests when the process has no file descriptor left.
    public var acceptPause = Span.milliseconds(100)

    public init() {}

    /// The finest step at which deadlines are looked at: a quarter of the shortest, 10 to 250 ms.
    var sweepInterval: Span {
        let shortest =
            [
                headerDeadline, requestDeadline, answerDeadline, responseDeadline, keepAliveIdle, lingerDeadline,
                closeDeadline,
            ].min() ?? .seconds(1)
        return .milliseconds(min(250, max(10, shortest.milliseconds / 4)))
    }

    /// libwebsockets has whole-second time-outs of its own; they stand behind ours and never come first.
    var engineTimeoutSeconds: UInt32 {
        let longest =
            [
                headerDeadline, requestDeadline, answerDeadline, responseDeadline, keepAliveIdle,
            ].max() ?? .seconds(60)
        return UInt32(clamping: longest.milliseconds / 1_000 + 10)
    }
}

/// The limits of one WebSocket, as its route chose them.
public struct SocketLimits: Hashable, Sendable {
    /// `nil` is the server's own limit, and no route can go beyond that.
    public var frameBytes: Int?
    public init(frameBytes: Int? = nil) { self.frameBytes = frameBytes }
}
