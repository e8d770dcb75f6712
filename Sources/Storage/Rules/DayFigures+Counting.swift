package import Basics
package import Domain

extension DayFigures {
    /// How one call counts on the board of the day.
    package enum CallOutcome: String, Hashable, Sendable { case answered, missed, abandoned }
}

extension Call {
    /// How it counts on the board: calls inside the house not at all, calls of ours only as calls.
    package var outcomeOfDay: DayFigures.CallOutcome? {
        guard direction == .inbound else { return nil }
        if answeredAt != nil { return disposition.map { $0 == .answered } ?? true ? .answered : .missed }
        return switch disposition {
        case nil, .blocked: nil
        case .abandoned: .abandoned
        case .answered: .answered
        case .missed, .voicemail, .busy, .noAnswer, .failed: .missed
        }
    }

    /// From first ring or queue to answer.
    package var answerWait: Span? {
        guard outcomeOfDay == .answered, let answeredAt else { return nil }
        let began = [ringingAt, queuedAt].compactMap { $0 }.min() ?? startedAt
        return Span(milliseconds: max(0, (answeredAt - began).milliseconds))
    }
}

extension DayFigures {
    package mutating func count(_ conversation: Conversation) {
        guard conversation.channel == .call else {
            chats += 1
            return
        }
        guard let call = conversation.call, call.direction != .internal else { return }
        calls += 1
        switch call.outcomeOfDay {
        case .answered: answeredCalls += 1
        case .missed: missedCalls += 1
        case .abandoned: abandonedCalls += 1
        case nil: break
        }
        if let wait = call.answerWait {
            answerWait = Span(milliseconds: answerWait.milliseconds + wait.milliseconds)
            answerWaits += 1
        }
    }
}
