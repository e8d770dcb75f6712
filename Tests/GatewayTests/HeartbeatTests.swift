import Basics
import Testing

@testable import Gateway

@Suite struct HeartbeatTests {
    private let every = Span.seconds(25)
    private let within = Span.seconds(10)
    private func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: 1_000_000) + .seconds(seconds) }

    @Test func `a silent socket is pinged, then given up`() {
        var life = Heartbeat(at: at(0))
        let first = life.beat(at: at(24), every: every, within: within, jitter: 0)
        let ping = life.beat(at: at(25), every: every, within: within, jitter: 0)
        let waiting = life.beat(at: at(35), every: every, within: within, jitter: 0)
        let dead = life.beat(at: at(36), every: every, within: within, jitter: 0)
        #expect([first, ping, waiting, dead] == [.fine, .ping, .fine, .dead])
    }

    @Test func `any frame is a sign of life, and only an answer counts as one to a ping`() {
        var life = Heartbeat(at: at(0))
        let unasked = life.heard(at: at(3))
        _ = life.beat(at: at(25), every: every, within: within, jitter: 0)
        let answer = life.heard(at: at(26))
        let next = life.beat(at: at(40), every: every, within: within, jitter: 0)
        #expect(!unasked && answer && next == .fine)
    }
}
