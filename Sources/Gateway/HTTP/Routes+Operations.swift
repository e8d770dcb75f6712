internal import Basics
internal import Metrics
internal import Storage
internal import Transport
internal import Wire

extension Route {
    static let operations = [
        Route("GET", "/healthz", .open) { shard, call in shard.succeed(call) { $0.field("alive", true) } },
        Route("GET", "/readyz", .open) { $0.showReadiness($1) },
        Route("GET", "/metrics", .own) { $0.showMetrics($1) },
    ]
}

extension Shard {
    /// Whether traffic should come here, and if not, why.
    func showReadiness(_ call: WebCall) {
        let reason: String? =
            switch mode {
            case .serving: nil
            case .starting: "starting"
            case .full: "storage_full"
            case .stopping: "stopping"
            case .failed: "storage_failed"
            }
        succeed(call, status: reason == nil ? 200 : 503) { json in
            json.field("ready", reason == nil)
            json.optional("why", reason)
        }
    }

    /// Only for the machine itself or whoever has the token: figures are nobody else's business.
    func showMetrics(_ call: WebCall) {
        let address = call.head.peerAddress
        let isLocal = (address.hasPrefix("127.") || address == "::1") && call.head["x-forwarded-for"] == nil
        guard isLocal || isAdmin(call) else { return fail(call, WireError(.notFound)) }
        gauge("switchboard_visitor_sockets", visitors.count)
        gauge("switchboard_staff_sockets", staff.count)
        gauge("switchboard_live_conversations", lives.count)
        gauge("switchboard_queue_length", queue.count)
        gauge("switchboard_writes_waiting", turn.waiting)
        gauge("switchboard_deliveries_waiting", callDesk.waiting.count)
        if let statistics = server?.statistics {
            gauge("switchboard_connections_open", statistics.openConnections)
            gauge("switchboard_outbox_bytes", statistics.queuedBytes)
            gauge("switchboard_received_bytes", statistics.bytesIn)
            gauge("switchboard_sent_bytes", statistics.bytesOut)
        }
        let text = prometheus.text
        let headers: HeaderFields = [
            "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store",
        ]
        respond(call, Response(status: 200, headers: headers, body: Array(text.utf8)))
    }

    private func gauge(_ label: String, _ value: Int) { Gauge(label: label).record(value) }
}
