public import Basics
public import Domain
internal import Foundation

/// A page that a visitor looks at.
public struct PageReference: Hashable, Sendable {
    public let url: String
    public let title: String
    public let referrer: String?
    public init(url: String, title: String, referrer: String?) {
        self.url = url
        self.title = title
        self.referrer = referrer
    }
}

/// Any frame of a visitor, decoded and within its limits.
public enum VisitorFrame: Sendable {
    case hello(VisitorHello)
    case open(cid: ClientMessageID, form: [FormField], first: (cid: ClientMessageID, text: String)?)
    case send(cid: ClientMessageID, conversation: ConversationID, text: String)
    case close(cid: ClientMessageID, conversation: ConversationID)
    case rate(cid: ClientMessageID, conversation: ConversationID, score: Int, comment: String?)
    case receipt(conversation: ConversationID, received: Int64, read: Int64)
    case typing(conversation: ConversationID, Bool)
    case page(PageReference)
    case history(id: String, conversation: ConversationID, before: Int64, limit: Int)
    case pong
}

public struct VisitorHello: Sendable {
    public var version: Int
    public var inbox: String
    public var token: Redacted<String>?
    public var identityProof: Redacted<String>?
    public var tab: String
    public var language: String?
    public var page: PageReference?
    public var resume: (epoch: String, heads: [ConversationID: Int64])?
}

/// Any frame of a rep, decoded and within its limits.
public enum StaffFrame: Sendable {
    case hello(StaffHello)
    case text(cid: ClientMessageID, conversation: ConversationID, text: String)
    case note(cid: ClientMessageID, conversation: ConversationID, text: String)
    case act(cid: ClientMessageID, conversation: ConversationID, StaffAct)
    case receipt(conversation: ConversationID, received: Int64, read: Int64)
    case typing(conversation: ConversationID, Bool)
    case subscribe(ConversationID)
    case history(id: String, conversation: ConversationID, before: Int64, limit: Int)
    case status(Rep.Intent)
    case pong
}

public struct StaffHello: Sendable {
    public var version: Int
    public var ticket: Redacted<String>
    public var tab: String
    public var resume: (epoch: String, position: LogPosition)?
}

public enum StaffAct: Hashable, Sendable {
    case accept, decline, claim, release, reopen, unpick
    case assign(RepID)
    case close(disposition: String, note: String?, next: String?)
    case pick(PersonID, remember: Bool)
}

/// What a client frame may hold at most.
public enum FrameLimits {
    public static let page = 1...100
    public static let formFields = Limit("form.fields", 10)
    public static let formValue = Limit("form.value", 500)
    public static let shortText = Limit("frame.text", 256)
}

public enum FrameDecoder {
    public static func visitor(_ bytes: [UInt8]) throws(WireError) -> VisitorFrame {
        let f = try decode(bytes)
        switch f.t {
        case "hello": return .hello(try f.visitorHello())
        case "open": return try f.open()
        case "send":
            guard f.kind == nil || f.kind == "text" else { throw WireError(.badFrame, field: "kind") }
            return .send(cid: try f.clientID(), conversation: try f.conversation(), text: try f.text())
        case "act":
            switch f.op {
            case "close": return .close(cid: try f.clientID(), conversation: try f.conversation())
            case "rate":
                guard let score = f.args?.score else { throw WireError(.badFrame, field: "args.score") }
                return .rate(
                    cid: try f.clientID(),
                    conversation: try f.conversation(),
                    score: score,
                    comment: f.args?.comment
                )
            default: throw WireError(.badFrame, field: "op")
            }
        case "rcpt": return .receipt(conversation: try f.conversation(), received: f.recv ?? 0, read: f.read ?? 0)
        case "eph": return .typing(conversation: try f.conversation(), f.k == "typing")
        case "page": return .page(try f.pageReference(url: f.url, title: f.title, ref: f.ref))
        case "hist":
            return .history(
                id: try f.short(f.id, "id"),
                conversation: try f.conversation(),
                before: f.before ?? .max,
                limit: f.pageSize
            )
        case "pong": return .pong
        default: throw WireError(.badFrame, field: "t")
        }
    }

    public static func staff(_ bytes: [UInt8]) throws(WireError) -> StaffFrame {
        let f = try decode(bytes)
        switch f.t {
        case "hello":
            return .hello(
                StaffHello(
                    version: f.v ?? 0,
                    ticket: Redacted(try f.short(f.ticket, "ticket")),
                    tab: f.tab ?? "",
                    resume: f.resume.flatMap { resume in
                        resume.pos.map { (resume.epoch, LogPosition($0)) }
                    }
                )
            )
        case "send":
            switch f.kind {
            case "text": return .text(cid: try f.clientID(), conversation: try f.conversation(), text: try f.text())
            case "note": return .note(cid: try f.clientID(), conversation: try f.conversation(), text: try f.text())
            default: throw WireError(.badFrame, field: "kind")
            }
        case "act": return .act(cid: try f.clientID(), conversation: try f.conversation(), try f.staffAct())
        case "rcpt": return .receipt(conversation: try f.conversation(), received: f.recv ?? 0, read: f.read ?? 0)
        case "eph": return .typing(conversation: try f.conversation(), f.k == "typing")
        case "sub": return .subscribe(try f.conversation())
        case "hist":
            return .history(
                id: try f.short(f.id, "id"),
                conversation: try f.conversation(),
                before: f.before ?? .max,
                limit: f.pageSize
            )
        case "status":
            guard let intent = f.state.flatMap(Rep.Intent.init) else { throw WireError(.badFrame, field: "state") }
            return .status(intent)
        case "pong": return .pong
        default: throw WireError(.badFrame, field: "t")
        }
    }

    /// The client id of a frame that could not be decoded, so that the error can name it.
    public static func clientID(in bytes: [UInt8]) -> String? {
        struct Cid: Decodable { var cid: String? }
        guard let cid = (try? JSONDecoder().decode(Cid.self, from: Data(bytes)))?.cid else { return nil }
        return ClientMessageID(checking: cid)?.rawValue
    }

    private static func decode(_ bytes: [UInt8]) throws(WireError) -> FrameFields {
        do {
            return try JSONDecoder().decode(FrameFields.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw WireError(.badFrame, field: error.path)
        } catch {
            throw WireError(.badFrame)
        }
    }
}

extension DecodingError {
    /// Where in the frame it went wrong; a name of the protocol, never a value of the client.
    var path: String? {
        let context: Context
        switch self {
        case .typeMismatch(_, let c), .valueNotFound(_, let c), .keyNotFound(_, let c), .dataCorrupted(let c):
            context = c
        @unknown default: return nil
        }
        let names = context.codingPath.prefix(3).filter { FrameFields.names.contains($0.stringValue) }.map(
            \.stringValue
        )
        return names.isEmpty ? nil : names.joined(separator: ".")
    }
}
