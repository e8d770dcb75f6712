import Domain
import Testing
import Wire

/// `Protocols/asyncapi.json`, the schemas of the frames and the decoder say the same.
@Suite struct ContractFrameTests {
    /// What a visitor may send.
    ///
    /// A new frame does not compile here before it has a name, and fails before it has an example.
    private enum VisitorKind: String, CaseIterable {
        case hello, open, send, close, rate, rcpt, eph, page, hist, pong

        init(_ frame: VisitorFrame) {
            self =
                switch frame {
                case .hello: .hello
                case .open: .open
                case .send: .send
                case .close: .close
                case .rate: .rate
                case .receipt: .rcpt
                case .typing: .eph
                case .page: .page
                case .history: .hist
                case .pong: .pong
                }
        }
    }

    private enum StaffKind: String, CaseIterable {
        case hello, text, note, accept, decline, claim, assign, release, close, reopen, pick, unpick
        case rcpt, eph, sub, hist, status, pong

        init(_ frame: StaffFrame) {
            self =
                switch frame {
                case .hello: .hello
                case .text: .text
                case .note: .note
                case .act(_, _, let act): Self(act)
                case .receipt: .rcpt
                case .typing: .eph
                case .subscribe: .sub
                case .history: .hist
                case .status: .status
                case .pong: .pong
                }
        }

        private init(_ act: StaffAct) {
            self =
                switch act {
                case .accept: .accept
                case .decline: .decline
                case .claim: .claim
                case .assign: .assign
                case .release: .release
                case .close: .close
                case .reopen: .reopen
                case .pick: .pick
                case .unpick: .unpick
                }
        }
    }

    @Test func `every example of a visitor's frame decodes, and every frame has one`() throws {
        var seen: Set<VisitorKind> = []
        for (type, payloads) in try ContractFiles.examples("visitor") {
            for payload in payloads {
                #expect(payload["t"].text == type)
                seen.insert(VisitorKind(try FrameDecoder.visitor(payload.bytes)))
            }
        }
        #expect(seen == Set(VisitorKind.allCases))
    }

    @Test func `every example of a rep's frame decodes, and every frame has one`() throws {
        var seen: Set<StaffKind> = []
        for (type, payloads) in try ContractFiles.examples("staff") {
            for payload in payloads {
                #expect(payload["t"].text == type)
                seen.insert(StaffKind(try FrameDecoder.staff(payload.bytes)))
            }
        }
        #expect(seen == Set(StaffKind.allCases))
    }

    @Test func `the decoder takes the frames that have a schema, and no others`() throws {
        let names = try ["visitor", "staff", "to-visitor", "to-staff"].map { try ContractFiles.examples($0).keys }
        let all = Set(names.joined())
        let visitor = all.filter { takes($0) { bytes throws(WireError) in _ = try FrameDecoder.visitor(bytes) } }
        let staff = all.filter { takes($0) { bytes throws(WireError) in _ = try FrameDecoder.staff(bytes) } }
        for (decoded, schema, group) in [
            (visitor, "visitor-to-server", "visitor"), (staff, "staff-to-server", "staff"),
        ] {
            let defined = try ContractFiles.schema(schema).members.keys.filter { !$0.contains("_") }
            #expect(decoded == Set(defined))
            #expect(decoded == Set(try ContractFiles.examples(group).keys))
        }
    }

    /// Whether a type is known: an unknown one is refused by its name, a known one for what it lacks, if at all.
    private func takes(_ type: String, _ decode: ([UInt8]) throws(WireError) -> Void) -> Bool {
        do throws(WireError) {
            try decode(Array(#"{"t":"\#(type)"}"#.utf8))
            return true
        } catch { return error.field != "t" }
    }

    @Test func `every frame that the server sends has a schema and an example`() throws {
        for (schema, group) in [("server-to-visitor", "to-visitor"), ("server-to-staff", "to-staff")] {
            let examples = try ContractFiles.examples(group)
            #expect(Set(try ContractFiles.schema(schema).members.keys) == Set(examples.keys))
            #expect(examples.values.allSatisfy { !$0.isEmpty })
        }
    }

    @Test func `the codes of errors and closes are those of the code`() throws {
        let codes = try ContractFiles.schema("error")["code"]["enum"].texts
        #expect(Set(codes) == Set(ErrorCode.allCases.map(\.rawValue)))
        for schema in ["server-to-visitor", "server-to-staff"] {
            let closes = try ContractFiles.schema(schema)["bye"]["properties"]["code"]["enum"].texts
            #expect(Set(closes) == Set(CloseCode.allCases.map(\.code)))
        }
    }
}
