public import Basics

/// Why the domain said no; every case has a code on the wire that is never renamed.
public enum Refusal: Error, Hashable, Sendable {
    case empty(field: String)
    case tooLong(Limit)
    case badValue(field: String)
    case conversationClosed
    case noConversation
    case notYours
    case claimed(by: RepName?)
    case notOffered
    case conflict
    case wrongChannel
}
