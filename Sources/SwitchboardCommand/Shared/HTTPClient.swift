internal import Foundation
internal import FoundationNetworking

/// Requests of commands to a server, one at a time.
struct HTTPClient: Sendable {
    struct Answer: Sendable {
        var status: Int
        var body: Data
    }

    /// Under which addresses nobody answered.
    struct Silence: Error { var reason: String }

    let base: String
    private let session: URLSession

    init(_ base: String, timeoutSeconds: Double = 30) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = timeoutSeconds
        configuration.httpShouldSetCookies = false
        session = URLSession(configuration: configuration)
    }

    func send(
        _ method: String,
        _ path: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil
    ) async throws(Silence) -> Answer {
        guard let url = URL(string: base + path) else { throw Silence(reason: "\(base) is no address") }
        var request = URLRequest(url: url)
        request.httpMethod = method
        for header in headers { request.setValue(header.value, forHTTPHeaderField: header.name) }
        request.httpBody = body.map { Data($0) }
        do {
            let (data, response) = try await session.data(for: request)
            return Answer(status: (response as? HTTPURLResponse)?.statusCode ?? 0, body: data)
        } catch {
            throw Silence(reason: Self.reason(error, base))
        }
    }

    private static func reason(_ error: any Error, _ base: String) -> String {
        switch (error as? URLError)?.code {
        case .cannotConnectToHost?, .cannotFindHost?: "nothing listens at \(base): start it with `switchboard serve`"
        case .timedOut?: "\(base) did not answer in time"
        case .secureConnectionFailed?, .serverCertificateUntrusted?, .serverCertificateHasUnknownRoot?:
            "the certificate of \(base) is not trusted by this machine"
        default: "\(base) cannot be reached: \(error.localizedDescription)"
        }
    }
}
