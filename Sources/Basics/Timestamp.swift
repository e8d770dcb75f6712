internal import Glibc

/// Milliseconds since 1970 in UTC; the domain is told the time and never asks for it.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    public let milliseconds: Int64
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public init(seconds: Int64) { self.milliseconds = seconds * 1_000 }
    public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
    public static func + (a: Self, b: Span) -> Self { Self(milliseconds: a.milliseconds + b.milliseconds) }
    public static func - (a: Self, b: Span) -> Self { Self(milliseconds: a.milliseconds - b.milliseconds) }
    public static func - (a: Self, b: Self) -> Span { Span(milliseconds: a.milliseconds - b.milliseconds) }

    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    /// The wall clock of the machine.
    public static var wallClock: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// A clock that never jumps; its zero means nothing, only differences do.
    public static var monotonicClock: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// A length of time in milliseconds.
public struct Span: Hashable, Comparable, Sendable {
    public let milliseconds: Int64
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public static func milliseconds(_ value: Int64) -> Self { Self(milliseconds: value) }
    public static func seconds(_ value: Int64) -> Self { Self(milliseconds: value * 1_000) }
    public static func minutes(_ value: Int64) -> Self { .seconds(value * 60) }
    public static func hours(_ value: Int64) -> Self { .minutes(value * 60) }
    public static func days(_ value: Int64) -> Self { .hours(value * 24) }
    public static func < (a: Self, b: Self) -> Bool { a.milliseconds < b.milliseconds }
}

extension Span {
    public static func + (a: Self, b: Self) -> Self { Self(milliseconds: a.milliseconds + b.milliseconds) }
    public static func - (a: Self, b: Self) -> Self { Self(milliseconds: a.milliseconds - b.milliseconds) }
}
