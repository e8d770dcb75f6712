internal import Foundation
internal import Glibc
internal import Logging
internal import Storage
internal import StorageSQLite

/// The data folder and what is in it.
enum StoreState {
    static func findings(_ settings: Settings) async -> [Finding] {
        let data = settings.data
        guard FileManager.default.fileExists(atPath: data.path) else {
            return [
                Finding(.warn, "data folder", "\(data.path) is not there yet", advice: "`switchboard serve` makes it")
            ]
        }
        var findings = [access(to: data), key(data), room(data)].compactMap { $0 }
        guard FileManager.default.fileExists(atPath: data.storeFile) else {
            return findings + [Finding(.warn, "store", "not there yet", advice: "`switchboard serve` makes it")]
        }
        let inspection: StoreInspection
        do { inspection = try SQLiteStore.inspect(path: data.storeFile) } catch {
            let failure = CommandFailure(error, file: data.storeFile)
            return findings + [Finding(.fail, "store", failure.message)]
        }
        findings += store(inspection, data)
        findings.append(server(inspection, data))
        guard inspection.findings.isEmpty, inspection.schema == inspection.schemaKnown else { return findings }
        return findings + [await deliveries(settings)]
    }

    // MARK: The folder

    private static func access(to data: DataFolder) -> Finding {
        let mode = try? FileManager.default.attributesOfItem(atPath: data.path)[.posixPermissions] as? Int
        switch (mode ?? 0) & 0o077 {
        case 0: return Finding(.ok, "data folder", data.path)
        case let open where open & 0o022 != 0:
            return Finding(.fail, "data folder", "others can write into \(data.path)", advice: "chmod 700 \(data.path)")
        default:
            return Finding(.warn, "data folder", "others can look into \(data.path)", advice: "chmod 700 \(data.path)")
        }
    }

    private static func key(_ data: DataFolder) -> Finding? {
        guard FileManager.default.fileExists(atPath: data.keyFile) else { return nil }
        do throws(CommandFailure) { _ = try data.masterKey() } catch { return Finding(.fail, "key", error.message) }
        return Finding(.ok, "key", data.keyFile)
    }

    private static let roomWanted: UInt = 1 << 30
    private static let roomNeeded: UInt = 256 << 20

    private static func room(_ data: DataFolder) -> Finding? {
        var state = statvfs()
        guard statvfs(data.path, &state) == 0 else { return nil }
        let free = UInt(state.f_bavail) * UInt(state.f_frsize)
        let text = "\(ByteCount.text(Int64(clamping: free))) free"
        if free < roomNeeded {
            return Finding(.fail, "disk", text, advice: "make room: at 0 nothing is stored any more")
        }
        if free < roomWanted { return Finding(.warn, "disk", text, advice: "make room soon") }
        return Finding(.ok, "disk", text)
    }

    // MARK: The store

    private static let walWanted: Int64 = 64 << 20

    private static func store(_ inspection: StoreInspection, _ data: DataFolder) -> [Finding] {
        var findings = inspection.findings.map { Finding(.fail, "store", $0, advice: restoreAdvice(data)) }
        if inspection.findings.isEmpty {
            let people = inspection.counts["person"] ?? 0
            let talks = inspection.counts["conversation"] ?? 0
            findings.append(
                Finding(
                    .ok,
                    "store",
                    "whole: \(ByteCount.text(inspection.bytes)), \(people) people, \(talks) conversations,"
                        + " \(inspection.head) events"
                )
            )
        }
        if inspection.schema != inspection.schemaKnown {
            let isNewer = inspection.schema > inspection.schemaKnown
            let text = "\(inspection.schema), and this switchboard knows \(inspection.schemaKnown)"
            findings.append(
                Finding(
                    isNewer ? .fail : .warn,
                    "schema",
                    text,
                    advice: isNewer
                        ? "install a newer switchboard" : "the next start brings it up to date: back up before"
                )
            )
        }
        if inspection.walBytes > walWanted {
            findings.append(
                Finding(
                    .warn,
                    "write-ahead log",
                    ByteCount.text(inspection.walBytes),
                    advice: "something reads for very long, or the disk is too slow; a restart empties it"
                )
            )
        } else {
            findings.append(Finding(.ok, "write-ahead log", ByteCount.text(inspection.walBytes)))
        }
        return findings
    }

    private static func server(_ inspection: StoreInspection, _ data: DataFolder) -> Finding {
        if let server = RunningServer.find(in: data) {
            return Finding(.ok, "server", "process \(server.pid) at \(server.publicURL)")
        }
        return Finding(.ok, "server", inspection.isOpenElsewhere ? "another command works on the store" : "not running")
    }

    /// Requests of carriers that nobody understood are kept, and wait for somebody to look.
    private static func deliveries(_ settings: Settings) async -> Finding {
        let counts: [String: Int]
        do {
            counts = try await deliveryCounts(settings)
        } catch {
            let reason = (error as? CommandFailure)?.message ?? "the server does not answer"
            return Finding(.warn, "deliveries", reason)
        }
        let stuck = ["unparsable", "failed"].compactMap { state in
            counts[state].flatMap { $0 > 0 ? "\($0) \(state)" : nil }
        }
        guard stuck.isEmpty else {
            return Finding(
                .warn,
                "deliveries",
                stuck.joined(separator: ", "),
                advice: "look at them: GET /api/admin/deliveries?state=unparsable"
            )
        }
        return Finding(.ok, "deliveries", "all of them understood")
    }

    /// From the server where one runs, since its lock keeps others out of the store.
    private static func deliveryCounts(_ settings: Settings) async throws -> [String: Int] {
        if RunningServer.find(in: settings.data) != nil {
            return try await AdminClient.with(settings) { try await $0.doctor().deliveries }
        }
        let store = try StoreFile.open(settings.data, logger: Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() })
        defer { store.close() }
        guard case .deliveryCounts(let counts)? = try await store.ask([.deliveryCounts]).first else { return [:] }
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
    }

    private static func restoreAdvice(_ data: DataFolder) -> String {
        "stop the server, copy \(data.storeFile)* aside, then `switchboard restore` the newest backup"
    }
}
