internal import Basics

/// Connections by number: an array index, and a generation that makes an old number miss.
struct SlotMap {
    private var slots: [Connection?] = []
    private var generations: [UInt32] = []
    private var free: [Int] = []
    private(set) var count = 0

    /// Reserves a number for the connection that `make` builds from it.
    mutating func insert(_ make: (ConnectionID) -> Connection) -> Connection {
        let index: Int
        if let reused = free.popLast() {
            index = reused
        } else {
            index = slots.count
            slots.append(nil)
            generations.append(0)
        }
        generations[index] &+= 1
        let connection = make(ConnectionID(rawValue: UInt64(generations[index]) << 32 | UInt64(index)))
        slots[index] = connection
        count += 1
        return connection
    }

    mutating func remove(_ id: ConnectionID) {
        guard self[id] != nil else { return }
        let index = Int(id.rawValue & 0xFFFF_FFFF)
        slots[index] = nil
        free.append(index)
        count -= 1
    }

    subscript(_ id: ConnectionID) -> Connection? {
        let index = Int(id.rawValue & 0xFFFF_FFFF)
        guard index < slots.count, generations[index] == UInt32(id.rawValue >> 32) else { return nil }
        return slots[index]
    }

    var all: [Connection] { slots.compactMap(\.self) }
}
