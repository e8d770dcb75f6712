internal import Basics
internal import Carriers
internal import Domain
internal import Logging
internal import Storage
internal import Transport
internal import Wire

extension Route {
    static let hooks = [
        Route("POST", "/hooks/{carrier}/{source}", .own, body: .webhook) { $0.receiveHook($1) },
        Route("GET", "/hooks/{carrier}/{source}", .own) { $0.receiveHook($1) },
    ]
}

extension Shard {
    /// A carrier's request: proven, stored, answered; understood afterwards.
    func receiveHook(_ call: WebCall) {
        let name = call.parameters["carrier"] ?? ""
        let account = call.parameters["source"] ?? ""
        guard let carrier = carriers[name], let source = settings.source(name, account) else {
            // An unknown source and a wrong signature look alike from outside.
            meters.delivery("unknown", "refused")
            return fail(call, WireError(.unauthorised))
        }
        var headers: [String: String] = [:]
        for header in carriers.capturedHeaders + ["content-type", "authorization"] {
            headers[header] = call.head[header]
        }
        let request = CarrierRequest(
            from: source,
            method: call.head.method,
            path: call.head.path,
            query: call.head.query,
            headers: headers,
            body: call.request.body
        )
        do throws(CarrierRefusal) {
            try carrier.authenticate(request, source: source, now: now)
        } catch {
            meters.delivery(name, "refused")
            logger.warning(
                "a delivery was refused",
                metadata: ["carrier": .string(name), "source": .string(account), "why": .string(error.code)]
            )
            return fail(call, WireError(.unauthorised))
        }
        if let refusal = writeRefusal { return fail(call, refusal) }
        let delivery = RawDelivery(
            id: newID(),
            carrier: name,
            account: account,
            key: carrier.idempotencyKey(request),
            receivedAt: now,
            contentType: request.contentType,
            query: request.query,
            body: request.body
        )
        write(WriteUnit(.delivery(delivery))) { [self] result in
            switch result {
            case .success(.stored(let outcomes)):
                let isRepeat = if case .repeated? = outcomes.first { true } else { false }
                meters.delivery(name, isRepeat ? "repeated" : "stored")
                respond(call, response(carrier.reply(to: request, source: source)))
                if !isRepeat { accept(delivery) }
            case .success: fail(call, WireError(.internal))
            case .failure(let error): fail(call, wireError(for: error))
            }
        }
    }

    private func response(_ reply: CarrierReply) -> Response {
        var headers: HeaderFields = ["cache-control": "no-store", "x-content-type-options": "nosniff"]
        if let type = reply.contentType.flatMap({ HeaderValue($0) }) { headers.append("content-type", type) }
        return Response(status: reply.status, headers: headers, body: reply.body)
    }
}
