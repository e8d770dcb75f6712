internal import Basics
internal import Domain
internal import PhoneNumbers
internal import Signing
internal import Storage
internal import Transport
internal import Wire

extension Route {
    static let admin = [
        Route("GET", "/api/admin/users", .admin) { $0.listUsers($1) },
        Route("POST", "/api/admin/users", .admin, body: .json) { $0.saveUser($1) },
        Route("POST", "/api/admin/people/import", .admin, body: .bulk) { $0.importPeople($1) },
        Route("GET", "/api/admin/deliveries", .admin) { $0.listDeliveries($1) },
        Route("POST", "/api/admin/deliveries/{id}/replay", .admin, body: .json) { $0.replayDelivery($1) },
        Route("GET", "/api/admin/doctor", .admin) { $0.showDoctor($1) },
    ]
}

extension Shard {
    // MARK: Users

    func listUsers(_ call: WebCall) {
        succeed(call) { json in
            json.field("users", array: roster.all) { json, rep in json.object { write(me: rep, to: &$0) } }
        }
    }

    private struct UserBody: Decodable {
        var email: String
        var name: String
        var role: String
        var password: String
        var addresses: [String]?
        var chatsAtOnce: Int?
        var language: String?
    }

    func saveUser(_ call: WebCall) {
        let body: UserBody
        let role: Role
        do throws(WireError) {
            body = try call.decode(UserBody.self)
            guard let wanted = Role(rawValue: body.role) else { throw WireError(.form, field: "role") }
            guard Identity.email(body.email) != nil else { throw WireError(.form, field: "email") }
            guard body.name.contains(where: { !$0.isWhitespace }) else { throw WireError(.form, field: "name") }
            role = wanted
        } catch { return fail(call, error) }
        let password = Redacted(body.password)
        do throws(PasswordRules.Refusal) { try PasswordRules.check(password) } catch {
            return fail(call, WireError(.form, field: "password"))
        }
        let isRunning = hashing.hash(password) { [self] hash in
            loop.post { self.assumeIsolated { $0.store(call, body, role, hash) } }
        }
        if !isRunning { fail(call, WireError(.rate, retryAfter: limits.retryWhenBusy)) }
    }

    private func store(_ call: WebCall, _ body: UserBody, _ role: Role, _ hash: String?) {
        guard let hash else { return fail(call, WireError(.internal)) }
        let known = roster.all.first { $0.email == body.email.lowercased() }
        let rep = Rep(
            id: known?.id ?? newID(),
            name: body.name,
            email: body.email.lowercased(),
            role: role,
            addresses: body.addresses ?? known?.addresses ?? [],
            chatsAtOnce: body.chatsAtOnce ?? known?.chatsAtOnce ?? 4,
            language: body.language ?? known?.language,
            intent: known?.intent ?? .online
        )
        store(call, WriteUnit([.rep(rep), .password(rep.id, hash: Redacted(hash)), .endSessions(of: rep.id)])) {
            [self] in
            roster.replace(roster.all.filter { $0.id != rep.id } + [rep])
            for connection in staff.sessions(of: rep.id) { close(connection, .tokenExpired) }
            queueChanged()
            succeed(call, status: known == nil ? 201 : 200) { $0.field("id", rep.id.rawValue) }
        }
    }

    // MARK: Deliveries

    func listDeliveries(_ call: WebCall) {
        guard let state = RawDelivery.State(rawValue: call.query("state") ?? "unparsable") else {
            return fail(call, WireError(.badRequest, field: "state"))
        }
        ask([.deliveries(state, limit: call.pageSize(limits))], otherwise: { [self] in fail(call, $0) }) {
            [self] answers in
            guard case .deliveries(let deliveries) = answers[0] else { return }
            succeed(call) { json in
                json.field("deliveries", array: deliveries) { json, delivery in
                    json.object { json in
                        json.field("id", delivery.id.rawValue)
                        json.field("carrier", delivery.carrier)
                        json.field("source", delivery.account)
                        json.field("received", delivery.receivedAt.milliseconds)
                        json.field("state", delivery.state.rawValue)
                        json.optional("note", delivery.note)
                        json.field("bytes", Int64(delivery.body.count))
                    }
                }
            }
        }
    }

    /// Reads a kept delivery again, after its adapter was mended.
    func replayDelivery(_ call: WebCall) {
        let id = DeliveryID(call.parameters["id"] ?? "")
        ask([.delivery(id)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            guard case .deliveries(let found) = answers[0], let delivery = found.first else {
                return fail(call, WireError(.notFound))
            }
            accept(delivery)
            succeed(call, status: 202) { $0.field("replaying", delivery.id.rawValue) }
        }
    }

    func showDoctor(_ call: WebCall) {
        ask([.deliveryCounts, .head], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            guard case .deliveryCounts(let counts) = answers[0], case .head(let position) = answers[1] else { return }
            succeed(call) { json in
                json.field("mode", "\(mode)")
                json.field("build", settings.build)
                json.field("log_position", position.rawValue)
                json.field("visitor_sockets", Int64(visitors.count))
                json.field("staff_sockets", Int64(staff.count))
                json.field("live_conversations", Int64(lives.count))
                json.field("number_ruleset", numbers.ruleset)
                json.field(
                    "deliveries",
                    object: { json in
                        for state in RawDelivery.State.allCases {
                            json.field(state.rawValue, Int64(counts[state] ?? 0))
                        }
                    }
                )
            }
        }
    }
}
