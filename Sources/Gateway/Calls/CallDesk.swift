internal import Basics
internal import Carriers
internal import Domain
internal import Storage

/// Deliveries of carriers on their way from the raw request to a call.
struct CallDesk {
    struct Item {
        let delivery: RawDelivery
        var attempts = 0
    }
    /// How often a delivery is tried before it is put aside for a person to look at.
    static let attemptsMax = 8

    var waiting: [Item] = []
    var isWorking = false

    /// The deliveries of one call, understood.
    struct Work {
        let key: CallKey
        var items: [Item] = []
        var events: [CallEvent] = []
        var id: ConversationID?
        var candidates: [Candidate] = []
        var number: CallerNumber?
    }

    mutating func take(_ count: Int) -> [Item] {
        let taken = Array(waiting.prefix(count))
        waiting.removeFirst(taken.count)
        return taken
    }
}
