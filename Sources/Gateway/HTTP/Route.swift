internal import Basics
internal import Domain
internal import Transport

/// One address of the HTTP interface: who may call it, how much it takes, and what it does.
struct Route: Sendable {
    typealias Handler = @Sendable (isolated Shard, WebCall) -> Void

    /// What a caller has to show.
    enum Access: Hashable, Sendable {
        case open
        /// A login of at least this role; anything but GET also shows that it comes from the console.
        case session(Role)
        /// An admin's login, or the token of the data folder.
        case admin
        /// Proves itself in the handler, as carriers and beacons do.
        case own
    }
    enum Body: Hashable, Sendable { case none, json, bulk, webhook, beacon }
    enum Segment: Hashable, Sendable { case word(String), parameter(String), rest }

    let method: String
    /// As in `/api/people/{id}`; also the label of its metrics, since a path itself never becomes one.
    let pattern: String
    let segments: [Segment]
    let access: Access
    let body: Body
    let handler: Handler

    init(
        _ method: String,
        _ pattern: String,
        _ access: Access,
        body: Body = .none,
        _ handler: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern
        self.access = access
        self.body = body
        self.handler = handler
        segments = pattern.split(separator: "/").map { part in
            if part == "*" { return .rest }
            return part.hasPrefix("{") ? .parameter(String(part.dropFirst().dropLast())) : .word(String(part))
        }
    }

    /// The parameters of the path, when it is one of this route's.
    func match(_ parts: [Substring]) -> [String: String]? {
        var parameters: [String: String] = [:]
        for (index, segment) in segments.enumerated() {
            switch segment {
            case .rest:
                parameters["rest"] = parts.dropFirst(index).joined(separator: "/")
                return parameters
            case .word(let word): guard index < parts.count, parts[index] == word else { return nil }
            case .parameter(let name):
                guard index < parts.count else { return nil }
                parameters[name] = String(parts[index])
            }
        }
        return parts.count == segments.count ? parameters : nil
    }
}

/// All routes, by table.
struct RouteTable: Sendable {
    enum Found {
        case route(Route, [String: String])
        /// The address exists; it takes these methods.
        case otherMethods([String])
        case nothing
    }
    let routes: [Route]

    func find(_ method: String, _ path: String) -> Found {
        let parts = path.split(separator: "/")
        var methods: [String] = []
        for route in routes {
            guard let parameters = route.match(parts) else { continue }
            if route.method == method || (method == "HEAD" && route.method == "GET") {
                return .route(route, parameters)
            }
            methods.append(route.method)
        }
        return methods.isEmpty ? .nothing : .otherMethods(methods)
    }

    static let all = RouteTable(
        routes: Route.session + Route.people + Route.conversations + Route.hooks + Route.operations + Route.admin
            + Route.demo
            + Route.widget + Route.pages
    )
}
