public import Basics
internal import CLibuv

/// A name for one scheduled call.
public struct TimerID: Hashable, Sendable {
    let rawValue: UInt64
}

extension Loop {
    /// Calls `body` once on the loop, `delay` from now; on the loop only.
    @discardableResult
    public func schedule(after delay: Span, _ body: @escaping () -> Void) -> TimerID {
        assertCurrent()
        let timer = timers.free.popLast() ?? LoopTimer(self)
        timers.lastID += 1
        timer.id = timers.lastID
        timer.body = body
        timers.running[timer.id] = timer
        unsafe uv_update_time(handle)  // the cached time is as old as the turn
        unsafe uv_timer_start(timer.handle, timerFired, UInt64(max(0, delay.milliseconds)), 0)
        return TimerID(rawValue: timer.id)
    }

    /// Forgets a call that has not happened yet; harmless for one that has.
    public func cancel(_ timer: TimerID) {
        assertCurrent()
        guard let running = timers.running.removeValue(forKey: timer.rawValue) else { return }
        unsafe uv_timer_stop(running.handle)
        running.body = nil
        timers.free.append(running)
    }

    func fired(_ timer: LoopTimer) {
        guard timers.running.removeValue(forKey: timer.id) != nil, let body = timer.body else { return }
        timer.body = nil
        timers.free.append(timer)
        body()
    }

    func closeTimers() {
        for timer in timers.running.values { timer.close() }
        for timer in timers.free { timer.close() }
        timers = TimerTable()
    }
}

/// The timers of a loop: those that run, and handles that wait for their next use.
struct TimerTable {
    var running: [UInt64: LoopTimer] = [:]
    var free: [LoopTimer] = []
    var lastID: UInt64 = 0
}

/// One `uv_timer_t` and what it will call.
@safe final class LoopTimer {
    let handle: UnsafeMutablePointer<uv_timer_t>
    unowned let loop: Loop
    var id: UInt64 = 0
    var body: (() -> Void)?

    init(_ loop: Loop) {
        self.loop = loop
        unsafe handle = .allocate(capacity: 1)
        unsafe uv_timer_init(loop.handle, handle)
        unsafe handle.pointee.data = Unmanaged.passUnretained(self).toOpaque()
    }

    /// libuv keeps the handle until its close callback, which frees the memory; the object may go at once.
    func close() {
        body = nil
        unsafe uv_timer_stop(handle)
        unsafe uv_close(UnsafeMutableRawPointer(handle).assumingMemoryBound(to: uv_handle_t.self), freeHandle)
    }
}
