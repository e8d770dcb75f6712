internal import CLibuv

extension Loop {
    /// Calls `body` on the loop each time the process gets `signal` (SIGTERM, SIGINT, SIGHUP).
    ///
    /// The signals are ours: on a loop of our own libwebsockets leaves them alone.
    public func onSignal(_ signal: Int32, _ body: @escaping () -> Void) {
        assertCurrent()
        signals.append(SignalWatch(signal, on: self, body))
    }

    func closeSignals() {
        for watch in signals { watch.close() }
        signals = []
    }
}

/// One `uv_signal_t` and what it calls.
@safe final class SignalWatch {
    private let handle: UnsafeMutablePointer<uv_signal_t>
    private(set) var body: (() -> Void)?

    init(_ signal: Int32, on loop: Loop, _ body: @escaping () -> Void) {
        self.body = body
        unsafe handle = .allocate(capacity: 1)
        unsafe uv_signal_init(loop.handle, handle)
        unsafe handle.pointee.data = Unmanaged.passUnretained(self).toOpaque()
        unsafe uv_signal_start(handle, signalArrived, signal)
    }

    func close() {
        body = nil
        unsafe uv_signal_stop(handle)
        unsafe uv_close(UnsafeMutableRawPointer(handle).assumingMemoryBound(to: uv_handle_t.self), freeHandle)
    }
}
