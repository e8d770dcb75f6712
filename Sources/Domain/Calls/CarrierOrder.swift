internal import Basics

// One total order over the events of a call, the same for every order of arrival.
//
// Sorting by "the number if both have one, else the time" is no order at all: with two numbered events whose times are
// the other way round, and a third between them, A < B < C < A. So every event gets a place (time, rank) and a numbered
// one at least the place of those numbered before it in its leg; places are then compared, and equal ones by number.

/// Puts events into the order in which the carrier says they happened.
enum CarrierOrder {
    /// Each piece of news once, in the carrier's order.
    static func sorted(_ events: [CallEvent]) -> [CallEvent] {
        var news: [CallEvent: CallEvent] = [:]
        for event in events {
            var key = event
            key.receivedAt = Timestamp(milliseconds: 0)  // the same news twice is one piece of news, as it first came
            if let known = news[key], known.receivedAt <= event.receivedAt { continue }
            news[key] = event
        }
        let entries = news.values.map(Entry.init)
        var numbered: [String?: [Entry]] = [:]
        for entry in entries where entry.event.sequence != nil { numbered[entry.event.leg, default: []].append(entry) }
        var placed = entries.filter { $0.event.sequence == nil }
        for leg in numbered.values {
            var latest: Place?
            for var entry in leg.sorted(by: { ($0.number, $0.place, $0.text) < ($1.number, $1.place, $1.text) }) {
                entry.place = max(latest ?? entry.place, entry.place)
                latest = entry.place
                placed.append(entry)
            }
        }
        return placed.sorted { ($0.place, $0.number, $0.text) < ($1.place, $1.number, $1.text) }.map(\.event)
    }

    private struct Place: Comparable {
        let time: Timestamp
        let rank: Int
        static func < (a: Self, b: Self) -> Bool { (a.time, a.rank) < (b.time, b.rank) }
    }

    private struct Entry {
        let event: CallEvent
        var place: Place
        let number: Int64
        /// Everything the event says: two events with one text are one event.
        let text: String

        init(_ event: CallEvent) {
            self.event = event
            place = Place(time: event.time, rank: event.kind.rank)
            number = event.sequence ?? -1
            let words: [String?] = [
                event.leg, event.agents.joined(separator: "\u{1}"), event.from, event.to, event.line, event.queue,
                event.direction?.rawValue, event.cause?.rawValue, event.endedBy?.rawValue,
                event.talkSeconds.map(String.init), event.recording, event.kind.rawValue,
                event.at.map { String($0.milliseconds) },
            ]
            text = words.map { $0 ?? "\u{2}" }.joined(separator: "\u{0}")
        }
    }
}
