import Basics
import Domain
import Testing
import Wire

@Suite struct WireErrorTests {
    /// Some refusals and codes share a name; an initializer that mixed them up once called itself for ever.
    @Test func `every refusal has its code`() {
        let limit = Limit("text", 4)
        let expected: [(Refusal, ErrorCode)] = [
            (.empty(field: "text"), .form), (.tooLong(limit), .tooLarge), (.badValue(field: "score"), .form),
            (.conversationClosed, .conversationClosed), (.noConversation, .noConversation), (.notYours, .forbidden),
            (.claimed(by: nil), .claimed), (.notOffered, .conflict), (.conflict, .conflict),
            (.wrongChannel, .forbidden),
        ]
        for (refusal, code) in expected { #expect(WireError(refusal: refusal).code == code) }
        #expect(WireError(refusal: .tooLong(limit)).limit == limit)
    }
}
