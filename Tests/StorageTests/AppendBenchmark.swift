import Basics
import Domain
import Foundation
import Storage
import StorageSQLite
import Testing

/// What an append costs; no test of right or wrong, so it runs only when asked for (`SWITCHBOARD_BENCHMARK=1`, release).
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SWITCHBOARD_BENCHMARK"] != nil), .serialized)
struct AppendBenchmark {
    private static let conversations = 200

    @Test(arguments: [1, 10, 50, 200])
    func `an append in batches of`(size: Int) async throws {
        let folder = try Folder()
        let store = try SQLiteStore.open(path: folder.file("bench.sqlite"), logger: .silent)
        defer { store.close() }
        var random = SeededGenerator(seed: 7)
        var chats: [Conversation] = []
        for number in 0..<Self.conversations {
            let (chat, drafts) = Make.chat(
                "chat\(number)",
                visitor: "visitor\(number)",
                cid: "open-\(number)-0000000000"
            )
            try await store.write(.open(chat, drafts))
            chats.append(chat)
        }
        let rounds = size == 1 ? 500 : 4_000 / size
        let batches = try (0..<rounds).map { _ in
            try (0..<size).map { _ in
                let index = Int.random(in: 0..<chats.count, using: &random)
                let author = Author.visitor(chats[index].visitor ?? VisitorID(""))
                let cid = ClientMessageID.make(at: Timestamp(seconds: 1), using: &random)
                let assuming = chats[index].revision
                let drafts = try chats[index].post(
                    "An ordinary message, about as long as people write them.",
                    limits: TextLimits(),
                    deed: Deed(author, cid: cid, at: Timestamp(seconds: 1))
                )
                return WriteUnit(.append(chats[index], assuming: assuming, drafts, extent: .line))
            }
        }
        let cpu = Self.cpuMicroseconds
        for units in batches { _ = try await store.write(units) }
        let cost = (Self.cpuMicroseconds - cpu) / Double(rounds * size)
        print("append in batches of \(size): \((cost * 10).rounded() / 10) µs of CPU each")

        let readBefore = Self.cpuMicroseconds
        for _ in 0..<1_000 { _ = try await store.read(.conversation(chats[0].id)) }
        print("one conversation: \(((Self.cpuMicroseconds - readBefore) / 100).rounded() / 10) µs of CPU a question")
    }

    private static var cpuMicroseconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    }
}
