internal import Foundation
internal import Glibc
internal import Storage

/// Files that survive a power cut: written under another name, flushed, renamed, and the folder flushed too.
enum Files {
    static func write(_ bytes: [UInt8], to path: String) throws {
        let partial = path + ".partial"
        try create(partial)
        guard let file = FileHandle(forWritingAtPath: partial) else { throw failure("write", partial) }
        try file.write(contentsOf: Data(bytes))
        try file.close()
        try put(partial, at: path)
    }

    /// Gives a finished file its name, for good.
    static func put(_ partial: String, at path: String) throws {
        try flush(partial)
        guard rename(partial, path) == 0 else { throw failure("rename to", path) }
        try flush(folder(of: path))
    }

    /// An empty file that is nobody else's to read.
    static func create(_ path: String) throws {
        try remove(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("make", path) }
        close(descriptor)
    }

    static func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func flush(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("flush", path) }
    }

    static func folder(of path: String) -> String { (path as NSString).deletingLastPathComponent.orHere }

    static func failure(_ what: String, _ path: String) -> StoreError {
        errno == ENOSPC ? .full : .unavailable("cannot \(what) \(path): \(StoreLock.reason(errno))")
    }
}

extension String {
    fileprivate var orHere: String { isEmpty ? "." : self }
}
