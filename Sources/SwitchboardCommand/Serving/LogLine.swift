internal import Basics
internal import Foundation
internal import Glibc
internal import Logging
internal import Wire

/// One line to standard error for each event, for people or for machines.
///
/// Messages are constant; what varies stands in the metadata, so that a log can be searched and counted.
struct LogLine: LogHandler {
    enum Format { case text, json }

    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: Format

    init(label: String, level: Logger.Level, format: Format) {
        self.label = label
        self.format = format
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }.merging(event.metadata ?? [:]) { $1 }
        let time = Self.time(.wallClock)
        let line =
            format == .json
            ? Self.json(time, label, event, fields) : Self.text(time, label, event, fields)
        Terminal.write(line + "\n", to: STDERR_FILENO)
    }

    /// Sends everything that is logged in this process here.
    static func install(_ settings: Settings) {
        install(level: Logger.Level(rawValue: settings.logLevel) ?? .info, format: settings.logsJSON ? .json : .text)
    }

    static func install(level: Logger.Level, format: Format) {
        LoggingSystem.bootstrap { LogLine(label: $0, level: level, format: format) }
    }

    static func text(_ time: String, _ label: String, _ event: LogEvent, _ fields: Logger.Metadata) -> String {
        var line = "\(time) \(event.level.rawValue) \(label): \(event.message)"
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            let text = "\(value)"
            let isPlain = !text.isEmpty && !text.contains { $0.isWhitespace || $0 == "\"" || $0 == "=" }
            line += " \(name)=" + (isPlain ? text : quoted(text))
        }
        return line
    }

    static func json(_ time: String, _ label: String, _ event: LogEvent, _ fields: Logger.Metadata) -> String {
        JSONWriter.object { json in
            json.field("time", time)
            json.field("level", event.level.rawValue)
            json.field("logger", label)
            json.field("message", "\(event.message)")
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) { json.field(name, "\(value)") }
        }.text
    }

    private static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return writer.text
    }

    /// RFC 3339 in UTC with milliseconds.
    static func time(_ moment: Timestamp) -> String {
        var seconds = time_t(moment.milliseconds / 1_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let milliseconds = String(1_000 + moment.milliseconds % 1_000).dropFirst()
        let date = "\(parts.tm_year + 1_900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return date + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).\(milliseconds)Z"
    }
}
