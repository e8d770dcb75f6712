internal import Glibc

/// Requests: head, body, answer. Each function that serves a callback returns what the engine is told: 0 to go on, -1 to
/// close.
extension Server {
    /// Answers a request; harmless when its peer is gone or it was answered.
    public func respond(_ exchange: ExchangeID, _ response: Response) {
        loop.assertCurrent()
        guard let connection = connections[exchange.connection], connection.requestNumber == exchange.number,
            case .answering = connection.phase
        else { return }
        startSending(response, on: connection)
    }

    /// A head is complete and its body unread.
    func headArrived(_ connection: Connection, _ socket: EngineSocket) -> CInt {
        guard case .head = connection.phase else { return -1 }
        counts.requests += 1
        connection.requestNumber &+= 1
        let reader = unsafe HeadReader(socket.pointer, bytesMax: settings.limits.requestHeaderBytes)
        var facts = reader.facts()
        let headers = reader.headers(captured, &facts)
        let framing: BodyFraming
        do throws(Refusal) {
            framing = try Guard.inspect(facts)
        } catch {
            return refuse(error, connection, socket, framing: .none)
        }
        let head = makeHead(connection, socket, reader, facts, headers)
        guard framing == .none || !connection.isPipelined else {
            // The engine reads the body of such a request from the wrong place: at its own head.
            count(.pipelinedBody)
            return -1
        }
        connection.requestHead = head
        connection.framing = framing
        let cameThroughProxy =
            ClientAddress.isTrusted(connection.peer, settings.trustedProxies) || head["x-forwarded-for"] != nil
        connection.requestCloses =
            Guard.wantsClose(facts) || framing == .chunked
            || Guard.mayHideFraming(facts, cameThroughProxy: cameThroughProxy)
        guard let delegate else {
            return refuse(Refusal(status: 503, reason: .answerDeadline), connection, socket, framing: framing)
        }
        switch delegate.admit(head) {
        case .respond(let response):
            guard framing == .none else { return sendAndLinger(response, connection, socket, framing) }
            connection.phase = .answering
            startSending(response, on: connection)
            return 0
        case .body(let limitBytes):
            let limit = min(limitBytes, settings.limits.requestBodyBytes)
            return admitBody(connection, socket, limit: limit, expects: !facts.expectations.isEmpty)
        }
    }

    private func admitBody(_ connection: Connection, _ socket: EngineSocket, limit: Int, expects: Bool) -> CInt {
        switch connection.framing {
        case .none:
            deliver(connection)
            return 0
        case .length(let length):
            guard length <= limit else {
                let refusal = Refusal(status: 413, reason: .bodyTooLarge)
                return refuse(refusal, connection, socket, framing: connection.framing)
            }
            connection.body.reserveCapacity(length)
        case .chunked:
            connection.decoder = ChunkedDecoder(limitBytes: limit)
        }
        connection.bodyLimit = limit
        connection.phase = .body
        watch(connection, settings.limits.requestDeadline, .requestDeadline)
        // The engine sends no 100 of its own, and libcurl waits a whole second for it.
        guard expects else { return 0 }
        return write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), socket) ? 0 : -1
    }

    func bodyArrived(_ connection: Connection, _ socket: EngineSocket, _ bytes: UnsafeRawBufferPointer) -> CInt {
        counts.bytesIn += bytes.count
        guard case .body = connection.phase else { return 0 }
        guard connection.decoder != nil else {
            guard case .length(let length) = connection.framing else { return -1 }
            unsafe connection.body.append(contentsOf: bytes)
            if connection.body.count >= length { deliver(connection) }
            return 0
        }
        switch connection.decoder?.append(unsafe Array(bytes)) {
        case .needsMore: return 0
        case .complete:
            // What follows the last chunk in this piece is lost to the engine: such a connection ends with its answer.
            connection.body = connection.decoder?.body ?? []
            connection.decoder = nil
            deliver(connection)
            return 0
        case .tooLarge:
            return refuse(Refusal(status: 413, reason: .bodyTooLarge), connection, socket, framing: .chunked)
        case .malformed, nil:
            return refuse(Refusal(status: 400, reason: .malformedBody), connection, socket, framing: .none)
        }
    }

    /// The engine thinks the body is complete; it says so again for every later byte while the answer is awaited.
    func bodyCompleted(_ connection: Connection) -> CInt {
        if case .lingering = connection.phase { return -1 }
        return 0
    }

    private func deliver(_ connection: Connection) {
        guard let head = connection.requestHead else { return }
        let body = connection.body
        connection.body = []
        connection.requestHead = nil
        connection.phase = .answering
        watch(connection, settings.limits.answerDeadline, .answerDeadline)
        watchPresence()
        delegate?.received(Request(head: head, body: body), connection.exchange)
    }

    // MARK: Writing

    func startSending(_ response: Response, on connection: Connection) {
        guard let socket = connection.socket else { return }
        let writer = makeWriter(response, on: connection)
        connection.phase = .sending(writer)
        watch(connection, settings.limits.responseDeadline, .responseDeadline)
        if connection.isFlowStopped {
            connection.isFlowStopped = false
            socket.setReading(true)
        }
        socket.askWritable()
    }

    private func makeWriter(_ response: Response, on connection: Connection) -> ResponseWriter {
        let closes = response.closes || response.status >= 400 || connection.requestCloses || !isAccepting
        let isHEAD = connection.isHEAD
        return ResponseWriter(
            response: response,
            body: isHEAD || !response.mayHaveBody ? [] : response.body,
            closes: closes
        )
    }

    func responseWritable(_ connection: Connection, _ socket: EngineSocket) -> CInt {
        if case .lingering = connection.phase {
            return 0
        }
        guard case .sending(var writer) = connection.phase else { return 0 }
        if !writer.headIsSent {
            let held = socket.inputHeld
            connection.isPipelined = held == .some
            if held == .unknown { writer.closes = true }
        }
        let isWritten = writeSome(&writer, socket)
        connection.phase = .sending(writer)
        guard isWritten else { return -1 }
        guard writer.isDone, !socket.isHoldingBytes else {
            socket.askWritable()
            return 0
        }
        return writer.closes ? -1 : awaitNextRequest(connection, socket)
    }

    /// Writes until the socket takes no more, in pieces, so that a large body is never copied whole.
    private func writeSome(_ writer: inout ResponseWriter, _ socket: EngineSocket) -> Bool {
        let pieceBytes = 65_536
        if !writer.headIsSent {
            writer.headIsSent = true
            let withHead = min(writer.body.count, 16_384)
            writer.bodySent = withHead
            let head = writer.response.headBytes(closes: writer.closes, date: dateCache.text())
            guard write(head + writer.body[..<withHead], socket) else { return false }
        }
        var budget = 8  // pieces in one callback, so that one reader does not keep the loop
        while writer.bodySent < writer.body.count, budget > 0, !socket.isHoldingBytes {
            let end = min(writer.body.count, writer.bodySent + pieceBytes)
            guard write(writer.body[writer.bodySent..<end], socket) else { return false }
            writer.bodySent = end
            budget -= 1
        }
        return true
    }

    private func awaitNextRequest(_ connection: Connection, _ socket: EngineSocket) -> CInt {
        connection.phase = .head
        connection.requestHead = nil
        watch(connection, settings.limits.keepAliveIdle, .headerDeadline)
        return socket.finishTransaction() ? 0 : -1
    }

    func write(_ bytes: some Collection<UInt8>, _ socket: EngineSocket) -> Bool {
        counts.bytesOut += bytes.count
        return socket.write(bytes)
    }

    // MARK: Refusing

    /// Answers with a bare status and closes.
    func refuse(_ refusal: Refusal, _ connection: Connection, _ socket: EngineSocket, framing: BodyFraming) -> CInt {
        count(refusal.reason)
        var response = Response(status: refusal.status, closes: true)
        if refusal.status == 426 {
            response.headers = ["sec-websocket-version": "13", "upgrade": "websocket"]
        }
        return sendAndLinger(response, connection, socket, framing)
    }

    /// Answers before the body was read, then closes.
    ///
    /// Closing on unread bytes makes the kernel send a reset that can overtake the answer, so the body is read and thrown
    /// away for a moment.
    private func sendAndLinger(
        _ response: Response,
        _ connection: Connection,
        _ socket: EngineSocket,
        _ framing: BodyFraming
    ) -> CInt {
        var closing = response
        closing.closes = true
        let writer = makeWriter(closing, on: connection)
        let head = response.headBytes(closes: true, date: dateCache.text())
        guard write(head + writer.body, socket), framing != .none else { return -1 }
        connection.phase = .lingering
        connection.decoder = nil
        connection.body = []
        watch(connection, settings.limits.lingerDeadline, .requestDeadline)
        if settings.tls == nil, !socket.isHoldingBytes {
            Glibc.shutdown(connection.descriptor, Int32(SHUT_WR))
        }
        return 0
    }

    // MARK: Heads

    func makeHead(
        _ connection: Connection,
        _ socket: EngineSocket,
        _ reader: HeadReader,
        _ facts: HeadFacts,
        _ headers: [(name: String, value: String)]
    ) -> RequestHead {
        let trusted = settings.trustedProxies
        let forwardedFor = headers.first { $0.name == "x-forwarded-for" }?.value
        let client = ClientAddress.resolve(peer: connection.peer, forwardedFor: forwardedFor, trusted: trusted)
        let proxySaysSecure =
            ClientAddress.isTrusted(connection.peer, trusted)
            && headers.first { $0.name == "x-forwarded-proto" }?.value.lowercased() == "https"
        connection.isHEAD = facts.method == "HEAD"
        return RequestHead(
            method: facts.method ?? "",
            path: facts.path,
            query: reader.query(),
            isHTTP11: facts.version == "HTTP/1.1",
            peerAddress: connection.peer.description,
            clientAddress: client.description,
            clientNetwork: client.network,
            isSecure: settings.tls != nil || proxySaysSecure,
            headers: headers
        )
    }
}
