internal import Basics
internal import CoreMetrics
internal import Domain
internal import Logging
internal import Signing
internal import Storage
internal import Transport
internal import Wire

extension Route {
    static let session = [
        Route("POST", "/api/session", .own, body: .json) { $0.logIn($1) },
        Route("GET", "/api/session", .session(.rep)) { $0.showSession($1) },
        Route("DELETE", "/api/session", .session(.rep)) { $0.logOut($1) },
        Route("POST", "/api/ticket", .session(.rep), body: .json) { $0.makeTicket($1) },
    ]
}

private struct LoginBody: Decodable {
    var email: String
    var password: String
}

extension Shard {
    func logIn(_ call: WebCall) {
        guard isSameOrigin(call.head) else { return fail(call, WireError(.csrf)) }
        let body: LoginBody
        do throws(WireError) { body = try call.decode(LoginBody.self) } catch { return fail(call, error) }
        let email = body.email.lowercased()
        let password = Redacted(body.password)
        let account = ByteText.hex(Digest.sha256(Array(email.utf8)).prefix(16))
        if let wait = buckets.take("login", account, limits.loginsPerAccount, at: now)
            ?? buckets.take("login-address", call.head.clientNetwork, limits.loginsPerAddress, at: now)
        {
            return fail(call, WireError(.rate, retryAfter: wait))
        }
        ask([.login(email: email)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            guard case .login(let rep, let stored) = answers[0] else { return fail(call, WireError(.internal)) }
            // An unknown address costs the same hash as a known one, so that time tells nothing.
            let isRunning = hashing.verify(password, against: stored?.reveal()) { [self] matches, better in
                loop.post { self.assumeIsolated { $0.finishLogin(call, account, matches ? rep : nil, better) } }
            }
            if !isRunning { fail(call, WireError(.rate, retryAfter: limits.retryWhenBusy)) }
        }
    }

    private func finishLogin(_ call: WebCall, _ account: String, _ rep: Rep?, _ better: String?) {
        guard let rep, rep.isActive else {
            meters.loginsFailed.increment()
            logger.info("a login was refused", metadata: ["network": .string(call.head.clientNetwork)])
            return fail(call, WireError(.badLogin))
        }
        // Only guesses count against the limits; whoever knows the password may log in as often as she likes.
        buckets.giveBack("login", account)
        buckets.giveBack("login-address", call.head.clientNetwork)
        if let better { write(.password(rep.id, hash: Redacted(better))) }
        let secret = SessionSecret.make()
        let hash = ByteText.hex(secret.digest)
        let record = SessionRecord(hash: hash, rep: rep.id, createdAt: now, lastSeen: now)
        write(WriteUnit(.session(record))) { [self] result in
            switch result {
            case .success:
                var response = Response(
                    status: 200,
                    headers: Self.jsonHeaders,
                    body: JSONWriter.object { writeSession(rep, hash, to: &$0) }.bytes
                )
                setCookie(secret.text.reveal(), maxAge: Int(limits.sessionLife.milliseconds / 1_000), on: &response)
                respond(call, response)
            case .failure(let error): fail(call, wireError(for: error))
            }
        }
    }

    private func setCookie(_ value: String, maxAge: Int, on response: inout Response) {
        let secure = settings.publicBaseURL.hasPrefix("https:") ? "; Secure" : ""
        let text = "\(cookieName)=\(value); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(maxAge)\(secure)"
        if let header = HeaderValue(text) { response.headers.append("set-cookie", header) }
    }

    private func writeSession(_ rep: Rep, _ hash: String, to json: inout JSONWriter) {
        json.field("me", object: { write(me: roster[rep.id]?.rep ?? rep, to: &$0) })
        json.field("csrf", csrfToken(hash))
        json.field("build", settings.build)
        json.field("demo", settings.demo != nil)
    }

    func showSession(_ call: WebCall) {
        guard let login = call.login else { return }
        succeed(call) { writeSession(login.rep, login.session.hash, to: &$0) }
    }

    func logOut(_ call: WebCall) {
        guard let login = call.login else { return }
        write(WriteUnit(.endSession(hash: login.session.hash))) { [self] result in
            guard case .success = result else { return fail(call, WireError(.busy, retryAfter: limits.retryWhenBusy)) }
            for connection in staff.sessions(withHash: login.session.hash) { close(connection, .tokenExpired) }
            var response = Response(status: 204, headers: Self.jsonHeaders)
            setCookie("", maxAge: 0, on: &response)
            respond(call, response)
        }
    }

    func makeTicket(_ call: WebCall) {
        guard let login = call.login else { return }
        let ticket = OneTimeTicket.make()
        tickets[ticket.digest] = Ticket(
            sessionHash: login.session.hash,
            rep: login.rep.id,
            expiresAt: now + limits.ticketLife
        )
        succeed(call) { $0.field("ticket", ticket.text.reveal()) }
    }
}
