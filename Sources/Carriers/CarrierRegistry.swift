/// Every carrier that the gateway speaks with, by name.
public struct CarrierRegistry: Sendable {
    private let carriers: [String: any Carrier]
    /// All headers that any carrier needs, in lower case, sorted: what the transport has to keep of a request.
    public let capturedHeaders: [String]

    public init(_ carriers: [any Carrier] = [GenericCarrier(), TwilioCarrier()]) {
        self.carriers = Dictionary(carriers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        capturedHeaders = Set(carriers.flatMap(\.headers) + ["content-type"]).sorted()
    }

    public var names: [String] { carriers.keys.sorted() }
    public subscript(name: String) -> (any Carrier)? { carriers[name] }
}
