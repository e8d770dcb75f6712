internal import Basics
internal import Foundation
internal import Glibc
internal import Transport

/// What the machine gives the process: files, clock, pages.
enum SystemState {
    static func findings(_ settings: Settings) -> [Finding] { [files(settings), clock(), pages(settings)] }

    /// A connection is a descriptor; the store and the libraries need some too.
    private static let reserve = 64

    private static func files(_ settings: Settings) -> Finding {
        let most = OpenFiles.most
        let needed = settings.transport.connectionsTotal + reserve
        guard most < UInt(needed) else { return Finding(.ok, "open files", "up to \(most)") }
        return Finding(
            .warn,
            "open files",
            "up to \(most), but limits.connections_total is \(settings.transport.connectionsTotal)",
            advice: "raise it (ulimit -n \(needed), LimitNOFILE= of systemd), or lower the limit"
        )
    }

    /// Signatures of carriers are believed for five minutes, so that the clock matters.
    private static func clock() -> Finding {
        let now = LogLine.time(.wallClock)
        guard kernelClockState() != Self.unsynchronised else {
            return Finding(
                .warn,
                "clock",
                "\(now), and the kernel does not know whether that is right",
                advice: "run a time service: apt-get install systemd-timesyncd"
            )
        }
        return Finding(.ok, "clock", now)
    }

    private static let unsynchronised: Int32 = 5  // TIME_ERROR of <sys/timex.h>

    /// The answer of adjtimex(2) to a request that changes nothing; Swift's Glibc leaves this header out.
    private static func kernelClockState() -> Int32? {
        typealias Function = @convention(c) (UnsafeMutableRawPointer) -> Int32
        guard let symbol = dlsym(nil, "adjtimex") else { return nil }
        var request = [UInt64](repeating: 0, count: 64)  // a struct timex is 208 bytes
        return request.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.map { unsafeBitCast(symbol, to: Function.self)($0) }
        }
    }

    private static func pages(_ settings: Settings) -> Finding {
        guard let folder = settings.webDirectory ?? WebFolder.find() else {
            return Finding(.warn, "web pages", "none", advice: "run `make web`, or set web.directory")
        }
        guard FileManager.default.fileExists(atPath: folder + "/manifest.json") else {
            return Finding(.fail, "web pages", "\(folder) has no manifest.json", advice: "run `make web`")
        }
        return Finding(.ok, "web pages", folder)
    }
}
