internal import Basics
public import Domain
internal import Foundation

/// Event bodies as JSON: the form that staff read on the wire and that the store keeps.
///
/// The kinds and their fields stand in `Protocols/sbp-1.md` §2.
public enum BodyCodec {
    public static func kind(of body: EventBody) -> String {
        switch body {
        case .opened: "opened"
        case .text: "text"
        case .note: "note"
        case .queued: "queued"
        case .offered: "offered"
        case .unoffered: "unoffered"
        case .joined: "joined"
        case .left: "left"
        case .closed: "closed"
        case .reopened: "reopened"
        case .rated: "rated"
        case .claims: "claims"
        case .linked: "linked"
        case .unlinked: "unlinked"
        case .call: "call"
        case .wrapUp: "wrapup"
        }
    }

    public static func encode(_ body: EventBody) -> String { JSONWriter.object { write(body, to: &$0) }.text }

    /// What a visitor is given of the body: no ids of reps, no dispositions.
    public static func encodeForVisitor(_ body: EventBody) -> String {
        JSONWriter.object { json in
            switch body {
            case .text(let text): json.field("text", text)
            case .joined(let rep, _), .left(let rep): json.field("name", rep.name)
            case .closed(let side, _): json.field("by", side.rawValue)
            case .rated(let score, _): json.field("score", Int64(score))
            default: break
            }
        }.text
    }

    /// The body that was encoded, or nil when the text is not of that kind.
    public static func decode(kind: String, json: String) -> EventBody? {
        guard let fields = try? JSONDecoder().decode(BodyFields.self, from: Data(json.utf8)) else { return nil }
        return fields.body(kind)
    }

    // MARK: Writing

    private static func write(_ body: EventBody, to json: inout JSONWriter) {
        switch body {
        case .opened(let language, let form):
            json.optional("lang", language)
            if !form.isEmpty {
                json.field("form", array: form) { json, field in
                    json.object {
                        $0.field("name", field.name)
                        $0.field("value", field.value)
                    }
                }
            }
        case .text(let text), .note(let text): json.field("text", text)
        case .queued(let why): json.field("why", why.rawValue)
        case .offered(let reps, let deadline, let why, let from):
            json.field("reps", array: reps) { $0.rep($1) }
            json.optional("deadline", deadline?.milliseconds)
            json.field("why", why.rawValue)
            if let from {
                json.key("from")
                json.rep(from)
            }
        case .unoffered(let rep, let why):
            json.key("rep")
            json.rep(rep)
            json.field("why", why.rawValue)
        case .joined(let rep, let from):
            json.field("id", rep.id.rawValue)
            json.field("name", rep.name)
            if let from {
                json.key("from")
                json.rep(from)
            }
        case .left(let rep):
            json.field("id", rep.id.rawValue)
            json.field("name", rep.name)
        case .closed(let side, let disposition):
            json.field("by", side.rawValue)
            json.optional("disposition", disposition)
        case .reopened: break
        case .rated(let score, let comment):
            json.field("score", Int64(score))
            json.optional("comment", comment)
        case .claims(let kind, let value):
            json.field("kind", kind.rawValue)
            json.field("value", value)
        case .linked(let person, let how):
            json.person(person)
            json.field("how", how.rawValue)
        case .unlinked(let person): json.person(person)
        case .call(let milestone):
            json.field("what", milestone.what.rawValue)
            if let agent = milestone.agent {
                json.key("agent")
                json.object {
                    $0.optional("id", agent.id?.rawValue)
                    $0.field("name", agent.name)
                }
            }
            json.optional("disposition", milestone.disposition?.rawValue)
            json.optional("ended_by", milestone.endedBy?.rawValue)
            json.optional("seconds", milestone.seconds.map(Int64.init))
        case .wrapUp(let disposition, let next):
            json.field("disposition", disposition)
            json.optional("next", next)
        }
    }
}

extension JSONWriter {
    public mutating func rep(_ rep: RepName) {
        object {
            $0.field("id", rep.id.rawValue)
            $0.field("name", rep.name)
        }
    }

    fileprivate mutating func person(_ person: PersonName) {
        key("person")
        object {
            $0.field("id", person.id.rawValue)
            $0.field("name", person.name)
        }
    }
}

/// Every field that a body of any kind has.
private struct BodyFields: Decodable {
    struct Named: Decodable {
        var id: String?
        var name: String?
        var rep: RepName? { id.map { RepName(id: RepID($0), name: name ?? "") } }
        var person: PersonName? { id.map { PersonName(id: PersonID($0), name: name ?? "") } }
    }
    struct Field: Decodable {
        var name: String
        var value: String
    }
    var lang: String?
    var form: [Field]?
    var text: String?
    var why: String?
    var reps: [Named]?
    var rep: Named?
    var from: Named?
    var deadline: Int64?
    var id: String?
    var name: String?
    var by: String?
    var disposition: String?
    var score: Int?
    var comment: String?
    var kind: String?
    var value: String?
    var person: Named?
    var how: String?
    var what: String?
    var agent: Named?
    var ended_by: String?
    var seconds: Int?
    var next: String?

    func body(_ kind: String) -> EventBody? {
        switch kind {
        case "opened":
            return .opened(
                language: lang,
                form: (form ?? []).map { FormField(name: $0.name, value: $0.value) }
            )
        case "text": return text.map { .text($0) }
        case "note": return text.map { .note($0) }
        case "queued": return why.flatMap(QueueReason.init).map { .queued($0) }
        case "offered":
            guard let reps, let why = why.flatMap(RingReason.init) else { return nil }
            return .offered(
                reps: reps.compactMap(\.rep),
                deadline: deadline.map { Timestamp(milliseconds: $0) },
                why: why,
                from: from?.rep
            )
        case "unoffered":
            guard let rep = rep?.rep, let why = why.flatMap(OfferEnd.init) else { return nil }
            return .unoffered(rep: rep, why: why)
        case "joined": return id.map { .joined(rep: RepName(id: RepID($0), name: name ?? ""), from: from?.rep) }
        case "left": return id.map { .left(rep: RepName(id: RepID($0), name: name ?? "")) }
        case "closed": return by.flatMap(Side.init).map { .closed(by: $0, disposition: disposition) }
        case "reopened": return .reopened
        case "rated": return score.map { .rated(score: $0, comment: comment) }
        case "claims":
            guard let kind = self.kind.flatMap(ClaimKind.init), let value else { return nil }
            return .claims(kind: kind, value: value)
        case "linked":
            guard let person = person?.person, let how = how.flatMap(LinkReason.init) else { return nil }
            return .linked(person: person, how: how)
        case "unlinked": return person?.person.map { .unlinked(person: $0) }
        case "call":
            guard let what = what.flatMap(CallMilestone.What.init) else { return nil }
            return .call(
                CallMilestone(
                    what,
                    agent: agent.map { AgentName(id: $0.id.map { RepID($0) }, name: $0.name ?? "") },
                    disposition: disposition.flatMap(CallDisposition.init),
                    endedBy: ended_by.flatMap(Side.init),
                    seconds: seconds
                )
            )
        case "wrapup": return disposition.map { .wrapUp(disposition: $0, next: next) }
        default: return nil
        }
    }
}
