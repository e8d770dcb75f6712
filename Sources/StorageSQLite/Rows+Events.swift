internal import Basics
internal import Domain
internal import GRDB
internal import Storage
internal import Wire

/// How an event of the log is read back.
enum EventRow {
    /// With `e` for the event and `c` for its conversation.
    static let columns = "e.gid, c.id, e.seq, e.vseq, e.author, e.cid, e.at, e.kind, e.body, e.audience"
    static let from = "event e JOIN conversation c ON c.n = e.conversation"

    static let byCID = "SELECT \(columns) FROM \(from) WHERE e.author = ? AND e.cid = ?"

    static func read(_ columns: inout Columns) throws -> LogEvent {
        let position = LogPosition(columns.integer())
        let conversation: ConversationID = columns.id()
        let seq = columns.integer()
        let vseq = columns.integerIfAny()
        let author = try Columns.known(Author(key: columns.text()))
        let cid: ClientMessageID? = columns.idIfAny()
        let at = columns.time()
        let kind = columns.text()
        guard let body = BodyCodec.decode(kind: kind, json: columns.text()) else {
            throw StoreError.damaged("event \(position.rawValue) of the log cannot be read")
        }
        return LogEvent(
            position: position,
            conversation: conversation,
            seq: seq,
            vseq: vseq,
            author: author,
            cid: cid,
            at: at,
            body: body,
            audience: Audience(key: columns.text())
        )
    }
}
