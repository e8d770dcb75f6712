import Domain

// What carriers said.
extension MemoryState {
    mutating func insert(_ delivery: RawDelivery) -> Outcome {
        let known = deliveries.first {
            $0.carrier == delivery.carrier && $0.account == delivery.account && $0.key == delivery.key
        }
        if let known { return .repeated(known.id) }
        deliveries.append(delivery)
        return .done
    }

    mutating func settle(_ id: DeliveryID, _ state: RawDelivery.State, note: String?) throws(MemoryStop) {
        guard let index = deliveries.firstIndex(where: { $0.id == id }) else { throw .conflict(.missing("delivery")) }
        deliveries[index].state = state
        deliveries[index].note = note
    }

    mutating func insert(_ events: [CallEvent], of id: ConversationID) throws(MemoryStop) {
        guard conversations[id] != nil else { throw .conflict(.missing("conversation")) }
        callEvents[id, default: []] += events
    }

    /// The first conversation that a call is given keeps it.
    mutating func name(_ key: CallKey, _ id: ConversationID) throws(MemoryStop) {
        if let known = aliases[key] {
            if known != id { throw .conflict(.aliasTaken(known)) }
            return
        }
        guard conversations[id] != nil else { throw .conflict(.missing("conversation")) }
        aliases[key] = id
    }
}
