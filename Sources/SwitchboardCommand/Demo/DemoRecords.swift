internal import Basics
internal import Domain
internal import PhoneNumbers
internal import Storage

/// The demo's memory: people, deals and weeks of talk, written as the gateway would have written them.
///
/// From the same seed and the same day come the same records, so that two demos look alike.
struct DemoRecords {
    let inbox: String
    let source: String
    let line: LineRules
    let now: Timestamp
    /// How far the shop's clock is ahead of UTC.
    let clockOffset: Span
    private var random: SeededGenerator
    private(set) var units: [WriteUnit] = []

    private var reps: [DemoRep.Name: Rep] = [:]
    private var people: [String: Person] = [:]
    private var browsers: [String: VisitorID] = [:]
    private var organisations: [String: OrganisationID] = [:]
    private let numbers = NumberReader()

    init(
        inbox: String,
        source: String,
        line: LineRules,
        now: Timestamp,
        clockOffset: Span,
        passwords: [DemoRep.Name: Redacted<String>],
        seed: UInt64 = 7
    ) {
        self.inbox = inbox
        self.source = source
        self.line = line
        self.now = now
        self.clockOffset = clockOffset
        random = SeededGenerator(seed: seed)
        for rep in DemoRep.all { add(rep, hash: passwords[rep.key]) }
        for person in DemoPerson.all { add(person) }
        for talk in talks().sorted(by: { time(of: $0) < time(of: $1) }) { add(talk) }
    }

    // MARK: Reps and people

    private mutating func add(_ rep: DemoRep, hash: Redacted<String>?) {
        let record = Rep(
            id: .make(at: now - .days(120), using: &random),
            name: rep.name,
            email: rep.email,
            role: rep.role,
            addresses: rep.extension.map { [$0] } ?? [],
            language: rep.language
        )
        reps[rep.key] = record
        units.append(WriteUnit([.rep(record)] + (hash.map { [.password(record.id, hash: $0)] } ?? [])))
    }

    private mutating func add(_ person: DemoPerson) {
        let met = now - .days(Int64.random(in: 40...400, using: &random))
        var writes: [Write] = []
        var organisation: OrganisationID?
        if let name = person.organisation {
            organisation = organisations[name]
            if organisation == nil {
                let new = Organisation(id: .make(at: met, using: &random), name: name)
                organisations[name] = new.id
                organisation = new.id
                writes.append(.insertOrganisation(new))
            }
        }
        let record = Person(
            id: .make(at: met, using: &random),
            name: person.name,
            title: person.title,
            organisation: organisation,
            lifecycle: person.lifecycle,
            owner: person.owner.flatMap { reps[$0]?.id },
            language: person.language,
            createdAt: met
        )
        people[person.name] = record
        writes.append(.insertPerson(record))
        let isAlone = { (phone: String) in phone != DemoPerson.sharedNumber }
        for phone in person.phones {
            writes.append(
                .link(link(Identity(.phone, phone), record, exclusive: isAlone(phone), shared: !isAlone(phone)))
            )
        }
        for email in person.emails.compactMap(Identity.email) {
            writes.append(.link(link(email, record, exclusive: true)))
        }
        if let shopID = person.shopID {
            let identity = Identity(.external, shopID, issuer: inbox)
            writes.append(.link(link(identity, record, .verified, exclusive: true)))
        }
        for offer in person.offers { writes.append(.deal(deal(offer, of: record))) }
        units.append(WriteUnit(writes))
    }

    private func link(
        _ identity: Identity,
        _ person: Person,
        _ assurance: Assurance = .confirmed,
        exclusive: Bool,
        shared: Bool = false
    ) -> IdentityLink {
        IdentityLink(
            identity: identity,
            person: person.id,
            assurance: assurance,
            isExclusive: exclusive,
            isShared: shared,
            firstSeen: person.createdAt,
            lastSeen: now - .days(1)
        )
    }

    private mutating func deal(_ offer: DemoPerson.Offer, of person: Person) -> Deal {
        let made = now - .days(Int64(offer.outcome == .open ? 30 : 45 - offer.closesIn))
        return Deal(
            id: .make(at: made, using: &random),
            person: person.id,
            title: offer.title,
            stage: offer.stage,
            outcome: offer.outcome,
            amount: offer.amount * 100,
            currency: offer.currency,
            owner: person.owner,
            expectedClose: String(LogLine.time(now + .days(Int64(offer.closesIn))).prefix(10)),
            createdAt: made
        )
    }

    // MARK: Talk

    /// What was written down, and everyday calls for everybody with a number.
    private mutating func talks() -> [DemoTalk] {
        var talks = DemoTalk.written
        for person in DemoPerson.all {
            guard let owner = person.owner, !person.phones.isEmpty, person.phones != [DemoPerson.sharedNumber] else {
                continue
            }
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                guard let day = DemoTalk.everyday[person.language]?.randomElement(using: &random) else { continue }
                let ringing = Int64.random(in: 4...20, using: &random)
                let isMissed = Int.random(in: 0..<7, using: &random) == 0
                talks.append(
                    DemoTalk(
                        person: person.name,
                        language: person.language,
                        rep: owner,
                        daysAgo: Int.random(in: 1...40, using: &random),
                        hour: Int.random(in: 9...17, using: &random),
                        minute: Int.random(in: 0...59, using: &random),
                        what: isMissed
                            ? .missed(ringing: ringing + 12)
                            : .call(ringing: ringing, talking: .random(in: 40...420, using: &random), note: day.note),
                        outcome: isMissed ? nil : day.outcome
                    )
                )
            }
        }
        return talks
    }

    /// In working hours of the shop; never less than a quarter of an hour ago.
    private func time(of talk: DemoTalk) -> Timestamp {
        let day: Int64 = 86_400_000
        let offset = clockOffset.milliseconds
        let midnight = (now.milliseconds + offset) / day * day - offset
        let minutes = Int64(talk.hour * 60 + talk.minute)
        var time = Timestamp(milliseconds: midnight - Int64(talk.daysAgo) * day) + .minutes(minutes)
        while time > now - .minutes(15) { time = time - .days(1) }
        return time
    }

    private mutating func add(_ talk: DemoTalk) {
        guard let rep = reps[talk.rep] else { return }
        let stage = DemoStage(
            inbox: inbox,
            source: source,
            rep: rep,
            person: talk.person.flatMap { people[$0] },
            candidates: talk.number == DemoPerson.sharedNumber ? 2 : 0,
            language: talk.language,
            startedAt: time(of: talk)
        )
        let number = talk.number ?? DemoPerson.all.first { $0.name == talk.person }?.phones.first
        switch talk.what {
        case .chat(let lines, let pages, let rating):
            units += stage.chat(lines, pages, rating, talk.outcome, browser: browser(of: talk), &random)
        case .call(let ringing, let talking, let note):
            call(stage, number, .init(ringing: ringing, talking: talking, note: note), talk.outcome)
        case .outgoing(let ringing, let talking, let note):
            call(stage, number, .init(isOutgoing: true, ringing: ringing, talking: talking, note: note), talk.outcome)
        case .missed(let ringing): call(stage, number, .init(ringing: ringing), nil)
        case .abandoned(let ringing): call(stage, number, .init(ringing: ringing, isAbandoned: true), nil)
        }
    }

    private mutating func call(
        _ stage: DemoStage,
        _ number: String?,
        _ course: DemoStage.Course,
        _ outcome: WrapUpCode?
    ) {
        guard let number else { return }
        let shown = numbers.display(numbers.read(number, line: line), from: line.region)
        units += stage.call(number: number, shown: shown, course, outcome, &random)
    }

    /// One browser for each person, one for each stranger's chat.
    private mutating func browser(of talk: DemoTalk) -> VisitorID {
        if let name = talk.person, let known = browsers[name] { return known }
        let new: VisitorID = .make(at: time(of: talk), using: &random)
        if let name = talk.person { browsers[name] = new }
        return new
    }
}
