internal import Basics
internal import Domain

/// Every field that any client frame has: decoded once, then read by the frame's type.
struct FrameFields: Decodable {
    struct Page: Decodable {
        var url: String?
        var title: String?
        var ref: String?
    }
    struct Resume: Decodable {
        var epoch: String
        var convs: [String: Int64]?
        var pos: Int64?
    }
    struct First: Decodable {
        var cid: String
        var text: String
    }
    struct Body: Decodable { var text: String? }
    struct Args: Decodable {
        var score: Int?
        var comment: String?
        var rep: String?
        var disposition: String?
        var note: String?
        var next: String?
        var person: String?
        var remember: Bool?
    }

    var t: String
    var v: Int?
    var inbox: String?
    var tok: String?
    var idt: String?
    var tab: String?
    var lang: String?
    var page: Page?
    var resume: Resume?
    var ticket: String?
    var cid: String?
    var form: [String: String]?
    var first: First?
    var conv: String?
    var kind: String?
    var body: Body?
    var op: String?
    var args: Args?
    var recv: Int64?
    var read: Int64?
    var k: String?
    var url: String?
    var title: String?
    var ref: String?
    var id: String?
    var before: Int64?
    var limit: Int?
    var state: String?

    static let names: Set<String> = [
        "t", "v", "inbox", "tok", "idt", "tab", "lang", "page", "resume", "epoch", "convs", "pos", "ticket", "cid",
        "form",
        "first", "text", "conv", "kind", "body", "op", "args", "score", "comment", "rep", "disposition", "note", "next",
        "person", "remember", "recv", "read", "k", "url", "title", "ref", "id", "before", "limit", "state",
    ]
}

extension FrameFields {
    var pageSize: Int { min(max(limit ?? 50, FrameLimits.page.lowerBound), FrameLimits.page.upperBound) }

    func clientID(_ text: String? = nil) throws(WireError) -> ClientMessageID {
        guard let text = text ?? cid, let id = ClientMessageID(checking: text) else {
            throw WireError(.badFrame, field: "cid")
        }
        return id
    }

    func conversation() throws(WireError) -> ConversationID { ConversationID(try short(conv, "conv")) }

    func text() throws(WireError) -> String {
        guard let text = body?.text else { throw WireError(.badFrame, field: "body.text") }
        return text
    }

    func short(_ text: String?, _ field: String) throws(WireError) -> String {
        guard let text, !text.isEmpty, FrameLimits.shortText.admits(text.utf8.count) else {
            throw WireError(.badFrame, field: field)
        }
        return text
    }

    func pageReference(url: String?, title: String?, ref: String?) throws(WireError) -> PageReference {
        guard let url, !url.isEmpty else { throw WireError(.badFrame, field: "url") }
        return PageReference(url: String(url.prefix(2_000)), title: String((title ?? "").prefix(300)), referrer: ref)
    }

    func visitorHello() throws(WireError) -> VisitorHello {
        VisitorHello(
            version: v ?? 0,
            inbox: try short(inbox, "inbox"),
            token: tok.map { Redacted($0) },
            identityProof: idt.map { Redacted($0) },
            tab: tab ?? "",
            language: lang.map { String($0.prefix(35)) },
            page: try page.map { page throws(WireError) in
                try pageReference(url: page.url, title: page.title, ref: page.ref)
            },
            resume: resume.map { resume in
                var heads: [ConversationID: Int64] = [:]
                for (id, vseq) in resume.convs ?? [:] { heads[ConversationID(id)] = vseq }
                return (resume.epoch, heads)
            }
        )
    }

    func open() throws(WireError) -> VisitorFrame {
        let form = form ?? [:]
        guard FrameLimits.formFields.admits(form.count) else {
            throw WireError(.tooLarge, field: "form", limit: FrameLimits.formFields)
        }
        var fields: [FormField] = []
        for (name, value) in form.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
            guard FrameLimits.shortText.admits(name.utf8.count), FrameLimits.formValue.admits(value.utf8.count) else {
                throw WireError(.tooLarge, field: "form", limit: FrameLimits.formValue)
            }
            fields.append(FormField(name: name, value: value))
        }
        guard let first else { return .open(cid: try clientID(), form: fields, first: nil) }
        return .open(cid: try clientID(), form: fields, first: (try clientID(first.cid), first.text))
    }

    func staffAct() throws(WireError) -> StaffAct {
        switch op {
        case "accept": return .accept
        case "decline": return .decline
        case "claim": return .claim
        case "release": return .release
        case "reopen": return .reopen
        case "unpick": return .unpick
        case "assign": return .assign(RepID(try short(args?.rep, "args.rep")))
        case "pick": return .pick(PersonID(try short(args?.person, "args.person")), remember: args?.remember ?? false)
        case "close":
            return .close(
                disposition: try short(args?.disposition, "args.disposition"),
                note: args?.note,
                next: args?.next
            )
        default: throw WireError(.badFrame, field: "op")
        }
    }
}
