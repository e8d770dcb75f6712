import Basics
import Domain
import Testing
import Wire

@Suite struct FrameDecoderTests {
    private let cid = "0123456789abcdef"

    @Test func `a message is read`() throws {
        let frame = try FrameDecoder.visitor(
            Array(#"{"t":"send","cid":"\#(cid)","conv":"c","kind":"text","body":{"text":"你好"}}"#.utf8)
        )
        guard case .send(let id, let conversation, let text) = frame else { return #expect(Bool(false)) }
        #expect(id.rawValue == cid && conversation.rawValue == "c" && text == "你好")
    }

    @Test(
        arguments: [
            ("", nil), ("[]", nil), ("{", nil), (#"{"t":1}"#, "t"), (#"{"t":"nope"}"#, "t"),
            (#"{"t":"send","conv":"c","body":{"text":"x"}}"#, "cid"),
            (#"{"t":"send","cid":"short","conv":"c","body":{"text":"x"}}"#, "cid"),
            (#"{"t":"send","cid":"0123456789abcdef","body":{"text":"x"}}"#, "conv"),
            (#"{"t":"send","cid":"0123456789abcdef","conv":"c","body":{}}"#, "body.text"),
            (#"{"t":"send","cid":"0123456789abcdef","conv":"c","body":{"text":7}}"#, "body.text"),
            (#"{"t":"send","cid":"0123456789abcdef","conv":"c","kind":"note","body":{"text":"x"}}"#, "kind"),
            (#"{"t":"act","cid":"0123456789abcdef","conv":"c","op":"claim"}"#, "op"),
            (#"{"t":"status","state":"online"}"#, "t"),
        ] as [(String, String?)]
    ) func `what is wrong is named by its field`(text: String, field: String?) {
        do {
            _ = try FrameDecoder.visitor(Array(text.utf8))
            Issue.record("was accepted")
        } catch {
            #expect(error.code == .badFrame && error.field == field)
        }
    }

    @Test func `client ids have bounds on both sides`() {
        for count in [16, 64] { #expect(ClientMessageID(checking: String(repeating: "a", count: count)) != nil) }
        for count in [0, 15, 65] { #expect(ClientMessageID(checking: String(repeating: "a", count: count)) == nil) }
        for bad in ["0123456789abcde!", "0123456789abcde ", "0123456789abcdé"] {
            #expect(ClientMessageID(checking: bad) == nil)
        }
    }

    @Test func `the form has as many fields as allowed and no more`() throws {
        func open(_ count: Int, value: Int = 3) -> [UInt8] {
            let fields = (0..<count).map { #""f\#($0)":"\#(String(repeating: "x", count: value))""# }.joined(
                separator: ","
            )
            return Array(#"{"t":"open","cid":"\#(cid)","form":{\#(fields)}}"#.utf8)
        }
        _ = try FrameDecoder.visitor(open(FrameLimits.formFields.value))
        #expect(throws: WireError.self) { try FrameDecoder.visitor(open(FrameLimits.formFields.value + 1)) }
        _ = try FrameDecoder.visitor(open(1, value: FrameLimits.formValue.value))
        #expect(throws: WireError.self) { try FrameDecoder.visitor(open(1, value: FrameLimits.formValue.value + 1)) }
    }

    @Test func `deep nesting and any bytes are an error, never a crash`() {
        let deep = String(repeating: "[", count: 30_000)
        #expect(throws: WireError.self) { try FrameDecoder.visitor(Array(deep.utf8)) }
        var random = SeededGenerator(seed: 17)
        let seed = Array(
            #"{"t":"hello","v":1,"inbox":"pk","page":{"url":"u"},"resume":{"epoch":"e","convs":{"a":1}}}"#.utf8
        )
        for _ in 0..<3_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? FrameDecoder.visitor(bytes)
            _ = try? FrameDecoder.staff(bytes)
        }
    }

    @Test func `an error never repeats what the client wrote`() {
        let secret = "canary4711"
        do {
            _ = try FrameDecoder.visitor(Array(#"{"t":"send","cid":{"\#(secret)":1}}"#.utf8))
        } catch {
            #expect(!"\(error)".contains(secret))
        }
    }

    @Test func `text is quoted so that it comes back`() throws {
        var writer = JSONWriter()
        writer.object { $0.field("a\"\n", "\u{0}\u{1f}\\/é😀") }
        #expect(writer.text == #"{"a\"\n":"\u0000\u001f\\/é😀"}"#)
    }
}
