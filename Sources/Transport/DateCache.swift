internal import Glibc

/// The `date` header, written once a second.
struct DateCache {
    private var second: time_t = 0
    private var cached = ""

    mutating func text() -> String {
        var now = time(nil)
        guard now != second else { return cached }
        second = now
        var parts = unsafe tm()
        unsafe gmtime_r(&now, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map { DateCache.two(Int($0)) }.joined(
            separator: ":"
        )
        let month = months[Int(unsafe parts.tm_mon)]
        let day = "\(DateCache.two(Int(unsafe parts.tm_mday))) \(month) \(1_900 + Int(unsafe parts.tm_year))"
        cached = "\(days[Int(unsafe parts.tm_wday)]), \(day) \(clock) GMT"
        return cached
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
