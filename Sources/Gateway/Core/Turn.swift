internal import Storage

/// What one turn of the loop decided to write, and what it promised for when that is on disk.
struct Turn {
    typealias Promise = (Result<UnitOutcome, StoreError>) -> Void

    private(set) var units: [WriteUnit] = []
    private var promises: [Promise] = []
    private var onTheirWay: [Int: [Promise]] = [:]
    private var nextBatch = 0
    private(set) var unitsOnTheirWay = 0

    var isEmpty: Bool { units.isEmpty }
    var waiting: Int { units.count + unitsOnTheirWay }
    var isIdle: Bool { units.isEmpty && onTheirWay.isEmpty }

    mutating func add(_ unit: WriteUnit, _ promise: @escaping Promise) {
        units.append(unit)
        promises.append(promise)
    }

    /// Hands over what was gathered, under the number of the batch.
    mutating func take() -> (batch: Int, units: [WriteUnit]) {
        let batch = nextBatch
        nextBatch += 1
        let taken = units
        onTheirWay[batch] = promises
        unitsOnTheirWay += taken.count
        units = []
        promises = []
        return (batch, taken)
    }

    mutating func finish(_ batch: Int) -> [Promise] {
        let finished = onTheirWay.removeValue(forKey: batch) ?? []
        unitsOnTheirWay -= finished.count
        return finished
    }
}

/// Questions on their way to the store, by number.
struct Questions {
    typealias Continuation = (Result<[Answer], StoreError>) -> Void
    private var open: [Int: Continuation] = [:]
    private var next = 0

    mutating func add(_ continuation: @escaping Continuation) -> Int {
        next += 1
        open[next] = continuation
        return next
    }

    mutating func take(_ number: Int) -> Continuation? { open.removeValue(forKey: number) }
}
