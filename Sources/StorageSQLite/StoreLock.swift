internal import Basics
internal import Glibc
internal import Storage

/// The right to write a database, held by one process at a time through a lock on a file beside it.
///
/// SQLite before 3.51.3 can damage a file that two connections checkpoint at once; besides, two servers on one log
/// would each believe that they number it.
final class StoreLock: Sendable {
    private let descriptor: Int32

    init(for path: String) throws {
        let name = path + ".lock"
        let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.unavailable("cannot open \(name): \(Self.reason(errno))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(descriptor)
            close(descriptor)
            throw StoreError.unavailable(
                "\(path) is open in another process\(holder.map { " (\($0))" } ?? ""): stop that one first"
            )
        }
        self.descriptor = descriptor
        let text = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    deinit { close(descriptor) }

    /// Lets the next one in, whoever still holds this object.
    func release() { flock(descriptor, LOCK_UN) }

    private static func holder(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return Int32(String(decoding: bytes.prefix(max(0, count)).prefix { $0 != 10 }, as: UTF8.self))
    }

    static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
