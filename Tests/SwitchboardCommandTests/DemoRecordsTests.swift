import Basics
import Domain
import Foundation
import Logging
import PhoneNumbers
import Storage
import StorageSQLite
import Testing

@testable import SwitchboardCommand

struct DemoRecordsTests {
    private static let noon = Timestamp(milliseconds: 1_795_406_400_000)

    private func records(at now: Timestamp = noon) -> DemoRecords {
        DemoRecords(
            inbox: "pk_demo",
            source: "demo",
            line: LineRules(region: "CN", areaCode: "021"),
            now: now,
            clockOffset: .hours(8),
            passwords: [:]
        )
    }

    @Test func `the same day gives the same records`() {
        #expect(records().units == records().units)
    }

    @Test func `nothing of the past lies in the future, at whatever hour the demo begins`() {
        for hour in 0..<24 {
            let now = Self.noon + .hours(Int64(hour))
            for case .open(let conversation, let drafts) in records(at: now).units.flatMap(\.writes) {
                #expect(conversation.state.isOver)
                #expect(drafts.allSatisfy { $0.at <= now })
            }
        }
    }

    @Test func `a store takes every record, and the customers are who the hints say`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteStore.open(
            path: folder.appending(path: "demo.sqlite").path,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        defer { store.close() }
        for outcome in try await store.commit(records().units) {
            guard case .stored = outcome else {
                Issue.record("not stored: \(outcome)")
                continue
            }
        }
        func candidates(_ number: String) async throws -> Resolution {
            let query = Query.candidates(exact: [Identity(.phone, number)], national: [], suffix: nil, now: Self.noon)
            guard case .candidates(let found)? = try await store.ask([query]).first else { return .unknown }
            return Resolution.resolve(found)
        }
        guard case .unique(let first) = try await candidates(DemoPerson.firstNumber) else {
            Issue.record("the first number is nobody's")
            return
        }
        #expect(first.person.name == "王小明")
        #expect(first.owner?.name == "Ana Reyes")
        #expect(first.openDeals == 2)
        guard case .ambiguous(let two) = try await candidates(DemoPerson.sharedNumber) else {
            Issue.record("the shared number is not shared")
            return
        }
        #expect(two.count == 2)
        #expect(try await candidates(DemoPerson.unknownNumber) == .unknown)
    }

    @Test func `every customer of the shop and every rep is one of the demo's`() {
        #expect(DemoPerson.all.count >= 40)
        #expect(DemoPerson.all.count { $0.shopID != nil } == 5)
        #expect(Set(DemoPerson.all.map(\.name)).count == DemoPerson.all.count)
        let names = Set(DemoPerson.all.map(\.name))
        for talk in DemoTalk.written { if let person = talk.person { #expect(names.contains(person)) } }
        let numbers = NumberReader()
        for phone in DemoPerson.all.flatMap(\.phones) {
            #expect(numbers.read(phone, line: LineRules(region: "CN")).e164 == phone)
        }
    }
}
