internal import Basics
internal import CLibuv
internal import CLibwebsockets
internal import CSwitchboard
internal import Glibc

/// The libwebsockets context of one server, and the memory that it goes on reading.
///
/// It lives on the loop's own `uv_loop_t` (`foreign_loops`), where libwebsockets installs no signal handlers. Its default
/// poll loop would cost time in proportion to the open connections at every wake-up.
@safe final class Engine {
    let context: OpaquePointer?
    private let virtualHost: OpaquePointer?
    private let memory: EngineMemory

    init(loop: Loop, settings: ServerSettings) throws(TransportError) {
        try Engine.checkCertificate(settings.tls)
        let limits = settings.limits
        memory = EngineMemory(loop: loop, settings: settings)
        lws_set_log_level(0, nil)  // its messages quote headers; what matters is counted in `ServerStatistics`

        var info = unsafe lws_context_creation_info()
        unsafe info.port = CONTEXT_PORT_NO_LISTEN_SERVER  // we accept, and hand the sockets over
        unsafe info.gid = -1
        unsafe info.uid = -1
        unsafe info.options = CSwitchboard_context_options(settings.tls == nil ? 0 : 1)
        unsafe info.foreign_loops = memory.loops
        unsafe info.protocols = UnsafePointer(memory.protocols)
        unsafe info.extensions = nil  // permessage-deflate has open bugs in this version, and costs memory
        unsafe info.alpn = UnsafePointer(memory.alpn)  // no h2: its header decoder has open bugs
        unsafe info.retry_and_idle_policy = UnsafePointer(memory.idlePolicy)
        unsafe info.max_http_header_data = UInt16(clamping: limits.requestHeaderBytes)
        // Each connection holds header space until its first head is complete, so fewer would let the slow starve others.
        unsafe info.max_http_header_pool = UInt16(clamping: limits.connectionsTotal)
        unsafe info.timeout_secs = limits.engineTimeoutSeconds
        unsafe info.timeout_secs_ah_idle = limits.engineTimeoutSeconds
        unsafe info.keepalive_timeout = Int32(limits.engineTimeoutSeconds)
        if settings.tls != nil {
            unsafe info.ssl_cert_filepath = UnsafePointer(memory.chainPath)
            unsafe info.ssl_private_key_filepath = UnsafePointer(memory.keyPath)
            unsafe info.ssl_cipher_list = UnsafePointer(memory.ciphers12)
            unsafe info.tls1_3_plus_cipher_list = UnsafePointer(memory.ciphers13)
        }
        let before = unsafe loop.openHandles
        unsafe context = Engine.contextsMade.withLock { made in
            made += 1
            return unsafe lws_create_context(&info)
        }
        unsafe handles = loop.openHandles.filter { unsafe !before.contains($0) }
        for index in unsafe handles.indices { unsafe uv_unref(handles[index]) }
        unsafe virtualHost = context.flatMap { unsafe lws_get_vhost_by_name($0, "default") }
        guard unsafe context != nil, unsafe virtualHost != nil else {
            throw .engine
        }
    }

    /// Gives an accepted socket to libwebsockets; the connection is retained until its `WSI_DESTROY`.
    func adopt(_ connection: Connection) -> Bool {
        guard let virtualHost = unsafe virtualHost, unsafe !handles.isEmpty else {
            Listener.closeDescriptor(connection.descriptor)
            return false
        }
        var info = unsafe lws_adopt_desc_t()
        unsafe info.vh = virtualHost
        unsafe info.type = lws_adoption_type(
            rawValue: LWS_ADOPT_SOCKET.rawValue | LWS_ADOPT_HTTP.rawValue | LWS_ADOPT_ALLOW_SSL.rawValue
        )
        unsafe info.fd = lws_sock_file_fd_type(sockfd: connection.descriptor)
        unsafe info.opaque = Unmanaged.passRetained(connection).toOpaque()
        return unsafe lws_adopt_descriptor_vhost_via_info(&info) != nil
    }

    /// Lets go of the loop, when every connection is gone and the loop has nothing left to run.
    ///
    /// The context itself stays until the process ends, on purpose. To destroy it, libwebsockets 4.1.6 closes its wake-up
    /// descriptor twice, a turn apart; in between the number may have become a file of another thread, such as the
    /// store's.
    func retire() {
        for index in unsafe handles.indices {
            let handle = unsafe handles[index]
            if unsafe uv_handle_get_type(handle) == UV_POLL {
                var descriptor: uv_os_fd_t = -1
                if unsafe uv_fileno(handle, &descriptor) == 0 { wakeDescriptor = descriptor }
            }
            unsafe uv_close(handle, nil)
        }
        unsafe handles = []
        Engine.retired.withLock { $0.append(self) }
    }

    /// Closes the wake-up descriptor, once, after libuv has let go of it.
    func closeDescriptor() {
        if wakeDescriptor >= 0 { Glibc.close(wakeDescriptor) }
        wakeDescriptor = -1
    }

    /// What the engine keeps on the loop for itself: a timer, an idle handle and its wake-up; none keeps the loop running.
    private var handles: [UnsafeMutablePointer<uv_handle_t>] = unsafe []
    private var wakeDescriptor: Int32 = -1

    /// Making a context loads its libuv plug-in, which two threads must not do together.
    private static let contextsMade = Locked(0)
    private static let retired = Locked<[Engine]>([])
}

/// C strings and tables that libwebsockets keeps pointers to, as long as the context.
@safe struct EngineMemory {
    let loops: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    let protocols: UnsafeMutablePointer<lws_protocols>
    let idlePolicy: UnsafeMutablePointer<lws_retry_bo_t>
    let subprotocol: UnsafeMutablePointer<CChar>?
    let alpn: UnsafeMutablePointer<CChar>?
    let chainPath: UnsafeMutablePointer<CChar>?
    let keyPath: UnsafeMutablePointer<CChar>?
    let ciphers12: UnsafeMutablePointer<CChar>?
    let ciphers13: UnsafeMutablePointer<CChar>?

    /// Bytes read at a time from a WebSocket, and memory that each of them costs; messages are assembled by us.
    private static let receiveBufferBytes = 512
    /// What one write may hand over; the default is the receive buffer's size, which would cut every larger message.
    private static let sendBytesMax = 1 << 20

    init(loop: Loop, settings: ServerSettings) {
        unsafe loops = .allocate(capacity: 1)
        unsafe loops.initialize(to: UnsafeMutableRawPointer(loop.handle))
        unsafe subprotocol = strdup(settings.webSocketSubprotocol)
        unsafe protocols = .allocate(capacity: 2)
        unsafe protocols.initialize(repeating: lws_protocols(), count: 2)
        unsafe protocols[0].name = UnsafePointer(subprotocol)
        unsafe protocols[0].callback = engineCallback
        unsafe protocols[0].rx_buffer_size = EngineMemory.receiveBufferBytes
        unsafe protocols[0].tx_packet_size = EngineMemory.sendBytesMax
        unsafe idlePolicy = .allocate(capacity: 1)
        unsafe idlePolicy.initialize(to: lws_retry_bo_t())
        unsafe idlePolicy.pointee.secs_since_valid_ping = UInt16(
            clamping: settings.limits.pingAfter.milliseconds / 1_000
        )
        unsafe idlePolicy.pointee.secs_since_valid_hangup =
            UInt16(clamping: settings.limits.hangUpAfter.milliseconds / 1_000)
        unsafe alpn = strdup("http/1.1")
        unsafe chainPath = settings.tls.flatMap { unsafe strdup($0.chainPath) }
        unsafe keyPath = settings.tls.flatMap { unsafe strdup($0.keyPath) }
        unsafe ciphers12 = strdup(TLSPolicy.ciphers12)
        unsafe ciphers13 = strdup(TLSPolicy.ciphers13)
    }
}
