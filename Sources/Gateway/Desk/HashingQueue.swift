internal import Basics
internal import Dispatch
internal import Signing

/// Password hashes, which cost tens of megabytes and a fifth of a second each: on threads of their own, few at once.
///
/// Logins that would have to wait too long are refused, so that nobody can buy the machine with guesses.
final class HashingQueue: Sendable {
    private let hasher: PasswordHash
    private let queue: OperationGate

    init(cost: PasswordCost, atOnce: Int, waiting: Int) {
        hasher = PasswordHash(cost: cost)
        queue = OperationGate(atOnce: atOnce, waiting: waiting)
    }

    /// Compares off the loop; false when there are too many already, and then nothing is called back.
    func verify(
        _ password: Redacted<String>,
        against stored: String?,
        then done: @escaping @Sendable (_ matches: Bool, _ better: String?) -> Void
    ) -> Bool {
        queue.run { [hasher] in
            let matches = hasher.verify(password, against: stored)
            let better = matches && stored.map(hasher.needsRehash) == true ? try? hasher.hash(password) : nil
            done(matches, better)
        }
    }

    func hash(_ password: Redacted<String>, then done: @escaping @Sendable (String?) -> Void) -> Bool {
        queue.run { [hasher] in done(try? hasher.hash(password)) }
    }
}

/// A few threads, a short line before them.
final class OperationGate: Sendable {
    private struct State {
        var running = 0
        var waiting: [@Sendable () -> Void] = []
    }
    private let state = Locked(State())
    private let atOnce: Int
    private let waitingMax: Int

    init(atOnce: Int, waiting: Int) {
        self.atOnce = atOnce
        waitingMax = waiting
    }

    func run(_ work: @escaping @Sendable () -> Void) -> Bool {
        enum Verdict { case start, wait, refuse }
        let verdict = state.withLock { state -> Verdict in
            if state.running < atOnce {
                state.running += 1
                return .start
            }
            guard state.waiting.count < waitingMax else { return .refuse }
            state.waiting.append(work)
            return .wait
        }
        if verdict == .start { start(work) }
        return verdict != .refuse
    }

    private func start(_ work: @escaping @Sendable () -> Void) {
        DispatchQueue.global().async { [self] in
            work()
            let next = state.withLock { state -> (@Sendable () -> Void)? in
                if state.waiting.isEmpty {
                    state.running -= 1
                    return nil
                }
                return state.waiting.removeFirst()
            }
            if let next { start(next) }
        }
    }
}
