// Where C calls Swift: named free functions that find their object and hand on. A closure would inherit the isolation
// of the place where it is written, and stop the process on another thread.

internal import CLibuv
internal import CLibwebsockets
internal import CSwitchboard

// MARK: - libuv

func loopWoken(_ handle: UnsafeMutablePointer<uv_async_t>?) {
    guard let data = unsafe handle?.pointee.data else { return }
    unsafe Unmanaged<Loop>.fromOpaque(data).takeUnretainedValue().drain()
}

func loopAboutToBlock(_ handle: UnsafeMutablePointer<uv_prepare_t>?) {
    guard let data = unsafe handle?.pointee.data else { return }
    unsafe Unmanaged<Loop>.fromOpaque(data).takeUnretainedValue().endTurn()
}

func timerFired(_ handle: UnsafeMutablePointer<uv_timer_t>?) {
    guard let data = unsafe handle?.pointee.data else { return }
    let timer = unsafe Unmanaged<LoopTimer>.fromOpaque(data).takeUnretainedValue()
    timer.loop.fired(timer)
}

func signalArrived(_ handle: UnsafeMutablePointer<uv_signal_t>?, _ signal: Int32) {
    guard let data = unsafe handle?.pointee.data else { return }
    unsafe Unmanaged<SignalWatch>.fromOpaque(data).takeUnretainedValue().body?()
}

func listenerReadable(_ handle: UnsafeMutablePointer<uv_poll_t>?, _ status: Int32, _ events: Int32) {
    guard let data = unsafe handle?.pointee.data else { return }
    unsafe Unmanaged<Listener>.fromOpaque(data).takeUnretainedValue().acceptReady()
}

/// Collects the handles of a loop that are not closing.
func collectHandle(_ handle: UnsafeMutablePointer<uv_handle_t>?, _ list: UnsafeMutableRawPointer?) {
    guard let handle = unsafe handle, let list = unsafe list, unsafe uv_is_closing(handle) == 0 else { return }
    unsafe Unmanaged<HandleList>.fromOpaque(list).takeUnretainedValue().handles.append(handle)
}

/// The close callback of every handle that was allocated alone.
func freeHandle(_ handle: UnsafeMutablePointer<uv_handle_t>?) {
    unsafe handle.map { unsafe UnsafeMutableRawPointer($0).deallocate() }
}

// MARK: - libwebsockets

/// The one callback of the engine.
///
/// Any of these may come for a connection that never was established, so each asks the connection what it is doing.
func engineCallback(
    socket: OpaquePointer?,
    reason: lws_callback_reasons,
    user: UnsafeMutableRawPointer?,
    input: UnsafeMutableRawPointer?,
    count: Int
) -> CInt {
    switch reason {
    case LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS:
        // Here `user` is the new `SSL_CTX`, and `socket` is no socket.
        return unsafe CSwitchboard_narrow_tls(user) == 1 ? 0 : -1
    case LWS_CALLBACK_RAW_ADOPT, LWS_CALLBACK_RAW_RX, LWS_CALLBACK_RAW_WRITEABLE, LWS_CALLBACK_RAW_CONNECTED:
        // CONNECT turns a connection into a raw pipe, which is nothing we serve.
        return -1
    case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED, LWS_CALLBACK_HTTP, LWS_CALLBACK_HTTP_BODY,
        LWS_CALLBACK_HTTP_BODY_COMPLETION, LWS_CALLBACK_HTTP_WRITEABLE, LWS_CALLBACK_CLOSED_HTTP,
        LWS_CALLBACK_HTTP_CONFIRM_UPGRADE, LWS_CALLBACK_ESTABLISHED, LWS_CALLBACK_RECEIVE,
        LWS_CALLBACK_RECEIVE_PONG, LWS_CALLBACK_SERVER_WRITEABLE, LWS_CALLBACK_WS_PEER_INITIATED_CLOSE,
        LWS_CALLBACK_CLOSED, LWS_CALLBACK_RAW_CLOSE, LWS_CALLBACK_WSI_DESTROY:
        guard let socket = unsafe socket, let data = unsafe lws_get_opaque_user_data(socket) else { return 0 }
        let connection = unsafe Unmanaged<Connection>.fromOpaque(data)
        let bytes = unsafe UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : count)
        return unsafe connectionCallback(connection, socket, reason, bytes)
    default:
        return 0
    }
}

private func connectionCallback(
    _ reference: Unmanaged<Connection>,
    _ pointer: OpaquePointer,
    _ reason: lws_callback_reasons,
    _ bytes: UnsafeRawBufferPointer
) -> CInt {
    let connection = unsafe reference.takeUnretainedValue()
    let server = connection.server
    let socket = unsafe EngineSocket(pointer)
    // A connection that we dropped may linger in the engine while it tries to flush.
    guard connection.isCounted || reason == LWS_CALLBACK_WSI_DESTROY else { return -1 }
    switch reason {
    case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
        connection.socket = socket
        return 0
    case LWS_CALLBACK_HTTP: return server.headArrived(connection, socket)
    case LWS_CALLBACK_HTTP_BODY: return unsafe server.bodyArrived(connection, socket, bytes)
    case LWS_CALLBACK_HTTP_BODY_COMPLETION: return server.bodyCompleted(connection)
    case LWS_CALLBACK_HTTP_WRITEABLE: return server.responseWritable(connection, socket)
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE: return server.upgradeRequested(connection, socket)
    case LWS_CALLBACK_ESTABLISHED: return server.established(connection)
    case LWS_CALLBACK_RECEIVE: return unsafe server.received(connection, socket, bytes)
    case LWS_CALLBACK_RECEIVE_PONG: return server.pongArrived(connection, socket)
    case LWS_CALLBACK_SERVER_WRITEABLE: return server.socketWritable(connection, socket)
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE: return server.peerCloses(connection)
    case LWS_CALLBACK_WSI_DESTROY:
        server.ended(connection)
        unsafe lws_set_opaque_user_data(pointer, nil)
        unsafe reference.release()
        return 0
    default:  // the CLOSED of each role
        server.ended(connection)
        return 0
    }
}
