/// What came of a conversation, by code; the console has the words for each in every language.
public enum WrapUpCode: String, Hashable, Sendable, CaseIterable {
    case resolved, sale, quoteSent = "quote_sent", followUp = "follow_up", callbackAgreed = "callback_agreed",
        notInterested = "not_interested", noAnswer = "no_answer", wrongNumber = "wrong_number", spam
}
