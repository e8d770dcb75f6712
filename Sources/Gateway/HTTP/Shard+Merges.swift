internal import Basics
internal import Domain
internal import PhoneNumbers
internal import Storage
internal import Transport
internal import Wire

// Two records that are one person, and the way back.

extension Shard {
    struct MergeBody: Decodable {
        var into: String
        var reason: String?
    }

    func mergePerson(_ call: WebCall) {
        let body: MergeBody
        do throws(WireError) { body = try call.decode(MergeBody.self) } catch { return fail(call, error) }
        let winner = PersonID(body.into)
        withPerson(call) { [self] loser in
            ask([.isVisible(winner, call.scope, now: now)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
                guard case .flag(true) = answers[0] else { return fail(call, WireError(.form, field: "into")) }
                let edge = MergeEdge(
                    id: newID(),
                    loser: loser,
                    winner: winner,
                    by: .rep(call.scope.viewer),
                    reason: String((body.reason ?? "").prefix(500)),
                    at: now
                )
                store(call, WriteUnit(.merge(edge))) { [self] in
                    refreshParties(of: loser)
                    refreshParties(of: winner)
                    succeed(call) { $0.field("edge", edge.id.rawValue) }
                }
            }
        }
    }

    func undoMerge(_ call: WebCall) {
        let id = MergeID(call.parameters["id"] ?? "")
        ask([.mergeEdge(id)], otherwise: { [self] in fail(call, $0) }) { [self] answers in
            guard case .mergeEdge(let edge?) = answers[0], edge.undoneAt == nil else {
                return fail(call, WireError(.notFound))
            }
            ask([.isVisible(edge.winner, call.scope, now: now)], otherwise: { [self] in fail(call, $0) }) {
                [self] answers in
                guard case .flag(true) = answers[0] else { return fail(call, WireError(.notFound)) }
                store(call, WriteUnit(.undoMerge(id, by: .rep(call.scope.viewer), at: now))) { [self] in
                    refreshParties(of: edge.winner)
                    refreshParties(of: edge.loser)
                    succeed(call) { json in
                        json.field("stay", strings: [edge.winner.rawValue])
                        json.field("back", strings: [edge.loser.rawValue])
                    }
                }
            }
        }
    }
}
