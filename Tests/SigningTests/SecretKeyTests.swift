import Basics
import Foundation
import Signing
import Testing

@Suite final class SecretKeyTests {
    private let folder: URL
    private var path: String { folder.appendingPathComponent("main.key").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("secret-key-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func write(_ bytes: [UInt8], mode: Int = 0o600) throws {
        try? FileManager.default.removeItem(atPath: path)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    private func refusal() -> SecretKey.Refusal? {
        do throws(SecretKey.Refusal) {
            _ = try SecretKey.loadOrCreate(path: path)
            return nil
        } catch { return error }
    }

    @Test func `the first start makes a key that only its owner reads, later starts read the same`() throws {
        let first = try SecretKey.loadOrCreate(path: path)
        let second = try SecretKey.loadOrCreate(path: path)
        #expect(first.subkey(for: "visitors") == second.subkey(for: "visitors"))
        #expect(first.subkey(for: "visitors") != first.subkey(for: "tickets"))
        #expect(first.subkey(for: "visitors").reveal().count == 32)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.size] as? Int == 32)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["main.key"])
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o777])
    func `a key that others may touch is refused`(_ mode: Int) throws {
        try write(Array(0..<32), mode: mode)
        #expect(refusal() == .exposed)
    }

    @Test func `a key has exactly 32 bytes, and is not a placeholder`() throws {
        for count in [0, 31, 33, 64] {
            try write((0..<count).map { UInt8($0) })
            #expect(refusal() == .wrongLength)
        }
        try write(Array(0..<32), mode: 0o400)
        #expect(refusal() == nil)
        try write([UInt8](repeating: 0, count: 32))
        #expect(refusal() == .placeholder)
    }

    @Test func `a link or a folder is not a key, and a folder that is not there makes none`() throws {
        let target = folder.appendingPathComponent("other.key").path
        _ = try SecretKey.loadOrCreate(path: target)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        #expect(refusal() == .notAFile)
        #expect(throws: SecretKey.Refusal.notAFile) { try SecretKey.load(path: folder.path) }
        #expect(throws: SecretKey.Refusal.unreadable(code: ENOENT)) {
            try SecretKey.loadOrCreate(path: folder.path + "/nowhere/main.key")
        }
    }

    @Test func `of many first starts at once one wins and all get its key`() async throws {
        let path = path
        let keys = await withTaskGroup(of: Redacted<[UInt8]>?.self) { group in
            for _ in 0..<8 {
                group.addTask { (try? SecretKey.loadOrCreate(path: path))?.subkey(for: "test") }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(keys.count == 8 && !keys.contains(nil) && Set(keys).count == 1)
    }
}
