import Basics
import Domain
import Testing
import Wire

@Suite struct BodyCodecTests {
    static let rep = RepName(id: RepID("r1"), name: "李伟")
    static let bodies: [EventBody] = [
        .opened(language: nil, form: []),
        .opened(language: "zh-CN", form: [FormField(name: "email", value: "a@b.cn")]),
        .text("quote \" back \\ line\n tab\t bell\u{7} 茶 😀 \u{2028}"), .note(""),
        .queued(.declined),
        .offered(reps: [rep, rep], deadline: Timestamp(milliseconds: 9), why: .previous, from: rep),
        .offered(reps: [], deadline: nil, why: .everyone, from: nil), .unoffered(rep: rep, why: .timeout),
        .joined(rep: rep, from: rep), .joined(rep: rep, from: nil), .left(rep: rep),
        .closed(by: .visitor, disposition: nil), .closed(by: .rep, disposition: "sale"), .reopened,
        .rated(score: 5, comment: "好"), .rated(score: 1, comment: nil), .claims(kind: .phone, value: "138"),
        .linked(person: PersonName(id: PersonID("p"), name: "王"), how: .proof),
        .unlinked(person: PersonName(id: PersonID("p"), name: "王")), .wrapUp(disposition: "sale", next: "call"),
        .call(CallMilestone(.answered, agent: AgentName(id: nil, name: "1001"))),
        .call(
            CallMilestone(
                .ended,
                agent: AgentName(id: RepID("r"), name: "A"),
                disposition: .missed,
                endedBy: .carrier,
                seconds: 61
            )
        ),
    ]

    @Test(arguments: bodies) func `a body comes back as it went`(body: EventBody) {
        #expect(BodyCodec.decode(kind: BodyCodec.kind(of: body), json: BodyCodec.encode(body)) == body)
    }

    @Test(arguments: bodies) func `a visitor learns no id of a rep and nothing of the desk`(body: EventBody) {
        let text = BodyCodec.encodeForVisitor(body)
        #expect(!text.contains("r1") && !text.contains("sale") && !text.contains("disposition"))
    }

    @Test func `text that is no body is nothing, never a crash`() {
        var random = SeededGenerator(seed: 5)
        for kind in ["text", "offered", "call", "joined", "nonsense"] {
            for _ in 0..<300 {
                let bytes = random.bytes(Int.random(in: 0...40, using: &random))
                _ = BodyCodec.decode(kind: kind, json: String(decoding: bytes, as: UTF8.self))
            }
            #expect(BodyCodec.decode(kind: kind, json: "[]") == nil)
        }
    }
}
