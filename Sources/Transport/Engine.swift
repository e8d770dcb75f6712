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
    private(set) var context: OpaquePointer?
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
        let before = Engine.polledDescriptors(loop)
        unsafe context = Engine.oneAtATime.withLock { _ in unsafe lws_create_context(&info) }
        wakeDescriptor = Engine.polledDescriptors(loop).subtracting(before).first
        unsafe virtualHost = context.flatMap { unsafe lws_get_vhost_by_name($0, "default") }
        guard unsafe context != nil, unsafe virtualHost != nil else {
            if let context = unsafe context { unsafe lws_context_destroy(context) }
            unsafe self.context = nil
            throw .engine
        }
    }

    /// Gives an accepted socket to libwebsockets; the connection is retained until its `WSI_DESTROY`.
    func adopt(_ connection: Connection) -> Bool {
        guard let virtualHost = unsafe virtualHost, unsafe context != nil else {
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

    /// Closes every connection and begins to take the context down; libuv needs some turns to finish.
    ///
    /// Never inside a callback of the engine.
    func destroy() {
        guard let context = unsafe context, !isDestroyed else { return }
        isDestroyed = true
        let placeholder = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        Engine.oneAtATime.withLock { _ in unsafe lws_context_destroy(context) }
        holdWakeDescriptor(with: placeholder)
    }

    /// Frees the context, once the loop has ended and with it every handle.
    func free() {
        destroy()
        if let context = unsafe context {
            Engine.oneAtATime.withLock { _ in unsafe lws_context_destroy(context) }
        }
        unsafe context = nil
        memory.free()
    }

    // MARK: Around the engine's faults

    private var isDestroyed = false
    /// The event descriptor by which the engine wakes itself.
    private let wakeDescriptor: Int32?

    /// Making and destroying a context loads and unloads its libuv plug-in, which two threads must not do together.
    private static let oneAtATime = Locked(())

    /// The engine closes its wake-up descriptor twice: at once, and when libuv has let go of the handle. In between the
    /// number could become a file of somebody else, so we take it and let the second close have it.
    private func holdWakeDescriptor(with placeholder: Int32) {
        guard placeholder >= 0 else { return }
        defer { Glibc.close(placeholder) }
        guard let wakeDescriptor else { return }
        let taken = fcntl(placeholder, F_DUPFD_CLOEXEC, wakeDescriptor)
        if taken >= 0, taken != wakeDescriptor { Glibc.close(taken) }
    }

    private static func polledDescriptors(_ loop: Loop) -> Set<Int32> {
        let found = Locked<Set<Int32>>([])
        unsafe uv_walk(loop.handle, collectPolled, Unmanaged.passUnretained(found).toOpaque())
        return found.withLock { $0 }
    }
}

/// C strings and tables that libwebsockets keeps pointers to.
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

    func free() {
        unsafe loops.deallocate()
        unsafe protocols.deallocate()
        unsafe idlePolicy.deallocate()
        unsafe Glibc.free(subprotocol)
        unsafe Glibc.free(alpn)
        unsafe Glibc.free(chainPath)
        unsafe Glibc.free(keyPath)
        unsafe Glibc.free(ciphers12)
        unsafe Glibc.free(ciphers13)
    }
}
