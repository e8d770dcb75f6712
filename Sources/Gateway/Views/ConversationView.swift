internal import Basics
internal import Domain
internal import Storage
internal import Wire

/// A conversation as staff see it (`Protocols/sbp-1.md`, *Conversation*).
struct ConversationView {
    let conversation: Conversation
    let party: PartyView
    let unread: Int
    let page: PageView?
    let roster: Roster
    var events: [LogEvent]?

    func write(to json: inout JSONWriter) {
        let c = conversation
        json.field("id", c.id.rawValue)
        json.field("channel", c.channel.rawValue)
        json.field("state", stateName)
        json.field("rev", c.revision)
        json.field("seq", c.seq)
        json.field("vseq", c.vseq)
        json.field("opened", c.openedAt.milliseconds)
        json.field("since", c.since.milliseconds)
        json.field("queued", c.queuedAt.milliseconds)
        if let owner = c.state.owner {
            json.key("owner")
            json.rep(roster.name(owner))
        }
        if case .offered(let offer) = c.state {
            json.field("offered", array: offer.reps) { $0.rep(roster.name($1)) }
            json.optional("deadline", offer.deadline?.milliseconds)
        }
        json.optional("ended", c.endedAt?.milliseconds)
        json.optional("disposition", c.disposition)
        json.optional("outcome", c.call?.disposition?.rawValue)
        json.optional("waiting_since", c.waitingSince?.milliseconds)
        json.field("unread", Int64(unread))
        if let last = c.last {
            json.field(
                "last",
                object: { json in
                    json.field("kind", last.kind)
                    json.field("k", last.side.rawValue)
                    json.field("text", last.text)
                    json.field("ts", last.at.milliseconds)
                }
            )
        }
        json.field("who", object: party.write)
        json.field("marks", object: c.marks.write)
        if let page {
            json.field(
                "page",
                object: { json in
                    json.field("url", page.url)
                    json.field("title", page.title)
                    json.field("at", page.at.milliseconds)
                }
            )
        }
        json.optional("lang", c.language)
        if let call = c.call { json.field("call", object: { write(call, to: &$0) }) }
        if let rating = c.rating {
            json.field(
                "rated",
                object: { json in
                    json.field("score", Int64(rating.score))
                    json.optional("comment", rating.comment)
                }
            )
        }
        if let events {
            json.field("events", array: events) { json, event in
                json.object {
                    ServerFrame.writeStaff(event, previous: nil, name: roster.name(of: event.author), to: &$0)
                }
            }
        }
    }

    private var stateName: String {
        switch conversation.state {
        case .queued: "queued"
        case .offered: "offered"
        case .active: "active"
        case .wrapUp: "wrapup"
        case .closed: "closed"
        }
    }

    private func write(_ call: Call, to json: inout JSONWriter) {
        json.field("direction", call.direction.rawValue)
        json.field("state", call.state.rawValue)
        let outside = conversation.numberShown
        json.optional("from", call.direction == .outbound ? call.from : outside ?? call.from)
        json.optional("to", call.direction == .outbound ? outside ?? call.to : call.to)
        json.optional("line", call.line)
        json.optional("queue", call.queue)
        json.field("started", call.startedAt.milliseconds)
        json.optional("ringing_at", call.ringingAt?.milliseconds)
        json.optional("answered_at", call.answeredAt?.milliseconds)
        json.optional("ended_at", call.endedAt?.milliseconds)
        json.optional("disposition", call.disposition?.rawValue)
        json.optional("ended_by", call.endedBy?.rawValue)
        json.field("agents", array: call.legs) { json, leg in
            json.object { json in
                let rep = roster.rep(atAddress: leg.agent)
                json.optional("id", rep?.id.rawValue)
                json.field("name", rep?.name ?? leg.agent)
            }
        }
    }
}

extension Marks {
    func write(to json: inout JSONWriter) {
        json.field(
            "visitor",
            object: { json in
                json.field("recv", visitorReceived)
                json.field("read", visitorRead)
            }
        )
        json.field(
            "staff",
            object: { json in
                json.field("recv", staffReceived)
                json.field("read", staffRead)
            }
        )
    }
}
