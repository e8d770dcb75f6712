public import Basics

/// WebSockets: handshake, messages in, frames out, close.
extension Server {
    /// Sends one frame: at once when nothing waits, else it queues.
    ///
    /// The first frame of a turn goes straight to the kernel; more of the same turn leave together when it ends.
    @discardableResult
    public func send(_ frame: OutboundFrame, to id: ConnectionID) -> SendOutcome {
        loop.assertCurrent()
        guard let connection = connections[id], case .socket = connection.phase,
            let socket = connection.socket
        else { return .gone }
        let isChoked = socket.isHoldingBytes
        if connection.outbox.isEmpty, !isChoked, connection.lastTurnWritten != turn {
            connection.lastTurnWritten = turn
            counts.framesOut += 1
            guard writeFrames(frame.wire, connection, socket) else { return .gone }
            return .written
        }
        let limits = settings.limits
        guard connection.outbox.offer(frame, frameLimit: limits.outboxFrames, byteLimit: limits.outboxBytes) else {
            counts.outboxOverflows += 1
            return .overflow
        }
        counts.queuedBytes += frame.byteCount
        counts.framesOut += 1
        if isChoked { return .queued }  // the engine calls back by itself when it has written what it holds
        if connection.outbox.count * 4 >= limits.outboxFrames || connection.outbox.byteCount * 4 >= limits.outboxBytes {
            flush(connection)
        } else if !connection.isDirty {
            connection.isDirty = true
            dirty.append(connection)
        }
        return .queued
    }

    /// Forgets what waits for the connection, as before it reads again from the log.
    public func discardOutbox(_ id: ConnectionID) {
        loop.assertCurrent()
        guard let connection = connections[id] else { return }
        counts.queuedBytes -= connection.outbox.byteCount
        connection.outbox.removeAll()
        // An owed `drained` is said when the turn ends, or when the kernel has taken what the engine still holds.
        guard !connection.isDirty else { return }
        connection.isDirty = true
        dirty.append(connection)
    }

    /// Closes after what is queued was written, or at the close deadline.
    ///
    /// The close frame is ours, not the engine's: as Debian builds it, it closes twice when told to from a writable
    /// callback, and the second time is before the frame is out.
    public func close(_ id: ConnectionID, code: UInt16, reason: String) {
        loop.assertCurrent()
        guard let connection = connections[id], case .socket = connection.phase,
            let socket = connection.socket
        else { return }
        connection.closeFrame = OutboundFrame(closeCode: code, reason: reason)
        connection.phase = .closing
        watch(connection, settings.limits.closeDeadline, .closeDeadline)
        connection.awaitsWritable = true
        socket.askWritable()
    }

    // MARK: Handshake

    func upgradeRequested(_ connection: Connection, _ socket: EngineSocket) -> CInt {
        counts.requests += 1
        connection.requestNumber &+= 1
        let reader = unsafe HeadReader(socket.pointer, bytesMax: settings.limits.requestHeaderBytes)
        var facts = reader.facts()
        // No `upgrade` here means that the engine refused it already, and freed what it was about.
        guard !facts.upgrades.isEmpty, case .head = connection.phase else {
            count(.unsupportedUpgrade)
            return -1
        }
        let headers = reader.headers(captured, &facts)
        do throws(Refusal) {
            try Guard.inspectUpgrade(facts, subprotocol: settings.webSocketSubprotocol)
        } catch {
            return refuse(error, connection, socket, framing: .none)
        }
        let head = makeHead(connection, socket, reader, facts, headers)
        guard let delegate else { return -1 }
        switch delegate.upgrade(head) {
        case .accept(let limits):
            connection.requestHead = head
            connection.phase = .upgrading(limits)
            return 0
        case .refuse(let status):
            return refuse(Refusal(status: status, reason: .upgradeRefused), connection, socket, framing: .none)
        }
    }

    func established(_ connection: Connection) -> CInt {
        guard case .upgrading(let limits) = connection.phase, let head = connection.requestHead else { return -1 }
        connection.requestHead = nil
        connection.limits = limits
        connection.phase = .socket
        connection.wasOpened = true
        counts.openSockets += 1
        unwatch(connection)
        delegate?.opened(connection.id, head)
        return 0
    }

    // MARK: In

    /// A piece of a message: the engine cuts at its receive buffer and at frame borders.
    func received(_ connection: Connection, _ socket: EngineSocket, _ bytes: UnsafeRawBufferPointer) -> CInt {
        guard case .socket = connection.phase else { return 0 }
        counts.bytesIn += bytes.count
        let restOfFrame = socket.restOfFrame
        if !connection.isInsideFrame {
            connection.messageFrames += 1
            counts.framesIn += 1
        }
        connection.isInsideFrame = restOfFrame > 0
        let limit = min(connection.limits.frameBytes ?? .max, settings.limits.frameBytes)
        // The first piece of a frame tells how long the frame will be: too much is refused before it is read.
        guard restOfFrame <= limit, connection.message.count + bytes.count + restOfFrame <= limit else {
            return fail(connection, socket, 1009, "too large", .messageTooLarge)
        }
        guard connection.messageFrames <= settings.limits.fragments else {
            return fail(connection, socket, 1008, "too many fragments", .tooManyFragments)
        }
        unsafe connection.message.append(contentsOf: bytes)
        guard socket.isFinalPiece else { return 0 }
        let message = connection.message
        let wasFragmented = connection.messageFrames > 1
        connection.message = []
        connection.messageFrames = 0
        if socket.isBinary {
            delegate?.received(.binary(message), from: connection.id)
            return 0
        }
        // The engine misses a character that an empty last fragment leaves unfinished.
        guard !wasFragmented || String(validating: message, as: UTF8.self) != nil else {
            return fail(connection, socket, 1007, "not text", .invalidText)
        }
        delegate?.received(.text(message), from: connection.id)
        return 0
    }

    /// A ping cost us a pong, or a pong came: bounded for each connection, and nobody above hears of it.
    private func controlFrameArrived(_ connection: Connection, _ socket: EngineSocket) -> CInt {
        counts.controlFramesIn += 1
        let now = now
        if now >= connection.controlWindowEnds {
            connection.controlWindowEnds = now + settings.limits.controlWindow.milliseconds
            connection.controlFrames = 0
        }
        connection.controlFrames += 1
        guard connection.controlFrames > settings.limits.controlFrames else { return 0 }
        return fail(connection, socket, 1008, "too many control frames", .tooManyControlFrames)
    }

    func pongArrived(_ connection: Connection, _ socket: EngineSocket) -> CInt {
        guard case .socket = connection.phase else { return 0 }
        return controlFrameArrived(connection, socket)
    }

    /// A close frame came: the peer's own, which the engine answers, or the answer to ours, which ends it all.
    func peerCloses(_ connection: Connection) -> CInt {
        if case .closing = connection.phase { return -1 }
        connection.phase = .closing
        watch(connection, settings.limits.closeDeadline, .closeDeadline)
        return 0
    }

    /// Closes with a code because of what the peer did; what is queued is forgotten.
    private func fail(
        _ connection: Connection,
        _ socket: EngineSocket,
        _ code: UInt16,
        _ text: String,
        _ reason: RefusalReason
    ) -> CInt {
        count(reason)
        connection.message = []
        counts.queuedBytes -= connection.outbox.byteCount
        connection.outbox.removeAll()
        connection.phase = .closing
        watch(connection, settings.limits.closeDeadline, .closeDeadline)
        return write(OutboundFrame(closeCode: code, reason: text).wire, socket) ? 0 : -1
    }

    // MARK: Out

    func socketWritable(_ connection: Connection, _ socket: EngineSocket) -> CInt {
        let wasAwaited = connection.awaitsWritable
        connection.awaitsWritable = false
        switch connection.phase {
        case .socket:
            guard wasAwaited else { return controlFrameArrived(connection, socket) }
            flush(connection)
            return 0
        case .closing:
            flush(connection)
            guard let close = connection.closeFrame, connection.outbox.isEmpty else { return 0 }
            connection.closeFrame = nil
            return write(close.wire, socket) ? 0 : -1
        default: return 0
        }
    }

    func flushDirty(_ connection: Connection) {
        connection.isDirty = false
        flush(connection)
    }

    /// Writes frames, many in one write, until the outbox is empty or the socket takes no more.
    private func flush(_ connection: Connection) {
        guard let socket = connection.socket else { return }
        while !connection.outbox.isEmpty, !socket.isHoldingBytes {
            let before = connection.outbox.byteCount
            let batch = connection.outbox.takeBatch(bytesMax: 65_536)
            counts.queuedBytes -= before - connection.outbox.byteCount
            guard writeFrames(batch, connection, socket) else { return }
        }
        if socket.isHoldingBytes {
            connection.awaitsWritable = true
        } else if case .socket = connection.phase, connection.outbox.settleDrained() {
            delegate?.drained(connection.id)
        }
    }

    /// Whole frames go out raw: the engine keeps what the kernel does not take, and calls back when it has written it.
    private func writeFrames(_ wire: [UInt8], _ connection: Connection, _ socket: EngineSocket) -> Bool {
        guard write(wire, socket) else {
            connection.phase = .closing
            drop(connection)
            return false
        }
        if socket.isHoldingBytes { connection.awaitsWritable = true }
        return true
    }
}
