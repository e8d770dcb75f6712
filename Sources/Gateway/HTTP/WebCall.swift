internal import Basics
internal import Domain
internal import Foundation
internal import Signing
internal import Storage
internal import Transport
internal import Wire

/// A request on its way to its route's handler.
struct WebCall: Sendable {
    let request: Request
    let exchange: ExchangeID
    let route: Route
    let parameters: [String: String]
    /// The login that it came with, where the route asks for one.
    var login: Login?

    struct Login: Sendable {
        let session: SessionRecord
        let rep: Rep
        var scope: Scope { Scope(viewer: rep.id, role: rep.role) }
    }

    var head: RequestHead { request.head }

    /// The scope of the login; routes that read it ask for a login, so that there is one.
    var scope: Scope {
        guard let login else { preconditionFailure("route \(route.pattern) has no login") }
        return login.scope
    }

    func query(_ name: String) -> String? { (try? FormBody(query: head.query))?[name] }

    func pageSize(_ limits: GatewayLimits) -> Int {
        min(max(query("limit").flatMap { Int($0) } ?? 50, 1), limits.pageSize)
    }

    func cookie(_ name: String) -> String? {
        for pair in (head["cookie"] ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0].filter({ $0 != " " }) == name { return String(parts[1]) }
        }
        return nil
    }

    /// The body as a value, or the error that names the field.
    func decode<Value: Decodable>(_ type: Value.Type) throws(WireError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(request.body))
        } catch let error as DecodingError {
            throw WireError(.badRequest, field: error.field)
        } catch {
            throw WireError(.badRequest)
        }
    }
}

extension DecodingError {
    /// The path of the field that could not be read: names, no values.
    fileprivate var field: String? {
        switch self {
        case .keyNotFound(let key, let context): (context.codingPath + [key]).map(\.stringValue).joined(separator: ".")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.isEmpty ? nil : context.codingPath.map(\.stringValue).joined(separator: ".")
        @unknown default: nil
        }
    }
}
