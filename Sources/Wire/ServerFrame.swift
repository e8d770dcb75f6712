public import Basics
public import Domain

/// Frames that a server sends, as bytes; what each holds stands in `Protocols/sbp-1.md`.
public enum ServerFrame {
    public static func ack(
        cid: ClientMessageID,
        conversation: ConversationID,
        seq: Int64? = nil,
        position: Int64? = nil,
        at: Timestamp,
        isRepeat: Bool = false
    ) -> [UInt8] {
        frame("ack") { json in
            json.field("cid", cid.rawValue)
            json.field("conv", conversation.rawValue)
            json.optional("seq", seq)
            json.optional("pos", position)
            json.field("ts", at.milliseconds)
            if isRepeat { json.field("dup", true) }
        }
    }

    public static func error(_ error: WireError, cid: String? = nil, id: String? = nil) -> [UInt8] {
        frame("err") { json in
            json.optional("cid", cid)
            json.optional("id", id)
            error.write(to: &json)
        }
    }

    public static func bye(_ code: CloseCode, retryAfter: Span) -> [UInt8] {
        frame("bye") { json in
            json.field("code", code.code)
            json.field("retry_ms", retryAfter.milliseconds)
        }
    }

    public static func lag(from position: Int64) -> [UInt8] { frame("lag") { $0.field("from", position) } }

    public static func typing(
        _ conversation: ConversationID,
        _ isTyping: Bool,
        side: Side,
        rep: RepName?,
        forVisitor: Bool
    )
        -> [UInt8]
    {
        frame("eph") { json in
            json.field("conv", conversation.rawValue)
            json.field("k", isTyping ? "typing" : "stop")
            json.field(
                "who",
                object: { json in
                    json.field("k", side.rawValue)
                    if let rep {
                        if !forVisitor { json.field("id", rep.id.rawValue) }
                        json.field("name", rep.name)
                    }
                }
            )
        }
    }

    public static func marks(_ conversation: ConversationID, _ side: Side, received: Int64, read: Int64) -> [UInt8] {
        frame("wm") { json in
            json.field("conv", conversation.rawValue)
            json.field("who", side == .visitor ? "visitor" : "staff")
            json.field("recv", received)
            json.field("read", read)
        }
    }

    /// An event as staff read it; without `prev` inside a snapshot.
    public static func staffEvent(_ event: LogEvent, previous: Int64?, name: String?) -> [UInt8] {
        frame("ev") { json in writeStaff(event, previous: previous, name: name, to: &json) }
    }

    public static func writeStaff(_ event: LogEvent, previous: Int64?, name: String?, to json: inout JSONWriter) {
        json.field("pos", event.position.rawValue)
        json.optional("prev", previous)
        json.field("conv", event.conversation.rawValue)
        json.field("seq", event.seq)
        json.optional("vseq", event.vseq)
        json.field("ts", event.at.milliseconds)
        json.field(
            "from",
            object: { json in
                switch event.author {
                case .visitor: json.field("k", "visitor")
                case .rep(let id):
                    json.field("k", "rep")
                    json.field("id", id.rawValue)
                case .carrier: json.field("k", "carrier")
                case .system: json.field("k", "system")
                }
                json.optional("name", name)
            }
        )
        json.field("kind", BodyCodec.kind(of: event.body))
        json.optional("cid", event.cid?.rawValue)
        json.key("body")
        json.raw(BodyCodec.encode(event.body))
    }

    /// An event as its visitor reads it: his own numbers, no ids of staff.
    public static func visitorEvent(_ event: LogEvent, previous: Int64?, name: String?, isOwn: Bool) -> [UInt8] {
        frame("ev") { json in writeVisitor(event, previous: previous, name: name, isOwn: isOwn, to: &json) }
    }

    public static func writeVisitor(
        _ event: LogEvent,
        previous: Int64?,
        name: String?,
        isOwn: Bool,
        to json: inout JSONWriter
    ) {
        let vseq = event.vseq ?? 0
        json.field("pos", vseq)
        json.optional("prev", previous)
        json.field("conv", event.conversation.rawValue)
        json.field("seq", vseq)
        json.field("ts", event.at.milliseconds)
        json.field(
            "from",
            object: { json in
                switch event.author {
                case .visitor:
                    json.field("k", "visitor")
                    if isOwn { json.field("me", true) }
                case .rep:
                    json.field("k", "rep")
                    json.optional("name", name)
                case .carrier, .system: json.field("k", "system")
                }
            }
        )
        json.field("kind", BodyCodec.kind(of: event.body))
        if isOwn { json.optional("cid", event.cid?.rawValue) }
        json.key("body")
        json.raw(BodyCodec.encodeForVisitor(event.body))
    }

    public static func frame(_ type: String, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
        JSONWriter.object { json in
            json.field("t", type)
            body(&json)
        }.bytes
    }
}
