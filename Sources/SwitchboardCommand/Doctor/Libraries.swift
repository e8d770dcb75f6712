internal import Glibc

/// The libraries of the system that this process has loaded, by their own word.
///
/// They are asked by symbol, since each belongs to one module of ours, which shows nothing of it.
enum Libraries {
    static func findings() -> [Finding] {
        [
            Finding(.ok, "switchboard", Version.current),
            libwebsockets(version("lws_get_library_version")), openSSL(), sqlite(version("sqlite3_libversion")),
            plain("libuv", version("uv_version_string")), plain("libsodium", version("sodium_version_string")),
        ]
    }

    /// Upstream has made no release of this line since 2020; every handshake and request is checked before it sees them.
    private static func libwebsockets(_ version: String?) -> Finding {
        guard let version else { return unknown("libwebsockets") }
        guard numbers(version).lexicographicallyPrecedes([4, 1, 6]) else {
            return Finding(.ok, "libwebsockets", "\(version), behind a guard of our own")
        }
        return Finding(
            .fail,
            "libwebsockets",
            version,
            advice: "4.1.6 or newer is needed: install Debian 12's libwebsockets"
        )
    }

    private static func openSSL() -> Finding {
        guard let symbol = dlsym(nil, "OpenSSL_version") else { return unknown("OpenSSL") }
        typealias Function = @convention(c) (Int32) -> UnsafePointer<CChar>?
        guard let text = unsafeBitCast(symbol, to: Function.self)(0) else { return unknown("OpenSSL") }
        let words = String(cString: text).split(separator: " ")
        let version = words.count > 1 ? String(words[1]) : String(cString: text)
        guard numbers(version).first ?? 0 >= 3 else {
            return Finding(.fail, "OpenSSL", version, advice: "3.0 or newer is needed")
        }
        return Finding(.ok, "OpenSSL", version)
    }

    /// SQLite 3.7.0 to 3.51.2 (but for two repaired lines) can damage a file when two connections checkpoint at once.
    private static func sqlite(_ version: String?) -> Finding {
        guard let version else { return unknown("SQLite") }
        let number = numbers(version)
        let isRepaired =
            !number.lexicographicallyPrecedes([3, 51, 3]) || number.starts(with: [3, 44]) && number.last ?? 0 >= 6
            || number.starts(with: [3, 50]) && number.last ?? 0 >= 7
        let note = isRepaired ? "" : ", with the WAL-reset bug of its time: harmless here, where one connection writes"
        return Finding(.ok, "SQLite", version + note)
    }

    private static func plain(_ name: String, _ version: String?) -> Finding {
        version.map { Finding(.ok, name, $0) } ?? unknown(name)
    }

    private static func unknown(_ name: String) -> Finding { Finding(.warn, name, "does not tell its version") }

    private static func version(_ symbol: String) -> String? {
        typealias Function = @convention(c) () -> UnsafePointer<CChar>?
        guard let address = dlsym(nil, symbol) else { return nil }
        guard let text = unsafeBitCast(address, to: Function.self)() else { return nil }
        return String(String(cString: text).prefix { $0.isNumber || $0 == "." })
    }

    static func numbers(_ version: String) -> [Int] {
        version.prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
    }
}
