internal import Basics
internal import CoreMetrics
internal import Domain
internal import Transport
internal import Wire

// A socket's life: opened, one hello within its time, then frames in their order, then closed. A frame that comes while
// the one before it waits for the store is held, so that order never depends on how fast a disk is.

extension Shard {
    func opened(_ connection: ConnectionID, _ head: RequestHead) {
        let side: Handshake.Side = head.path == RealtimePath.staff ? .staff : .visitor
        handshakes[connection] = Handshake(side: side, openedAt: now, clientNetwork: head.clientNetwork)
        meters.socketsOpened.increment()
    }

    func received(_ message: SocketMessage, from connection: ConnectionID) {
        guard case .text(let bytes) = message else { return close(connection, .badProtocol) }
        meters.framesIn.increment()
        if handshakes[connection] != nil {
            receivedEarly(bytes, from: connection)
        } else if visitors[connection] != nil {
            visitors[connection]?.life.heard(at: now)
            if visitors[connection]?.isBusy == true { return hold(bytes, connection) }
            handleVisitor(bytes, connection)
        } else if staff[connection] != nil {
            staff[connection]?.life.heard(at: now)
            if staff[connection]?.isBusy == true { return hold(bytes, connection) }
            handleStaff(bytes, connection)
        }
    }

    private static let heldMax = 64

    private func receivedEarly(_ bytes: [UInt8], from connection: ConnectionID) {
        guard let handshake = handshakes[connection] else { return }
        if handshake.isBusy {
            guard handshake.held.count < Self.heldMax else { return close(connection, .rate) }
            handshakes[connection]?.held.append(bytes)
            return
        }
        do throws(WireError) {
            switch handshake.side {
            case .visitor:
                guard case .hello(let hello) = try FrameDecoder.visitor(bytes) else {
                    return close(connection, .noHello)
                }
                handshakes[connection]?.isBusy = true
                visitorHello(hello, connection)
            case .staff:
                guard case .hello(let hello) = try FrameDecoder.staff(bytes) else { return close(connection, .noHello) }
                handshakes[connection]?.isBusy = true
                staffHello(hello, connection)
            }
        } catch {
            meters.frameErrors.increment()
            close(connection, .noHello)
        }
    }

    private func hold(_ bytes: [UInt8], _ connection: ConnectionID) {
        let count = (visitors[connection]?.held.count ?? 0) + (staff[connection]?.held.count ?? 0)
        guard count < Self.heldMax else { return close(connection, .rate) }
        visitors[connection]?.held.append(bytes)
        staff[connection]?.held.append(bytes)
    }

    /// The hello was accepted: what came after it is handled now, in its order.
    func finishHandshake(_ connection: ConnectionID) {
        let held = handshakes.removeValue(forKey: connection)?.held ?? []
        for bytes in held {
            if visitors[connection] != nil { handleVisitor(bytes, connection) }
            if staff[connection] != nil { handleStaff(bytes, connection) }
        }
    }

    /// A session waits for an answer of the store; its next frames wait with it.
    func setBusy(_ connection: ConnectionID) {
        visitors[connection]?.isBusy = true
        staff[connection]?.isBusy = true
    }

    func setIdle(_ connection: ConnectionID) {
        visitors[connection]?.isBusy = false
        staff[connection]?.isBusy = false
        while let bytes = nextHeld(connection) {
            if visitors[connection] != nil { handleVisitor(bytes, connection) } else { handleStaff(bytes, connection) }
        }
    }

    private func nextHeld(_ connection: ConnectionID) -> [UInt8]? {
        if let session = visitors[connection], !session.isBusy, !session.held.isEmpty {
            return visitors[connection]?.held.removeFirst()
        }
        if let session = staff[connection], !session.isBusy, !session.held.isEmpty {
            return staff[connection]?.held.removeFirst()
        }
        return nil
    }

    func close(_ connection: ConnectionID, _ code: CloseCode, retryAfter: Span = .milliseconds(0)) {
        _ = server?.send(OutboundFrame(text: ServerFrame.bye(code, retryAfter: retryAfter)), to: connection)
        server?.close(connection, code: code.rawValue, reason: code.code)
        meters.socketsClosed.increment()
    }

    /// A frame that cannot be understood gets a coded answer; too many of them end the socket.
    func refuse(_ bytes: [UInt8], _ error: WireError, _ connection: ConnectionID) {
        meters.frameErrors.increment()
        _ = server?.send(
            OutboundFrame(text: ServerFrame.error(error, cid: FrameDecoder.clientID(in: bytes))),
            to: connection
        )
        visitors[connection]?.badFrames += 1
        staff[connection]?.badFrames += 1
        let count = (visitors[connection]?.badFrames ?? 0) + (staff[connection]?.badFrames ?? 0)
        if count >= limits.badFrames { close(connection, .badProtocol) }
    }

    func closed(_ connection: ConnectionID) {
        handshakes[connection] = nil
        if let session = visitors.remove(connection) { visitorLeft(session) }
        if let session = staff.remove(connection) { repLeft(session) }
    }

    /// The socket can take more: first what was prepared, then what the log holds.
    func drained(_ connection: ConnectionID) {
        while let frame = staff[connection]?.backlog.first {
            guard let outcome = server?.send(OutboundFrame(text: frame), to: connection), outcome != .overflow else {
                return
            }
            staff[connection]?.backlog.removeFirst()
        }
        if let session = staff[connection], case .behind = session.feed { pullStaff(connection) }
        if let session = visitors[connection] { for id in session.behind { pull(id, for: connection) } }
    }
}

enum RealtimePath {
    static let visitor = "/rt/visitor"
    static let staff = "/rt/staff"
}
