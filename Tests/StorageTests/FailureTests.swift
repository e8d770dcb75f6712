import GRDB
import Storage
import StorageSQLite
import Testing

/// What SQLite's complaints mean, while statements run and when the commit itself fails.
struct FailureTests {
    private static func error(_ code: ResultCode) -> DatabaseError { DatabaseError(resultCode: code, message: "words") }

    @Test func `a full disk is full whenever it says so, and nothing is final about it`() {
        for failure in [
            StoreError(Self.error(.SQLITE_FULL), in: "file"),
            StoreError(committing: Self.error(.SQLITE_FULL), in: "file"),
        ] {
            #expect(failure == .full)
            #expect(!failure.isFinal)
        }
    }

    @Test(arguments: [ResultCode.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_WRITE, .SQLITE_IOERR])
    func `a disk that failed is not trusted again`(code: ResultCode) {
        for failure in [
            StoreError(Self.error(code), in: "file"), StoreError(committing: Self.error(code), in: "file"),
        ] {
            guard case .uncertain(let why) = failure else {
                Issue.record("\(failure)")
                continue
            }
            #expect(why.contains("file"))
            #expect(failure.isFinal)
        }
    }

    @Test(arguments: [ResultCode.SQLITE_CORRUPT, .SQLITE_CORRUPT_VTAB, .SQLITE_NOTADB])
    func `damage names the file and the way back`(code: ResultCode) {
        guard case .damaged(let why) = StoreError(Self.error(code), in: "the/file") else {
            Issue.record("no damage")
            return
        }
        #expect(why.contains("the/file"))
        #expect(why.contains("switchboard restore"))
    }

    @Test func `whatever else stops a commit leaves it unknown, and a statement undone`() {
        #expect(StoreError(Self.error(.SQLITE_BUSY), in: "file") == .unavailable("SQLite error 5: words"))
        #expect(StoreError(committing: Self.error(.SQLITE_BUSY), in: "file") == .uncertain("SQLite error 5: words"))
    }
}
