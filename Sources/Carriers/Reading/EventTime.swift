internal import Basics

// Three ways to write a time that carriers use, each read strictly and without a calendar library:
//
//   RFC 2822   Wed, 18 Nov 2026 11:06:40 +0000      the weekday is optional and not checked
//   RFC 3339   2026-11-18T11:06:40.123Z             the zone is not optional: a local time is a guess
//   number     1795000000000                        milliseconds since 1970
//
// A clock that is far off says nothing about the call; such a time is dropped and the time of receipt stands.

/// Reads the time of an event.
enum EventTime {
    /// How long after it happened a carrier may still tell it (recordings come hours later).
    static let lateness = Span.days(7)
    /// How far ahead of ours the carrier's clock may run.
    static let skew = Span.hours(1)

    /// The time if it can be true of an event that was received at `receivedAt`.
    static func plausible(_ time: Timestamp?, receivedAt: Timestamp) -> Timestamp? {
        guard let time, time >= receivedAt - lateness, time <= receivedAt + skew else { return nil }
        return time
    }

    static func rfc2822(_ text: String) -> Timestamp? {
        var words = text.split(separator: " ")
        if words.first?.hasSuffix(",") == true { words.removeFirst() }
        guard words.count == 5, let day = digits(words[0], 1...2), let month = months.firstIndex(of: words[1]),
            let year = digits(words[2], 4...4), let zone = zoneSeconds(words[4])
        else { return nil }
        let clock = words[3].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let hour = digits(clock[0], 2...2), let minute = digits(clock[1], 2...2),
            let second = digits(clock[2], 2...2)
        else { return nil }
        return moment(year, month + 1, day, hour, minute, second, zone: zone)
    }

    static func rfc3339(_ text: String) -> Timestamp? {
        let units = Array(text.utf8)
        guard units.count >= 20, units.count <= 40, units[4] == dash, units[7] == dash, units[13] == colon,
            units[16] == colon, units[10] == UInt8(ascii: "T") || units[10] == UInt8(ascii: " "),
            let year = digits(units[0..<4]), let month = digits(units[5..<7]), let day = digits(units[8..<10]),
            let hour = digits(units[11..<13]), let minute = digits(units[14..<16]), let second = digits(units[17..<19])
        else { return nil }
        var rest = units[19...]
        var milliseconds: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { (zero...nine).contains($0) }
            guard !fraction.isEmpty else { return nil }
            for place in 0..<3 {
                let unit = place < fraction.count ? fraction[fraction.startIndex + place] : zero
                milliseconds = milliseconds * 10 + Int64(unit - zero)
            }
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard let zone = zoneSeconds(Substring(decoding: rest, as: UTF8.self)),
            let whole = moment(year, month, day, hour, minute, second, zone: zone)
        else { return nil }
        return whole + Span(milliseconds: milliseconds)
    }

    static func milliseconds(_ text: String) -> Timestamp? {
        guard text.utf8.count <= 15, text.utf8.allSatisfy({ (zero...nine).contains($0) }) else { return nil }
        return Int64(text).map { Timestamp(milliseconds: $0) }
    }

    // MARK: - Parts

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let zero = UInt8(ascii: "0")
    private static let nine = UInt8(ascii: "9")
    private static let dash = UInt8(ascii: "-")
    private static let colon = UInt8(ascii: ":")

    private static func digits(_ text: Substring, _ lengths: ClosedRange<Int>) -> Int? {
        lengths.contains(text.utf8.count) ? digits(Array(text.utf8)[...]) : nil
    }

    private static func digits(_ units: ArraySlice<UInt8>) -> Int? {
        guard units.allSatisfy({ (zero...nine).contains($0) }) else { return nil }
        return units.reduce(0) { $0 * 10 + Int($1 - zero) }
    }

    /// `Z`, `GMT`, `UTC`, `+0800` or `+08:00`, in seconds east of Greenwich.
    private static func zoneSeconds(_ text: Substring) -> Int64? {
        if text == "Z" || text == "z" || text == "GMT" || text == "UTC" { return 0 }
        let units = text.utf8.filter { $0 != colon }
        guard units.count == 5, units[0] == UInt8(ascii: "+") || units[0] == dash,
            let hours = digits(units[1..<3]), let minutes = digits(units[3..<5]), hours < 24, minutes < 60
        else { return nil }
        return Int64((hours * 60 + minutes) * 60) * (units[0] == dash ? -1 : 1)
    }

    private static func moment(
        _ year: Int,
        _ month: Int,
        _ day: Int,
        _ hour: Int,
        _ minute: Int,
        _ second: Int,
        zone: Int64
    ) -> Timestamp? {
        guard (1970...9999).contains(year), (1...12).contains(month), hour < 24, minute < 60, second <= 60 else {
            return nil
        }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        let before = year - 1
        let leapDays = (before / 4 - before / 100 + before / 400) - 477  // 477 of them until the end of 1969
        let days = (year - 1970) * 365 + leapDays + lengths.prefix(month - 1).reduce(0, +) + day - 1
        return Timestamp(seconds: Int64(((days * 24 + hour) * 60 + minute) * 60 + second) - zone)
    }
}
