internal import Basics
internal import Foundation
internal import Logging
internal import Wire

/// The administrator's part of the HTTP interface, for commands.
struct AdminClient {
    private let client: HTTPClient
    private let token: Redacted<String>

    /// Runs `body` with the server that runs from these settings, or with one of its own when none does.
    static func with<Result>(_ settings: Settings, _ body: (AdminClient) async throws -> Result) async throws -> Result
    {
        if let server = RunningServer.find(in: settings.data) {
            return try await body(try AdminClient(server, settings))
        }
        guard !settings.data.isServed else {
            throw CommandFailure(
                .temporary,
                "another command works on \(settings.data.path): try again when it is done"
            )
        }
        LogLine.install(level: .error, format: .text)
        return try await LocalServer.run(settings) { server in try await body(try AdminClient(server, settings)) }
    }

    private init(_ server: RunningServer, _ settings: Settings) throws(CommandFailure) {
        client = HTTPClient(server.url)
        token = try settings.data.adminToken()
    }

    // MARK: Users

    struct User: Decodable {
        var id: String
        var name: String
        var email: String
        var role: String
        var chatsAtOnce: Int
        var `extension`: String?
        var language: String?
    }

    struct NewUser {
        var email: String
        var name: String
        var role: String
        var password: Redacted<String>
        var addresses: [String]?
        var chatsAtOnce: Int?
        var language: String?
    }

    func users() async throws(CommandFailure) -> [User] {
        struct Users: Decodable { var users: [User] }
        return try read(Users.self, try await send("GET", "/api/admin/users")).users
    }

    func save(_ user: NewUser) async throws(CommandFailure) {
        let body = JSONWriter.object { json in
            json.field("email", user.email)
            json.field("name", user.name)
            json.field("role", user.role)
            json.field("password", user.password.reveal())
            if let addresses = user.addresses { json.field("addresses", strings: addresses) }
            json.optional("chatsAtOnce", user.chatsAtOnce.map { Int64($0) })
            json.optional("language", user.language)
        }
        _ = try await send("POST", "/api/admin/users", body: body.bytes)
    }

    // MARK: People

    struct ImportAnswer: Decodable {
        struct Refusal: Decodable {
            var line: Int
            var field: String
        }
        var added: Int
        var refused: [Refusal]
    }

    /// `rows` is a JSON array.
    func importPeople(_ rows: [UInt8]) async throws(CommandFailure) -> ImportAnswer {
        var json = JSONWriter(capacity: rows.count + 16)
        json.object { json in
            json.key("rows")
            json.raw(bytes: rows)
        }
        return try read(ImportAnswer.self, try await send("POST", "/api/admin/people/import", body: json.bytes))
    }

    // MARK: Operation

    struct Doctor: Decodable {
        var mode: String
        var build: String
        var deliveries: [String: Int]
    }

    func doctor() async throws(CommandFailure) -> Doctor {
        try read(Doctor.self, try await send("GET", "/api/admin/doctor"))
    }

    // MARK: Requests

    private static let triesMax = 10

    private func send(_ method: String, _ path: String, body: [UInt8]? = nil) async throws(CommandFailure) -> Data {
        for attempt in 1... {
            let answer: HTTPClient.Answer
            do throws(HTTPClient.Silence) {
                answer = try await client.send(
                    method,
                    path,
                    headers: [
                        (name: "authorization", value: "Bearer " + token.reveal()),
                        (name: "content-type", value: "application/json"),
                    ],
                    body: body
                )
            } catch { throw CommandFailure(.unavailable, error.reason) }
            if (200..<300).contains(answer.status) { return answer.body }
            let isBusy = answer.status == 429 || answer.status == 503
            guard isBusy, attempt < Self.triesMax else { throw Self.failure(answer) }
            try? await Task.sleep(for: .milliseconds(min(100 << attempt, 3_000)))
        }
        throw CommandFailure(.temporary, "the server is too busy")
    }

    private static func failure(_ answer: HTTPClient.Answer) -> CommandFailure {
        struct Body: Decodable {
            struct Error: Decodable {
                var code: String
                var field: String?
            }
            var error: Error
        }
        let error = (try? JSONDecoder().decode(Body.self, from: answer.body))?.error
        switch (answer.status, error?.field) {
        case (401, _), (403, _):
            return CommandFailure(.noPermission, "the server does not take the admin.token of this data folder")
        case (422, let field?): return CommandFailure(.data, "\(field) has no acceptable value")
        case (409, _): return CommandFailure(.data, "it clashes with what is stored (\(error?.code ?? "conflict"))")
        case (429, _), (503, _):
            return CommandFailure(
                .temporary,
                "the server cannot store this now (\(error?.code ?? "busy")): try again later"
            )
        default:
            return CommandFailure(
                .unavailable,
                "the server answered \(answer.status) (\(error?.code ?? "no reason given"))"
            )
        }
    }

    private func read<Value: Decodable>(_ type: Value.Type, _ data: Data) throws(CommandFailure) -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do { return try decoder.decode(type, from: data) } catch {
            throw CommandFailure(
                .unavailable,
                "the server answered something else than this command knows: is it older?"
            )
        }
    }
}
