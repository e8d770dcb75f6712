public import Basics

/// A name and a value of a form, as they were before encoding.
public struct FormParameter: Hashable, Sendable {
    public let name: String
    public let value: String
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// Why bytes are not a form.
public enum FormRefusal: Error, Hashable, Sendable {
    /// A `%` that stands for nothing, or bytes that are not UTF-8.
    case malformed
    case tooManyParameters(Limit)
}

/// The parameters of an `application/x-www-form-urlencoded` body or of a query string, in the order they came.
///
/// Blank values and repeated names are kept: signatures are made over them.
public struct FormBody: Hashable, Sendable {
    public static let parametersMax = Limit("form parameters", 1_000)

    public let parameters: [FormParameter]
    public init(_ parameters: [FormParameter]) { self.parameters = parameters }

    public init(decoding bytes: some Collection<UInt8>, parametersMax: Limit = parametersMax) throws(FormRefusal) {
        var parameters: [FormParameter] = []
        for piece in bytes.split(separator: UInt8(ascii: "&")) {
            guard parametersMax.admits(parameters.count + 1) else { throw .tooManyParameters(parametersMax) }
            let end = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            guard let name = PercentText.decode(piece[..<end], plusIsSpace: true),
                let value = PercentText.decode(piece[end...].dropFirst(), plusIsSpace: true)
            else { throw .malformed }
            parameters.append(FormParameter(name, value))
        }
        self.parameters = parameters
    }

    /// Reads the part of a URL after `?`.
    public init(query: String, parametersMax: Limit = parametersMax) throws(FormRefusal) {
        try self.init(decoding: Array(query.utf8), parametersMax: parametersMax)
    }

    /// The first value of that name.
    public subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    public func values(named name: String) -> [String] { parameters.filter { $0.name == name }.map(\.value) }

    /// The bytes that stand for these parameters.
    public var encoded: [UInt8] {
        let pieces = parameters.map { PercentText.encode($0.name) + "=" + PercentText.encode($0.value) }
        return Array(pieces.joined(separator: "&").utf8)
    }
}
