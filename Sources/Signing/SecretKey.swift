public import Basics
internal import Glibc

/// The main key of an installation: 32 random bytes in a file that only its owner reads.
public struct SecretKey: Sendable {
    public static let byteCount = 32

    /// Why a key file is not used.
    public enum Refusal: Error, Hashable, Sendable {
        /// Somebody else owns it, or others than its owner may read or write it.
        case exposed
        /// It does not hold exactly 32 bytes.
        case wrongLength
        /// All bytes are the same: a placeholder.
        case placeholder
        /// It is a link, a directory or a device.
        case notAFile
        /// The system says no; `code` is its `errno`.
        case unreadable(code: Int32)
    }

    private let bytes: Redacted<[UInt8]>

    /// A key for one purpose; no two purposes share one.
    public func subkey(for purpose: String) -> Redacted<[UInt8]> {
        Redacted(MessageAuthentication.subkey(of: bytes.reveal(), for: purpose))
    }

    /// Reads the key at `path`, or makes one there if there is nothing.
    public static func loadOrCreate(path: String) throws(Refusal) -> SecretKey {
        do throws(Refusal) {
            return try load(path: path)
        } catch .unreadable(code: ENOENT) {
            try create(path: path)
            return try load(path: path)
        }
    }

    public static func load(path: String) throws(Refusal) -> SecretKey {
        // A link is not followed, and a pipe does not make us wait.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { throw errno == ELOOP ? .notAFile : .unreadable(code: errno) }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw .unreadable(code: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
        guard status.st_uid == geteuid() || status.st_uid == 0, status.st_mode & 0o077 == 0 else { throw .exposed }

        var bytes = [UInt8](repeating: 0, count: byteCount + 1)
        let count = unsafe read(file, &bytes, bytes.count)
        guard count >= 0 else { throw .unreadable(code: errno) }
        guard count == byteCount else { throw .wrongLength }
        bytes.removeLast()
        guard Set(bytes).count > 1 else { throw .placeholder }
        return SecretKey(bytes: Redacted(bytes))
    }
}

extension SecretKey {

    /// Writes a new key beside `path` and links it there: a crash leaves no half of a key, and of two first starts one wins.
    private static func create(path: String) throws(Refusal) {
        let draft = "\(path).\(getpid()).\(ByteText.hex(SecureRandom.bytes(4)))"
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .unreadable(code: errno) }
        defer {
            close(file)
            unsafe unlink(draft)
        }
        let key = SecureRandom.bytes(byteCount)
        guard unsafe write(file, key, byteCount) == byteCount, fsync(file) == 0 else {
            throw .unreadable(code: errno)
        }
        guard unsafe link(draft, path) == 0 || errno == EEXIST else { throw .unreadable(code: errno) }
        syncFolder(of: path)
    }

    /// A new name survives a power cut only when its folder was written too.
    private static func syncFolder(of path: String) {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let file = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { return }
        fsync(file)
        close(file)
    }
}
