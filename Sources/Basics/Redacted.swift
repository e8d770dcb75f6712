/// A value that must not reach a log line, an error text or a URL: a password, a key, a number, a name.
///
/// It has no `Codable`; printing it shows dots. The one way to its content is a word that a reviewer can search for.
public struct Redacted<Value: Sendable>: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let value: Value
    public init(_ value: Value) { self.value = value }
    public func reveal() -> Value { value }
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Redacted: Equatable where Value: Equatable {}
extension Redacted: Hashable where Value: Hashable {}
