internal import Basics
public import CoreMetrics

/// A metrics backend that answers in the Prometheus text format.
///
/// Counters and gauges are what their names say; recorders and timers become summaries of count and sum.
public final class PrometheusMetrics: MetricsFactory {
    struct Key: Hashable, Comparable {
        let label: String
        let dimensions: String
        static func < (a: Key, b: Key) -> Bool { (a.label, a.dimensions) < (b.label, b.dimensions) }
    }
    enum Kind: String { case counter, gauge, summary }
    struct Value {
        var kind: Kind
        var sum = 0.0
        var count: Int64 = 0
    }
    private let values = Locked<[Key: Value]>([:])

    public init() {}

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Handler(self, .init(label, dimensions), .counter)
    }
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        Handler(self, .init(label, dimensions), aggregate ? .summary : .gauge)
    }
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Handler(self, .init(label, dimensions), .summary)
    }
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    /// Everything counted so far (exposition format 0.0.4).
    public var text: String {
        var lines: [String] = []
        var announced: Set<String> = []
        for (key, value) in values.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            if announced.insert(key.label).inserted { lines.append("# TYPE \(key.label) \(value.kind.rawValue)") }
            switch value.kind {
            case .counter: lines.append("\(key.label)\(key.dimensions) \(value.count)")
            case .gauge: lines.append("\(key.label)\(key.dimensions) \(value.sum)")
            case .summary:
                lines.append("\(key.label)_sum\(key.dimensions) \(value.sum)")
                lines.append("\(key.label)_count\(key.dimensions) \(value.count)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    fileprivate func update(_ key: Key, _ kind: Kind, _ change: (inout Value) -> Void) {
        values.withLock { change(&$0[key, default: Value(kind: kind)]) }
    }
}

extension PrometheusMetrics.Key {
    init(_ label: String, _ dimensions: [(String, String)]) {
        self.label = label
        self.dimensions =
            dimensions.isEmpty
            ? ""
            : "{" + dimensions.map { "\($0.0)=\"\(Self.escape($0.1))\"" }.joined(separator: ",") + "}"
    }
    private static func escape(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
    }
}

private final class Handler: CounterHandler, RecorderHandler, TimerHandler {
    let owner: PrometheusMetrics
    let key: PrometheusMetrics.Key
    let kind: PrometheusMetrics.Kind

    init(_ owner: PrometheusMetrics, _ key: PrometheusMetrics.Key, _ kind: PrometheusMetrics.Kind) {
        self.owner = owner
        self.key = key
        self.kind = kind
        owner.update(key, kind) { _ in }
    }
    func increment(by amount: Int64) { owner.update(key, kind) { $0.count += amount } }
    func reset() { owner.update(key, kind) { $0.count = 0 } }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) {
        owner.update(key, kind) { current in
            current.sum = current.kind == .gauge ? value : current.sum + value
            current.count += 1
        }
    }
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
