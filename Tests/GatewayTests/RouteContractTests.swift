import Domain
import Testing

@testable import Gateway

/// `Protocols/openapi.json` and the table of routes say the same.
@Suite struct RouteContractTests {
    private struct Operation {
        let route: Route
        let description: JSONTree
    }

    private static let methods: Set<String> = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    private func paths() throws -> [String: JSONTree] { try ContractFiles.read("openapi.json")["paths"].members }

    /// The address of a route as the file writes it.
    private func address(_ route: Route) -> String { route.pattern.replacing("*", with: "{rest}") }

    private func operations() throws -> [Operation] {
        let paths = try paths()
        return RouteTable.all.routes.compactMap { route in
            let operation = paths[address(route)]?[route.method.lowercased()] ?? .null
            return operation == .null ? nil : Operation(route: route, description: operation)
        }
    }

    @Test func `every route stands in the file, and none besides`() throws {
        var described: Set<String> = []
        for (path, item) in try paths() {
            for method in item.members.keys where Self.methods.contains(method) {
                described.insert(method.uppercased() + " " + path)
            }
        }
        let served = RouteTable.all.routes.map { $0.method + " " + address($0) }
        #expect(Set(served).subtracting(described).sorted() == [], "served, but not described")
        #expect(described.subtracting(served).sorted() == [], "described, but not served")
        #expect(Set(served).count == served.count, "a route stands in the table twice")
    }

    @Test func `the file says what a caller has to show`() throws {
        for operation in try operations() {
            let route = operation.route
            let expected =
                switch route.access {
                case .open: "open"
                case .own: "own"
                case .admin: "admin"
                case .session(let role): "session:" + role.rawValue
                }
            #expect(operation.description["x-access"].text == expected, "\(route.method) \(route.pattern)")
            let schemes = Set(operation.description["security"].elements.map { Set($0.members.keys) })
            let login: Set<String> = route.method == "GET" ? ["session"] : ["session", "csrf"]
            switch route.access {
            case .open: #expect(schemes.isEmpty, "\(route.pattern)")
            case .own: #expect(!schemes.contains(login), "\(route.pattern)")
            case .session: #expect(schemes == [login], "\(route.method) \(route.pattern)")
            case .admin: #expect(schemes == [login, ["adminToken"]], "\(route.method) \(route.pattern)")
            }
        }
    }

    @Test func `a route takes a body where the file describes one`() throws {
        for operation in try operations() {
            let isDescribed = operation.description["requestBody"] != .null
            // Undoing a merge and the like name everything in the address; their body may be there and is not read.
            #expect(
                isDescribed == (operation.route.body != .none),
                "\(operation.route.method) \(operation.route.pattern)"
            )
        }
    }

    @Test func `every parameter of an address is described`() throws {
        let paths = try paths()
        for operation in try operations() {
            let item = paths[address(operation.route)] ?? .null
            let described = (item["parameters"].elements + operation.description["parameters"].elements)
                .filter { $0["in"].text == "path" }.compactMap { $0["name"].text }
            let named = operation.route.segments.compactMap { segment -> String? in
                switch segment {
                case .word: nil
                case .parameter(let name): name
                case .rest: "rest"
                }
            }
            #expect(Set(described) == Set(named), "\(operation.route.pattern)")
            #expect((operation.description["x-wildcard"] == .bool(true)) == named.contains("rest"))
        }
    }

    @Test func `every answer is described`() throws {
        for operation in try operations() {
            let answers = operation.description["responses"].members
            #expect(answers.keys.contains { $0.hasPrefix("2") || $0.hasPrefix("3") }, "\(operation.route.pattern)")
            #expect(answers["429"] != nil, "\(operation.route.pattern) can be asked too often")
            if case .session = operation.route.access { #expect(answers["401"] != nil, "\(operation.route.pattern)") }
        }
    }
}
