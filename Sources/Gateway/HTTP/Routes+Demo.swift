internal import Basics
internal import Domain
internal import Signing
internal import Storage
internal import Transport
internal import Wire

// Only a demo has these: they hand out logins and proofs to whoever asks.

extension Route {
    static let demo = [
        Route("GET", "/demo/customers", .open) { $0.listDemoCustomers($1) },
        Route("POST", "/demo/identity", .own, body: .json) { $0.proveDemoCustomer($1) },
        Route("POST", "/demo/ring", .own, body: .json) { $0.ringDemo($1) },
    ]
}

extension Shard {
    func listDemoCustomers(_ call: WebCall) {
        guard let demo = settings.demo else { return fail(call, WireError(.notFound)) }
        succeed(call) { json in
            json.field("customers", array: demo.customers) { json, customer in
                json.object { json in
                    json.field("id", customer.id)
                    json.field("name", customer.name)
                }
            }
            json.field("logins", array: demo.logins) { json, login in
                json.object { json in
                    json.field("email", login.email)
                    json.field("password", login.password.reveal())
                    json.field("name", login.name)
                    json.field("role", login.role)
                }
            }
        }
    }

    private struct IdentityBody: Decodable { var person: String }

    /// Signs what the shop's own server would sign for the customer who is logged in there.
    func proveDemoCustomer(_ call: WebCall) {
        let body: IdentityBody
        do throws(WireError) { body = try call.decode(IdentityBody.self) } catch { return fail(call, error) }
        guard let demo = settings.demo, isSameOrigin(call.head), let inbox = settings.inboxes.first,
            let secret = inbox.identitySecret, let customer = demo.customers.first(where: { $0.id == body.person })
        else { return fail(call, WireError(.notFound)) }
        let claims = IdentityClaims(
            subject: customer.id,
            audience: inbox.key,
            proofID: newID(Visitor.self).rawValue,
            email: customer.email.map { Redacted($0) },
            phone: nil,
            name: Redacted(customer.name),
            issuedAt: now,
            expiresAt: now + .minutes(10)
        )
        guard let proof = try? IdentityProof.sign(claims, secret: secret) else {
            return fail(call, WireError(.internal))
        }
        succeed(call) { $0.field("proof", proof) }
    }

    private struct RingBody: Decodable {
        var number: String
        var agent: String?
        var outcome: String?
    }

    func ringDemo(_ call: WebCall) {
        let body: RingBody
        do throws(WireError) { body = try call.decode(RingBody.self) } catch { return fail(call, error) }
        guard let demo = settings.demo, isSameOrigin(call.head) else { return fail(call, WireError(.notFound)) }
        guard body.number.utf8.count <= 40 else { return fail(call, WireError(.form, field: "number")) }
        if let wait = buckets.take("ring", call.head.clientNetwork, .init(burst: 5, every: .seconds(2)), at: now) {
            return fail(call, WireError(.rate, retryAfter: wait))
        }
        demo.ring(body.number, body.agent, body.outcome == "missed")
        succeed(call, status: 202) { $0.field("ringing", true) }
    }
}
