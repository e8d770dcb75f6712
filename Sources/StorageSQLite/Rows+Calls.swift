internal import Basics
internal import Domain
internal import Storage

// How calls and what carriers said of them are kept: JSON, with the raw values of the enumerations.

struct CallRow: Codable {
    var carrier: String
    var account: String
    var id: String
    var direction: String
    var from: String?
    var to: String?
    var line: String?
    var queue: String?
    var legs: [LegRow]
    var startedAt: Timestamp
    var queuedAt: Timestamp?
    var ringingAt: Timestamp?
    var answeredAt: Timestamp?
    var endedAt: Timestamp?
    var isHeld: Bool
    var hasVoicemail: Bool
    var recording: String?
    var cause: String?
    var endedBy: String?
    var talkSeconds: Int?
    var disposition: String?

    struct LegRow: Codable {
        var id: String
        var agent: String
        var ringingAt: Timestamp?
        var answeredAt: Timestamp?
        var endedAt: Timestamp?
        var cause: String?
    }

    init(_ call: Call) {
        carrier = call.key.carrier
        account = call.key.account
        id = call.key.id
        direction = call.direction.rawValue
        from = call.from
        to = call.to
        line = call.line
        queue = call.queue
        legs = call.legs.map {
            LegRow(
                id: $0.id,
                agent: $0.agent,
                ringingAt: $0.ringingAt,
                answeredAt: $0.answeredAt,
                endedAt: $0.endedAt,
                cause: $0.cause?.rawValue
            )
        }
        startedAt = call.startedAt
        queuedAt = call.queuedAt
        ringingAt = call.ringingAt
        answeredAt = call.answeredAt
        endedAt = call.endedAt
        isHeld = call.isHeld
        hasVoicemail = call.hasVoicemail
        recording = call.recording
        cause = call.cause?.rawValue
        endedBy = call.endedBy?.rawValue
        talkSeconds = call.reportedTalkSeconds
        disposition = call.disposition?.rawValue
    }

    func call() throws -> Call {
        var call = Call(key: CallKey(carrier: carrier, account: account, id: id), startedAt: startedAt)
        call.direction = try Columns.known(CallDirection(rawValue: direction))
        call.from = from
        call.to = to
        call.line = line
        call.queue = queue
        call.legs = try legs.map { row in
            var leg = Call.Leg(id: row.id, agent: row.agent)
            leg.ringingAt = row.ringingAt
            leg.answeredAt = row.answeredAt
            leg.endedAt = row.endedAt
            leg.cause = try row.cause.map { try Columns.known(CallCause(rawValue: $0)) }
            return leg
        }
        call.queuedAt = queuedAt
        call.ringingAt = ringingAt
        call.answeredAt = answeredAt
        call.endedAt = endedAt
        call.isHeld = isHeld
        call.hasVoicemail = hasVoicemail
        call.recording = recording
        call.cause = try cause.map { try Columns.known(CallCause(rawValue: $0)) }
        call.endedBy = try endedBy.map { try Columns.known(Side(rawValue: $0)) }
        call.reportedTalkSeconds = talkSeconds
        call.disposition = try disposition.map { try Columns.known(CallDisposition(rawValue: $0)) }
        return call
    }
}

struct CallEventRow: Codable {
    var kind: String
    var carrier: String
    var account: String
    var call: String
    var leg: String?
    var direction: String?
    var from: String?
    var to: String?
    var line: String?
    var queue: String?
    var agents: [String]
    var cause: String?
    var endedBy: String?
    var talkSeconds: Int?
    var at: Timestamp?
    var receivedAt: Timestamp
    var sequence: Int64?
    var recording: String?

    init(_ event: CallEvent) {
        kind = event.kind.rawValue
        carrier = event.call.carrier
        account = event.call.account
        call = event.call.id
        leg = event.leg
        direction = event.direction?.rawValue
        from = event.from
        to = event.to
        line = event.line
        queue = event.queue
        agents = event.agents
        cause = event.cause?.rawValue
        endedBy = event.endedBy?.rawValue
        talkSeconds = event.talkSeconds
        at = event.at
        receivedAt = event.receivedAt
        sequence = event.sequence
        recording = event.recording
    }

    func event() throws -> CallEvent {
        CallEvent(
            try Columns.known(CallEvent.Kind(rawValue: kind)),
            call: CallKey(carrier: carrier, account: account, id: call),
            leg: leg,
            direction: try direction.map { try Columns.known(CallDirection(rawValue: $0)) },
            from: from,
            to: to,
            line: line,
            queue: queue,
            agents: agents,
            cause: try cause.map { try Columns.known(CallCause(rawValue: $0)) },
            endedBy: try endedBy.map { try Columns.known(Side(rawValue: $0)) },
            talkSeconds: talkSeconds,
            at: at,
            receivedAt: receivedAt,
            sequence: sequence,
            recording: recording
        )
    }
}
