public import Basics

/// What a server asks and tells its owner; always called on the loop's thread.
public protocol ServerDelegate: AnyObject {
    /// The head of a request is complete and its body unread: take it up to a limit, or answer at once.
    func admit(_ head: RequestHead) -> Admission
    /// A request is complete; answer now or later with `Server.respond`.
    func received(_ request: Request, _ exchange: ExchangeID)
    /// The peer went away, or waited too long, before the answer; `respond` is harmless and does nothing.
    func abandoned(_ exchange: ExchangeID)
    /// A WebSocket handshake passed the guard; the delegate decides about path, origin and credentials.
    func upgrade(_ head: RequestHead) -> UpgradeDecision
    /// The handshake is done and frames may be sent.
    func opened(_ connection: ConnectionID, _ head: RequestHead)
    /// One whole message, assembled; pings and pongs never come here.
    func received(_ message: SocketMessage, from connection: ConnectionID)
    /// The outbox, once half full or refused, is empty again.
    func drained(_ connection: ConnectionID)
    /// The WebSocket is gone; comes exactly once for each `opened`.
    func closed(_ connection: ConnectionID)
}

/// What to do with a request whose head is known.
public enum Admission: Sendable {
    case body(limitBytes: Int)
    case respond(Response)
}

/// What to do with a WebSocket handshake.
public enum UpgradeDecision: Hashable, Sendable {
    case accept(limits: SocketLimits)
    case refuse(status: Int)
}

/// One message of a WebSocket.
public enum SocketMessage: Hashable, Sendable {
    /// Valid UTF-8.
    case text([UInt8])
    case binary([UInt8])
}

/// A name for one request that waits for its response.
public struct ExchangeID: Hashable, Sendable {
    let connection: ConnectionID
    let number: UInt32
}

/// What became of a frame that was sent.
public enum SendOutcome: Hashable, Sendable {
    /// Handed to the kernel.
    case written
    /// Waiting its turn.
    case queued
    /// Not taken: the outbox is full. `drained` will say when it is empty.
    case overflow
    /// Not taken: the connection is closed or closing.
    case gone
}
