internal import Basics
internal import Domain
internal import Signing
internal import Storage
internal import Transport
internal import Wire

// Every request passes here: ours by its `Host`, known by its route, small enough, not too often, allowed. Then its
// handler runs, and answers now or when the store has answered.

extension Shard {
    func admit(_ head: RequestHead) -> Admission {
        guard isOurs(head) else { return .respond(failure(WireError(.badRequest, field: "host"))) }
        switch routes.find(head.method, head.path) {
        case .nothing: return .respond(failure(WireError(.notFound)))
        case .otherMethods(let methods):
            var response = failure(WireError(.method))
            if let allow = HeaderValue(methods.joined(separator: ", ")) { response.headers.append("allow", allow) }
            return .respond(response)
        case .route(let route, _):
            let rate = route.body == .webhook ? limits.webhooks : limits.requests
            if let wait = buckets.take(route.body == .webhook ? "hook" : "http", head.clientNetwork, rate, at: now) {
                return .respond(failure(WireError(.rate, retryAfter: wait)))
            }
            let limit = Limit("body.\(route.body)", bodyLimit(route.body))
            if let length = head["content-length"].flatMap({ Int($0) }), !limit.admits(length) {
                return .respond(failure(WireError(.tooLarge, limit: limit)))
            }
            return .body(limitBytes: limit.value)
        }
    }

    private func bodyLimit(_ body: Route.Body) -> Int {
        switch body {
        case .none: 0
        case .json: limits.jsonBodyBytes
        case .bulk: limits.importBodyBytes
        case .webhook: limits.webhookBodyBytes
        case .beacon: limits.beaconBodyBytes
        }
    }

    /// A name that resolves to this machine but is not ours would make another site's scripts look like our own.
    private func isOurs(_ head: RequestHead) -> Bool {
        guard let host = head["host"]?.lowercased() else { return false }
        return settings.hosts.contains(host) || settings.hosts.contains(String(host.prefix { $0 != ":" }))
    }

    func received(_ request: Request, _ exchange: ExchangeID) {
        guard case .route(let route, let parameters) = routes.find(request.head.method, request.head.path) else {
            server?.respond(exchange, failure(WireError(.notFound)))
            return
        }
        let call = WebCall(request: request, exchange: exchange, route: route, parameters: parameters)
        switch route.access {
        case .open, .own: route.handler(self, call)
        case .session(let role): withLogin(call, role) { [self] in route.handler(self, $0) }
        case .admin:
            if isAdmin(call) { return route.handler(self, call) }
            withLogin(call, .admin) { [self] in route.handler(self, $0) }
        }
    }

    // MARK: Logins

    /// `__Host-` ties the cookie to this host and to TLS; without TLS (a demo on loopback) browsers would not take it.
    var cookieName: String { settings.publicBaseURL.hasPrefix("https:") ? "__Host-switchboard" : "switchboard" }

    private func withLogin(_ call: WebCall, _ least: Role, _ body: @escaping (WebCall) -> Void) {
        guard let secret = call.cookie(cookieName), let digest = SessionSecret.digest(of: secret) else {
            return fail(call, WireError(.unauthorised))
        }
        let hash = ByteText.hex(digest)
        if call.head.method != "GET", call.head.method != "HEAD" {
            guard isSameOrigin(call.head), let token = call.head["x-switchboard-csrf"],
                ConstantTime.equal(token, csrfToken(hash))
            else { return fail(call, WireError(.csrf)) }
        }
        ask([.session(hash: hash)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            guard case .session(let session?, let rep?) = answers[0], rep.isActive, isValid(session) else {
                return fail(call, WireError(.unauthorised))
            }
            guard rep.role.rank >= least.rank else { return fail(call, WireError(.forbidden)) }
            if now - session.lastSeen > .minutes(1) { write(.touchSession(hash: hash, at: now)) }
            var call = call
            call.login = WebCall.Login(session: session, rep: rep)
            body(call)
        }
    }

    func isValid(_ session: SessionRecord) -> Bool {
        let isInUse = !staff.sessions(withHash: session.hash).isEmpty
        return now - session.createdAt < limits.sessionLife && (isInUse || now - session.lastSeen < limits.sessionIdle)
    }

    func csrfToken(_ sessionHash: String) -> String {
        let key = settings.masterKey.subkey(for: "csrf").reveal()
        return ByteText.base64URL(MessageAuthentication.hmac(.sha256, key: key, message: Array(sessionHash.utf8)))
    }

    /// Whether the request was made by a page of ours: browsers tell, and nobody else can make them lie.
    func isSameOrigin(_ head: RequestHead) -> Bool {
        if let site = head["sec-fetch-site"], site != "same-origin" { return false }
        guard let origin = head["origin"], let host = head["host"] else { return false }
        return origin == settings.publicBaseURL || origin == (head.isSecure ? "https://" : "http://") + host
    }

    func isAdmin(_ call: WebCall) -> Bool {
        guard let header = call.head["authorization"], header.hasPrefix("Bearer ") else { return false }
        return ConstantTime.equal(String(header.dropFirst(7)), settings.adminToken.reveal())
    }

    // MARK: Sockets

    func upgrade(_ head: RequestHead) -> UpgradeDecision {
        guard isOurs(head), mode == .serving || mode == .full else {
            return .refuse(status: mode == .stopping ? 503 : 403)
        }
        // Both the console and the panel's frame are pages of ours, so that one origin is right for both sockets.
        guard isSameOrigin(head) else { return .refuse(status: 403) }
        switch head.path {
        case RealtimePath.visitor: return .accept(limits: SocketLimits(frameBytes: limits.visitorFrameBytes))
        case RealtimePath.staff: return .accept(limits: SocketLimits(frameBytes: limits.staffFrameBytes))
        default: return .refuse(status: 404)
        }
    }

    // MARK: Answers

    func fail(_ call: WebCall, _ error: WireError) { respond(call, failure(error)) }

    func failure(_ error: WireError) -> Response {
        var response = Response(status: error.code.httpStatus, headers: Self.jsonHeaders, body: error.httpBody)
        if let wait = error.retryAfter {
            response.headers.append("retry-after", HeaderValue(Int(max(1, (wait.milliseconds + 999) / 1_000))))
        }
        return response
    }

    func succeed(_ call: WebCall, status: Int = 200, _ body: (inout JSONWriter) -> Void) {
        respond(call, Response(status: status, headers: Self.jsonHeaders, body: JSONWriter.object(body).bytes))
    }

    func respond(_ call: WebCall, _ response: Response) {
        meters.request(call.route.pattern, response.status)
        server?.respond(call.exchange, response)
    }

    static let jsonHeaders: HeaderFields = [
        "content-type": "application/json; charset=utf-8", "cache-control": "no-store",
        "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cross-origin-resource-policy": "same-origin",
    ]
}

extension Role {
    var rank: Int {
        switch self {
        case .rep: 0
        case .supervisor: 1
        case .admin: 2
        }
    }
}
