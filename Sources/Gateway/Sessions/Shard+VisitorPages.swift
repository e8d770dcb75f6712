internal import Basics
internal import Domain
internal import Storage
internal import Wire

// Which page a visitor looks at, and whether he is there at all: told at once, kept for the trail.

extension Shard {
    func look(at page: PageReference, _ visitor: VisitorID) {
        let view = PageView(at: now, url: page.url, title: page.title)
        trails.add(view, of: visitor)
        write(.page(visitor, view))
        guard let id = openChats[visitor], lives[id] != nil else { return }
        let frame = ServerFrame.frame("page") { json in
            json.field("conv", id.rawValue)
            json.field(
                "page",
                object: { json in
                    json.field("url", view.url)
                    json.field("title", view.title)
                    json.field("at", view.at.milliseconds)
                }
            )
        }
        eachStaff(seeing: id) { pushFleeting(frame, to: $0) }
    }

    func visitorLeft(_ session: VisitorSession) {
        trails.touch(session.visitor, at: now)
        guard visitors.sessions(of: session.visitor).isEmpty, let id = openChats[session.visitor] else { return }
        announcePresenceOfVisitor(id)
    }

    /// Whether the visitor of a chat is there right now: shown by an ephemeral frame, kept nowhere.
    func announcePresenceOfVisitor(_ id: ConversationID) {
        guard let visitor = lives[id]?.committed.visitor else { return }
        let isThere = !visitors.sessions(of: visitor).isEmpty
        let frame = ServerFrame.frame("eph") { json in
            json.field("conv", id.rawValue)
            json.field("k", isThere ? "here" : "away")
            json.field("who", object: { $0.field("k", "visitor") })
        }
        eachStaff(seeing: id) { pushFleeting(frame, to: $0) }
    }

    func pingFrame(_ session: VisitorSession) -> [UInt8] {
        ServerFrame.frame("ping") { json in
            json.field(
                "pos",
                object: { json in
                    for (id, vseq) in session.heads { json.field(id.rawValue, vseq) }
                }
            )
        }
    }

    /// Answers a pong that no ping asked for, which is how a client probes a socket.
    func send(_ frame: [UInt8], toVisitor connection: ConnectionID, unlessPinged session: VisitorSession) {
        guard !session.life.wasPinged else { return }
        visitors[connection]?.life.pinged(at: now)
        send(frame, toVisitor: connection)
    }
}
