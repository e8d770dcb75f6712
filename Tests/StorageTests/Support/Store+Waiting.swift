import Basics
import Domain
import Storage

// Tests wait where the gateway is called back.
extension Store {
    func write(_ units: [WriteUnit]) async throws -> [UnitOutcome] {
        try await withCheckedThrowingContinuation { continuation in
            commit(units) { continuation.resume(with: $0) }
        }
    }

    @discardableResult
    func write(_ writes: Write...) async throws -> UnitOutcome { try await write([WriteUnit(writes)])[0] }

    func read(_ queries: [Query]) async throws -> [Answer] {
        try await withCheckedThrowingContinuation { continuation in
            ask(queries) { continuation.resume(with: $0) }
        }
    }

    func read(_ query: Query) async throws -> Answer { try await read([query])[0] }
}
