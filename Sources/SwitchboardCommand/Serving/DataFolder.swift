internal import Basics
internal import Foundation
internal import Glibc
internal import Signing

/// The folder that is an installation: the store, its key, and the token for commands beside the server.
struct DataFolder {
    let path: String
    init(_ path: String) { self.path = path }

    var storeFile: String { path + "/switchboard.sqlite" }
    var keyFile: String { path + "/master.key" }
    var tokenFile: String { path + "/admin.token" }
    var runningFile: String { path + "/running.json" }
    private var lockFile: String { storeFile + ".lock" }

    /// Makes the folder, for its owner alone.
    func prepare() throws(CommandFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw CommandFailure(
                .cannotCreate,
                "the data folder \(path) cannot be made: \(systemReason(errno)) (data.directory)"
            )
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw CommandFailure(.noPermission, "the data folder \(path) cannot be written: \(systemReason(errno))")
        }
        let mode = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        guard (mode ?? 0) & 0o022 == 0 else {
            throw CommandFailure(
                .configuration,
                "others can write into the data folder \(path), where keys are kept: chmod 700 \(path)"
            )
        }
    }

    /// Whether a server has the store open now.
    var isServed: Bool {
        let lock = open(lockFile, O_RDWR | O_CLOEXEC)
        guard lock >= 0 else { return false }
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
        flock(lock, LOCK_UN)
        return false
    }

    // MARK: Keys

    func masterKey() throws(CommandFailure) -> SecretKey {
        do throws(SecretKey.Refusal) {
            return try SecretKey.loadOrCreate(path: keyFile)
        } catch {
            let reason =
                switch error {
                case .exposed:
                    "others than its owner may read it: chmod 600 \(keyFile), and chown it to the server's user"
                case .wrongLength: "it does not hold 32 bytes: bring it back from a backup"
                case .placeholder: "it is a placeholder: remove it, and a new one is made"
                case .notAFile: "it is no plain file"
                case .unreadable(let code): systemReason(code)
                }
            throw CommandFailure(.configuration, "the key \(keyFile) is not used: \(reason)")
        }
    }

    /// The token that makes a command beside the server an administrator; whoever reads this folder is one anyway.
    func adminToken() throws(CommandFailure) -> Redacted<String> {
        if let text = FileManager.default.contents(atPath: tokenFile).map({ String(decoding: $0, as: UTF8.self) }) {
            let token = text.withoutSpacesAround
            guard token.utf8.count >= 32 else {
                throw CommandFailure(.configuration, "\(tokenFile) is too short: remove it, and a new one is made")
            }
            return Redacted(token)
        }
        let token = SessionSecret.make().text
        try PrivateFile.write(token.reveal() + "\n", to: tokenFile)
        return token
    }
}

/// Files that their owner alone may read.
enum PrivateFile {
    /// Writes the whole file or nothing of it.
    static func write(_ text: String, to path: String) throws(CommandFailure) {
        let draft = "\(path).\(getpid()).new"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure(path) }
        let bytes = Array(text.utf8)
        let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        close(file)
        guard isWritten, rename(draft, path) == 0 else {
            let failure = failure(path)
            unlink(draft)
            throw failure
        }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(.cannotCreate, "\(path) cannot be written: \(systemReason(errno))")
    }
}
