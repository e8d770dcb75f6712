internal import Basics

/// One accepted TCP connection: what it is doing, and what it holds.
///
/// Touched on the loop's thread only. The engine keeps a retained pointer to it from accept to the end of its own socket,
/// so a callback always finds it, whether or not anything was ever established.
final class Connection {
    /// What the connection is doing; each case names the deadline that runs.
    enum Phase {
        /// Waiting for a request head: header deadline at first, keep-alive idle later.
        case head
        /// Reading a body: request deadline.
        case body
        /// Waiting for `respond`: answer deadline.
        case answering
        /// Writing a response: response deadline.
        case sending(ResponseWriter)
        /// Refused; the rest of the body is thrown away: linger deadline.
        case lingering
        /// The handshake was accepted and is on its way out.
        case upgrading(SocketLimits)
        /// An open WebSocket: no deadline.
        case socket
        /// A WebSocket that is being closed: close deadline.
        case closing
    }

    let id: ConnectionID
    unowned let server: Server
    let descriptor: Int32
    let peer: IPAddress
    /// The engine's socket, until it says that it is closed.
    var socket: EngineSocket?
    var phase = Phase.head
    /// Monotonic milliseconds.
    var deadline = Int64.max
    var deadlineReason = RefusalReason.headerDeadline
    var isCounted = false

    // The request in hand.
    var requestNumber: UInt32 = 0
    var requestHead: RequestHead?
    var requestCloses = false
    var isHEAD = false
    var framing = BodyFraming.none
    var bodyLimit = 0
    var body: [UInt8] = []
    var decoder: ChunkedDecoder?
    var isFlowStopped = false
    /// The next head was read together with the request before it.
    var isPipelined = false

    // The WebSocket.
    var wasOpened = false
    var limits = SocketLimits()
    var message: [UInt8] = []
    var messageFrames = 0
    var isInsideFrame = false
    var outbox = Outbox()
    var lastTurnWritten: UInt64 = 0
    var isDirty = false
    var awaitsWritable = false
    /// The close frame, until what was queued before it is written.
    var closeFrame: OutboundFrame?
    var controlFrames = 0
    var controlWindowEnds: Int64 = 0

    init(id: ConnectionID, server: Server, descriptor: Int32, peer: IPAddress) {
        self.id = id
        self.server = server
        self.descriptor = descriptor
        self.peer = peer
    }

    var exchange: ExchangeID { ExchangeID(connection: id, number: requestNumber) }
}

/// A response on its way out, piece by piece.
struct ResponseWriter {
    let response: Response
    let body: [UInt8]
    var closes: Bool
    var headIsSent = false
    var bodySent = 0

    var isDone: Bool { headIsSent && bodySent == body.count }
}
