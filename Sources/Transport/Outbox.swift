/// The frames that wait for one WebSocket, first in, first out, under two limits.
struct Outbox {
    private var frames: [OutboundFrame] = []
    private var first = 0
    private(set) var byteCount = 0
    /// Set when a frame was refused or the outbox half filled: its owner wants to hear when it is empty.
    private(set) var owesDrained = false

    var isEmpty: Bool { first == frames.count }
    var count: Int { frames.count - first }

    /// Takes the frame, or refuses it and owes a `drained`.
    mutating func offer(_ frame: OutboundFrame, frameLimit: Int, byteLimit: Int) -> Bool {
        guard count < frameLimit, byteCount + frame.byteCount <= byteLimit else {
            owesDrained = true
            return false
        }
        frames.append(frame)
        byteCount += frame.byteCount
        if count * 2 > frameLimit || byteCount * 2 > byteLimit { owesDrained = true }
        return true
    }

    /// Takes frames off the front: one, and as many more as fit in `bytesMax` together.
    mutating func takeBatch(bytesMax: Int) -> [UInt8] {
        guard !isEmpty else { return [] }
        var batch = takeFirst().wire
        while !isEmpty, batch.count + frames[first].byteCount <= bytesMax { batch += takeFirst().wire }
        if isEmpty {
            frames.removeAll(keepingCapacity: false)
            first = 0
        }
        return batch
    }

    mutating func removeAll() {
        frames = []
        first = 0
        byteCount = 0
    }

    /// Whether to say `drained` now; once for each time it was owed.
    mutating func settleDrained() -> Bool {
        guard owesDrained, isEmpty else { return false }
        owesDrained = false
        return true
    }

    private mutating func takeFirst() -> OutboundFrame {
        let frame = frames[first]
        first += 1
        byteCount -= frame.byteCount
        // Refused frames were never here, so the front that was sent is at most as long as the limit.
        if first > 64, first * 2 > frames.count {
            frames.removeFirst(first)
            first = 0
        }
        return frame
    }
}
