internal import CLibwebsockets

/// One connection as libwebsockets knows it (`struct lws`): the few calls of it that we make.
///
/// Valid from its first callback until `Connection.socket` is cleared, on the loop's thread.
@safe struct EngineSocket {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

    /// Whether the engine still holds bytes that the kernel did not take.
    ///
    /// A flag, where `lws_send_pipe_choked` would cost a system call.
    var isHoldingBytes: Bool { unsafe lws_partial_buffered(pointer) != 0 }

    /// Asks for a callback when the kernel takes bytes again.
    func askWritable() { unsafe lws_callback_on_writable(pointer) }

    /// Hands over bytes as they are; what the kernel does not take at once the engine copies and keeps.
    ///
    /// `LWS_WRITE_HTTP` means raw in both roles; the engine does not change the bytes.
    func write(_ bytes: some Collection<UInt8>) -> Bool {
        let count = bytes.count
        guard count > 0 else { return true }
        let written = bytes.withContiguousStorageIfAvailable { buffer in
            unsafe lws_write(pointer, UnsafeMutablePointer(mutating: buffer.baseAddress), count, LWS_WRITE_HTTP)
        }
        return Int(written ?? -1) >= count
    }

    /// Stops or resumes reading.
    func setReading(_ isReading: Bool) { unsafe lws_rx_flow_control(pointer, isReading ? 1 : 0) }

    /// Closes at once; not inside a callback of the same connection.
    func kill() { unsafe lws_set_timeout(pointer, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_SYNC) }

    /// Tells the engine that the response is out; false when the connection cannot be kept.
    func finishTransaction() -> Bool { unsafe lws_http_transaction_completed(pointer) == 0 }

    /// Whether the engine has read beyond the request in hand.
    enum InputHeld { case none, some, unknown }

    /// Asks in a roundabout way, because the engine shows only whether any of its connections holds input: this one does
    /// when the answer changes as it is taken out of the count.
    var inputHeld: InputHeld {
        let context = unsafe lws_get_context(pointer)
        guard unsafe lws_service_adjust_timeout(context, 1, 0) == 0 else { return .none }
        setReading(false)
        defer { setReading(true) }
        return unsafe lws_service_adjust_timeout(context, 1, 0) == 0 ? .unknown : .some
    }

    // MARK: WebSocket

    /// Bytes of the current frame that have not come yet.
    var restOfFrame: Int { unsafe lws_remaining_packet_payload(pointer) }
    /// Whether this piece ends the message.
    var isFinalPiece: Bool { unsafe lws_is_final_fragment(pointer) != 0 }
    var isBinary: Bool { unsafe lws_frame_is_binary(pointer) != 0 }
}
