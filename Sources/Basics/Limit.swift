/// A bound with a name, so that an error can say which one was met.
public struct Limit: Hashable, Sendable {
    public let name: String
    public let value: Int
    public init(_ name: String, _ value: Int) {
        self.name = name
        self.value = value
    }
    public func admits(_ amount: Int) -> Bool { amount <= value }
}
