internal import Metrics

/// What a gateway counts; names and meanings stand in `docs/operations.md`.
struct Meters {
    let socketsOpened = Counter(label: "switchboard_sockets_opened_total")
    let socketsClosed = Counter(label: "switchboard_sockets_closed_by_us_total")
    let framesIn = Counter(label: "switchboard_frames_received_total")
    let frameErrors = Counter(label: "switchboard_frames_refused_total")
    let events = Counter(label: "switchboard_events_stored_total")
    let commitUnits = Recorder(label: "switchboard_commit_units")
    let commitFailures = Counter(label: "switchboard_commit_failures_total")
    let conflicts = Counter(label: "switchboard_write_conflicts_total")
    let busyRefusals = Counter(label: "switchboard_busy_refusals_total")
    let lags = Counter(label: "switchboard_sessions_lagging_total")
    let rings = Counter(label: "switchboard_rings_total")
    let proofsRefused = Counter(label: "switchboard_identity_proofs_refused_total")
    let loginsFailed = Counter(label: "switchboard_logins_failed_total")
    let unparsable = Counter(label: "switchboard_deliveries_unparsable_total")

    func request(_ route: String, _ status: Int) {
        Counter(
            label: "switchboard_http_requests_total",
            dimensions: [("route", route), ("status", String(status / 100) + "xx")]
        ).increment()
    }

    func delivery(_ carrier: String, _ outcome: String) {
        Counter(
            label: "switchboard_deliveries_total",
            dimensions: [("carrier", carrier), ("outcome", outcome)]
        ).increment()
    }
}
