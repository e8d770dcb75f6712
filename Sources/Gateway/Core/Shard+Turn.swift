internal import Basics
internal import CoreMetrics
internal import Glibc
internal import Logging
internal import Storage
internal import Transport
internal import Wire

// The turn is the transaction: what the callbacks of one turn decided becomes one batch of writes, and everything that
// depends on it (acknowledgements, deliveries, answers to carriers) is a promise that the commit releases.

extension Shard {
    /// Writes a unit with the others of this turn; the promise is called when its fate is known.
    func write(_ unit: WriteUnit, then promise: @escaping Turn.Promise) { turn.add(unit, promise) }

    /// Writes something whose fate nobody waits for.
    func write(_ writes: Write...) {
        turn.add(WriteUnit(writes)) { [logger] result in
            if case .failure(let error) = result {
                logger.warning("a write was lost", metadata: ["error": .string("\(error)")])
            }
        }
    }

    /// The loop has handled everything that was ready: a good time to commit.
    func endTurn() {
        guard !turn.isEmpty else { return }
        let (batch, units) = turn.take()
        meters.commitUnits.record(units.count)
        store.commit(units) { [self] result in
            loop.post { self.assumeIsolated { $0.committed(batch, result) } }
        }
    }

    private func committed(_ batch: Int, _ result: Result<[UnitOutcome], StoreError>) {
        let promises = turn.finish(batch)
        switch result {
        case .success(let outcomes):
            if mode == .full { enter(.serving) }
            for (promise, outcome) in zip(promises, outcomes) { promise(.success(outcome)) }
        case .failure(let error):
            logger.error(
                "a commit failed",
                metadata: ["error": .string("\(error)"), "units": .stringConvertible(promises.count)]
            )
            meters.commitFailures.increment()
            switch error {
            case .full: if mode == .serving { enter(.full) }
            case .uncertain, .damaged: enter(.failed)
            case .unavailable, .closed: break
            }
            for live in lives.values where live.hasUnwritten { lives[live.id]?.isStale = true }
            for promise in promises { promise(.failure(error)) }
        }
    }

    /// Asks the store; the continuation runs on the loop.
    func ask(_ queries: [Query], _ then: @escaping Questions.Continuation) {
        let number = questions.add(then)
        store.ask(queries) { [self] result in
            loop.post { self.assumeIsolated { $0.questions.take(number)?(result) } }
        }
    }

    /// Asks the store, with a way out for failures, so that the main line stays straight.
    func ask(
        _ queries: [Query],
        otherwise: @escaping (WireError) -> Void = { _ in },
        _ then: @escaping ([Answer]) -> Void
    ) {
        ask(queries) { [self] result in
            switch result {
            case .success(let answers): then(answers)
            case .failure(let error):
                logger.error("a question failed", metadata: ["error": .string("\(error)")])
                otherwise(wireError(for: error))
            }
        }
    }

    func wireError(for error: StoreError) -> WireError {
        switch error {
        case .full: WireError(.storageFull, retryAfter: limits.retryWhenFull)
        case .closed: WireError(.stopping, retryAfter: limits.retryWhenBusy)
        case .uncertain, .unavailable, .damaged: WireError(.busy, retryAfter: limits.retryWhenBusy)
        }
    }

    /// Why nothing new can be written right now, if so.
    var writeRefusal: WireError? {
        switch mode {
        case .stopping, .failed: return WireError(.stopping, retryAfter: limits.retryWhenBusy)
        case .starting: return WireError(.busy, retryAfter: limits.retryWhenBusy)
        case .full, .serving:
            guard turn.waiting < limits.writesWaiting else {
                meters.busyRefusals.increment()
                return WireError(.busy, retryAfter: limits.retryWhenBusy)
            }
            return nil
        }
    }

    func enter(_ next: Mode) {
        guard next != mode else { return }
        logger.notice("mode changed", metadata: ["from": .string("\(mode)"), "to": .string("\(next)")])
        mode = next
        if next == .failed {
            // Whether the last commit reached the disk is unknown: only reading it back at a restart can tell.
            // Nothing was acknowledged for it, and clients send it again under the same names.
            logger.critical("the store is uncertain; stopping so that a restart can find out")
            exit(75)
        }
    }
}
