import Testing

@testable import Gateway

@Suite struct AgentAddressTests {
    @Test(arguments: [
        ("1001", "1001"), ("client:ana", "ana"), ("sip:1001@pbx.example", "1001"), ("PJSIP/1001-0000002a", "1001"),
        ("SIP/1001-00000001", "1001"), ("Ana@Example.com", "ana@example.com"), ("  Ana   Reyes ", "ana reyes"),
        ("tel:+8613800138000", "+8613800138000"), ("李伟", "李伟"), ("", ""),
    ]) func `a carrier's decoration is taken off`(raw: String, address: String) {
        #expect(AgentAddress.normalise(raw) == address)
    }
}
