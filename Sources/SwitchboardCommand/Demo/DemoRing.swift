internal import Basics
internal import Domain
internal import Gateway
internal import Logging
internal import PhoneNumbers
internal import Storage

/// The demo's ring button: plays a call to the server that shows the button.
struct DemoRing: Sendable {
    let store: any Store
    let line: LineRules
    let secret: Redacted<String>
    private let address = Locked<String?>(nil)
    private let playing = Locked(0)
    private static let playingMax = 10

    init(store: any Store, line: LineRules, secret: Redacted<String>) {
        self.store = store
        self.line = line
        self.secret = secret
    }

    /// From here on there is somebody to ring.
    func serve(at url: String) { address.withLock { $0 = url } }

    func play(_ number: String, _ agent: String?, _ isMissed: Bool) {
        guard let url = address.withLock({ $0 }) else { return }
        let mayPlay = playing.withLock { count in
            guard count < Self.playingMax else { return false }
            count += 1
            return true
        }
        guard mayPlay else { return }
        Task.detached {
            let agent = await usualAgent(number, agent)
            var script = CallPlayer.Script(from: number, agent: agent)
            script.outcome = isMissed ? .missed : .answered(withHold: false)
            let player = CallPlayer(client: HTTPClient(url), account: DemoFolder.source, secret: secret)
            do throws(CallPlayer.Failure) { try await player.play(script) } catch {
                Logger(label: "switchboard.demo").warning("a demo call could not be played")
            }
            playing.withLock { $0 -= 1 }
        }
    }

    /// Whose phone rings when nobody says: the caller's own rep, else the first.
    private func usualAgent(_ number: String, _ agent: String?) async -> String {
        if let agent { return agent }
        let standard = DemoRep.all.first?.extension ?? "1001"
        guard let e164 = NumberReader().read(number, line: line).e164 else { return standard }
        let facts: [Query] = [
            .candidates(exact: [Identity(.phone, e164)], national: [], suffix: nil, now: .wallClock), .reps,
        ]
        guard let answers = try? await store.ask(facts), case .candidates(let found) = answers[0],
            case .reps(let reps) = answers[1], case .unique(let candidate) = Resolution.resolve(found)
        else { return standard }
        return reps.first { $0.id == candidate.owner?.id }?.addresses.first ?? standard
    }
}
