import PhoneNumbers
import Testing

@Suite struct MatchKeysTests {
    private let reader = NumberReader()
    private let shanghai = LineRules(region: "CN", areaCode: "021")

    private func steps(_ raw: String, _ line: LineRules? = nil) -> [MatchKey] {
        MatchKeys(reader.read(raw, line: line ?? shanghai), line: line ?? shanghai).steps
    }

    @Test func `a number with an extension asks for both first, then for the number`() {
        #expect(
            steps("02150001234-8001") == [
                .withExtension(e164: "+862150001234", extension: "8001"), .e164("+862150001234"),
                .national("2150001234", region: "CN"), .suffix("50001234", region: "CN"),
            ]
        )
    }

    @Test func `a number without its area code is completed by the line's, as long as that makes a number`() {
        #expect(
            steps("50001234") == [
                .completed(e164: "+862150001234"), .national("50001234", region: "CN"),
                .suffix("50001234", region: "CN"),
            ]
        )
        #expect(steps("555-2671", LineRules(region: "US", areaCode: "415")).first == .completed(e164: "+14155552671"))
        #expect(steps("50001234", LineRules(region: "CN")).first == .national("50001234", region: "CN"))
        #expect(!steps("123456789012345").contains { if case .completed = $0 { true } else { false } })
    }

    @Test func `the same national number of two countries is two numbers`() {
        #expect(Set(steps("+14155550100")).isDisjoint(with: steps("+864155550100")))
    }

    @Test func `seven digits are enough for a suspicion, six are not`() {
        #expect(steps("5000123", LineRules(region: "CN")).last == .suffix("5000123", region: "CN"))
        #expect(steps("500012", LineRules(region: "CN", extensionLengths: 3...3)).isEmpty)
    }

    @Test(arguments: ["anonymous", "", "95588", "1001", "client:alice", "sip:alice@x", "no number at all"])
    func `who is nobody in particular matches nobody`(_ raw: String) { #expect(steps(raw).isEmpty) }

    @Test func `confidence falls from step to step`() {
        let all = steps("02150001234-8001") + steps("50001234")
        #expect(all.map(\.confidence) == [.exact, .exact, .national, .suffix, .national, .national, .suffix])
        #expect(MatchConfidence.exact > .national && MatchConfidence.national > .suffix)
    }
}
