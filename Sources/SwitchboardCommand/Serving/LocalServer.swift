internal import Foundation
internal import Logging
internal import StorageSQLite

/// A server for the length of one command, when none is running: commands then have one way to everything, its interface.
enum LocalServer {
    private enum Event: Sendable {
        case ready(RunningServer, stop: @Sendable () -> Void)
        case ended(CommandFailure?)
    }

    static func run<Result>(
        _ settings: Settings,
        _ body: (RunningServer) async throws -> Result
    ) async throws -> Result {
        try settings.data.prepare()
        let store = try StoreFile.open(settings.data)
        var settings = settings
        settings.host = "127.0.0.1"
        settings.port = 0
        settings.publicBaseURL = nil
        settings.certificate = nil
        var service = Service(settings)
        service.isPublic = false
        let (events, sink) = AsyncStream.makeStream(of: Event.self)
        let thread = Thread { [service] in
            do throws(CommandFailure) {
                try service.run(on: store) { sink.yield(.ready($0, stop: $1)) }
                sink.yield(.ended(nil))
            } catch {
                sink.yield(.ended(error))
            }
            sink.finish()
        }
        thread.start()
        var iterator = events.makeAsyncIterator()
        switch await iterator.next() {
        case .ready(let server, let stop)?:
            do {
                let result = try await body(server)
                stop()
                _ = await iterator.next()
                return result
            } catch {
                stop()
                _ = await iterator.next()
                throw error
            }
        case .ended(let failure?)?: throw failure
        case .ended(nil)?, nil: throw CommandFailure(.temporary, "the store could not be opened for this command")
        }
    }
}
