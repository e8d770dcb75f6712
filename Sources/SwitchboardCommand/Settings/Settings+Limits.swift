internal import Basics
internal import Domain
internal import Gateway
internal import Transport

// Every limit by its name; the defaults are those of `GatewayLimits` and `TransportLimits`.

private typealias Whole<Root> = (name: String, path: WritableKeyPath<Root, Int>, range: ClosedRange<Int>)
private typealias Length<Root> = (name: String, path: WritableKeyPath<Root, Span>, range: ClosedRange<Span>)

extension GatewayLimits {
    private static var wholes: [Whole<Self>] {
        [
            ("visitor_frame_bytes", \.visitorFrameBytes, 1_024...1_048_576),
            ("staff_frame_bytes", \.staffFrameBytes, 4_096...4_194_304),
            ("in_flight", \.inFlight, 1...100),
            ("bad_frames", \.badFrames, 1...1_000),
            ("sockets_per_visitor", \.socketsPerVisitor, 1...100),
            ("sockets_per_rep", \.socketsPerRep, 1...100),
            ("replay_events", \.replayEvents, 0...10_000),
            ("replay_scan", \.replayScan, 100...1_000_000),
            ("snapshot_events", \.snapshotEvents, 1...500),
            ("json_body_bytes", \.jsonBodyBytes, 4_096...1_048_576),
            ("import_body_bytes", \.importBodyBytes, 65_536...16_777_216),
            ("webhook_body_bytes", \.webhookBodyBytes, 4_096...1_048_576),
            ("beacon_body_bytes", \.beaconBodyBytes, 1_024...65_536),
            ("hashes_at_once", \.hashesAtOnce, 1...64),
            ("hashes_waiting", \.hashesWaiting, 1...1_000),
            ("page_size", \.pageSize, 1...500),
            ("writes_waiting", \.writesWaiting, 16...100_000),
            ("deliveries_at_once", \.deliveriesAtOnce, 1...1_024),
        ]
    }

    private static var lengths: [Length<Self>] {
        [
            ("hello_within", \.helloWithin, .seconds(1)...(.minutes(1))),
            ("heartbeat", \.heartbeat, .seconds(5)...(.minutes(5))),
            ("pong_within", \.pongWithin, .seconds(1)...(.minutes(1))),
            ("presence_grace", \.presenceGrace, .seconds(1)...(.minutes(10))),
            ("lag_within", \.lagWithin, .seconds(1)...(.minutes(10))),
            ("visitor_token_life", \.visitorTokenLife, .hours(1)...(.days(365))),
            ("ring_for", \.ringFor, .seconds(5)...(.minutes(10))),
            ("pop_within", \.popWithin, .seconds(1)...(.minutes(10))),
            ("settle_after", \.settleAfter, .milliseconds(100)...(.minutes(1))),
            ("longest_call", \.longestCall, .minutes(10)...(.days(2))),
            ("abandon_after", \.abandonAfter, .minutes(1)...(.days(30))),
            ("remember_choice", \.rememberChoice, .hours(1)...(.days(365))),
            ("on_site_for", \.onSiteFor, .seconds(10)...(.hours(1))),
            ("session_idle", \.sessionIdle, .minutes(1)...(.hours(24))),
            ("session_life", \.sessionLife, .minutes(5)...(.days(30))),
            ("ticket_life", \.ticketLife, .seconds(5)...(.minutes(5))),
            ("retry_when_busy", \.retryWhenBusy, .milliseconds(100)...(.minutes(1))),
            ("retry_when_full", \.retryWhenFull, .milliseconds(100)...(.minutes(10))),
            ("stop_within", \.stopWithin, .seconds(2)...(.minutes(5))),
            ("reconnect_spread", \.reconnectSpread, .milliseconds(0)...(.minutes(5))),
        ]
    }

    private static var rates: [(name: String, path: WritableKeyPath<Self, TokenBucket.Rate>)] {
        [
            ("visitor_send", \.visitorSend), ("staff_send", \.staffSend), ("typing", \.typing), ("page", \.page),
            ("open", \.open), ("requests", \.requests), ("webhooks", \.webhooks),
            ("logins_per_account", \.loginsPerAccount), ("logins_per_address", \.loginsPerAddress),
        ]
    }

    init(_ reader: inout SettingsReader) {
        self.init()
        let visitor = reader.integer("limits.text_visitor", text.visitor.value, in: 100...15_000)
        let staff = reader.integer("limits.text_staff", text.staff.value, in: 100...60_000)
        text = TextLimits(visitor: Limit(text.visitor.name, visitor), staff: Limit(text.staff.name, staff))
        for limit in Self.wholes {
            self[keyPath: limit.path] = reader.integer(
                "limits." + limit.name,
                self[keyPath: limit.path],
                in: limit.range
            )
        }
        for limit in Self.lengths {
            self[keyPath: limit.path] = reader.span("limits." + limit.name, self[keyPath: limit.path], in: limit.range)
        }
        for limit in Self.rates {
            self[keyPath: limit.path] = reader.rate("limits." + limit.name, self[keyPath: limit.path])
        }
    }
}

extension TransportLimits {
    private static var wholes: [Whole<Self>] {
        [
            ("request_header_bytes", \.requestHeaderBytes, 2_048...65_536),
            ("frame_fragments", \.fragments, 1...10_000),
            ("control_frames", \.controlFrames, 10...100_000),
            ("outbox_frames", \.outboxFrames, 16...65_536),
            ("outbox_bytes", \.outboxBytes, 65_536...67_108_864),
            ("send_buffer_bytes", \.sendBufferBytes, 4_096...4_194_304),
            ("connections_per_address", \.connectionsPerAddress, 1...1_000_000),
            ("connections_total", \.connectionsTotal, 10...1_000_000),
        ]
    }

    private static var lengths: [Length<Self>] {
        [
            ("header_deadline", \.headerDeadline, .seconds(1)...(.minutes(2))),
            ("request_deadline", \.requestDeadline, .seconds(1)...(.minutes(10))),
            ("answer_deadline", \.answerDeadline, .seconds(1)...(.minutes(10))),
            ("response_deadline", \.responseDeadline, .seconds(1)...(.minutes(30))),
            ("keep_alive_idle", \.keepAliveIdle, .seconds(1)...(.minutes(10))),
            ("linger_deadline", \.lingerDeadline, .milliseconds(100)...(.seconds(30))),
            ("control_window", \.controlWindow, .seconds(1)...(.hours(1))),
            ("close_deadline", \.closeDeadline, .milliseconds(100)...(.minutes(1))),
            ("ping_after", \.pingAfter, .seconds(5)...(.minutes(10))),
            ("hang_up_after", \.hangUpAfter, .seconds(10)...(.minutes(20))),
            ("accept_pause", \.acceptPause, .milliseconds(10)...(.seconds(10))),
        ]
    }

    init(_ reader: inout SettingsReader) {
        self.init()
        for limit in Self.wholes {
            self[keyPath: limit.path] = reader.integer(
                "limits." + limit.name,
                self[keyPath: limit.path],
                in: limit.range
            )
        }
        for limit in Self.lengths {
            self[keyPath: limit.path] = reader.span("limits." + limit.name, self[keyPath: limit.path], in: limit.range)
        }
        if hangUpAfter <= pingAfter {
            reader.refuse("limits.hang_up_after", "it has to be longer than limits.ping_after")
        }
    }
}
