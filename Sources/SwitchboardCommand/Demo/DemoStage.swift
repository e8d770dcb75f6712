internal import Basics
internal import Domain
internal import Storage

/// Plays one conversation of the past through the same transitions that the desk uses, and gives what is to be written.
struct DemoStage {
    let inbox: String
    let source: String
    let rep: Rep
    let person: Person?
    /// How many people the number may mean.
    let candidates: Int
    let language: String
    let startedAt: Timestamp

    /// How a call went.
    struct Course {
        var isOutgoing = false
        var ringing: Int64
        var talking: Int64 = 0
        var note: String?
        var isAbandoned = false
    }

    // MARK: Chats

    func chat(
        _ lines: [DemoTalk.Line],
        _ pages: [String],
        _ rating: Int?,
        _ outcome: WrapUpCode?,
        browser: VisitorID,
        _ random: inout SeededGenerator
    ) -> [WriteUnit] {
        var now = startedAt
        let visitor = Author.visitor(browser)
        var (chat, drafts) = Conversation.openChat(
            id: .make(at: now, using: &random),
            inbox: inbox,
            visitor: browser,
            language: language == "zh" ? "zh-CN" : "en",
            form: [],
            party: party(assurance: .verified),
            deed: Deed(visitor, at: now)
        )
        let why: RingReason = person?.owner == rep.id ? .owner : .longestIdle
        func act(_ deed: (inout Conversation) throws(Refusal) -> [EventDraft]) {
            drafts += (try? deed(&chat)) ?? []
        }
        let opening = now
        var isTaken = false
        for line in lines {
            if !isTaken, case .visitor = line {
            } else if !isTaken {
                isTaken = true
                let offered = opening + .seconds(2)
                let accepted = offered + .seconds(Int64.random(in: 3...14, using: &random))
                act { c throws(Refusal) in
                    try c.offer(to: [rep.named], until: offered + .seconds(30), why: why, deed: .system(at: offered))
                }
                act { c throws(Refusal) in try c.accept(by: rep.named, deed: Deed(.rep(rep.id), at: accepted)) }
                now = max(now, accepted)
            }
            now = now + .seconds(Int64.random(in: 9...50, using: &random))
            let at = now
            switch line {
            case .visitor(let text):
                act { c throws(Refusal) in try c.post(text, limits: TextLimits(), deed: Deed(visitor, at: at)) }
            case .rep(let text):
                act { c throws(Refusal) in try c.post(text, limits: TextLimits(), deed: Deed(.rep(rep.id), at: at)) }
            case .note(let text):
                act { c throws(Refusal) in try c.addNote(text, limits: TextLimits(), deed: Deed(.rep(rep.id), at: at)) }
            }
        }
        let end = now + .seconds(40)
        act { c throws(Refusal) in
            try c.closeChat(by: .rep, disposition: outcome?.rawValue, deed: Deed(.rep(rep.id), at: end))
        }
        if let rating {
            act { c throws(Refusal) in
                try c.rate(rating, comment: nil, deed: Deed(visitor, at: end + .seconds(15)))
            }
        }
        let seen = Int64(drafts.count { $0.body.isVisibleToVisitor })
        chat.marks = Marks(visitorReceived: seen, visitorRead: seen, staffReceived: seen, staffRead: seen)
        return [WriteUnit(visit(browser, pages, until: end) + [.open(chat, drafts)])]
    }

    private func visit(_ browser: VisitorID, _ pages: [String], until end: Timestamp) -> [Write] {
        let arrived = startedAt - .seconds(Int64(pages.count) * 70)
        var writes: [Write] = [
            .visitor(VisitorRecord(id: browser, inbox: inbox, language: language, firstSeen: arrived, lastSeen: end))
        ]
        for (index, page) in pages.enumerated() {
            let view = DemoPage.view(page, language: language, at: arrived + .seconds(Int64(index) * 70))
            writes.append(.page(browser, view))
        }
        guard let person else { return writes }
        let link = IdentityLink(
            identity: Identity(.visitor, browser.rawValue),
            person: person.id,
            assurance: .verified,
            isExclusive: true,
            firstSeen: arrived,
            lastSeen: end
        )
        return writes + [.link(link)]
    }

    // MARK: Calls

    func call(
        number: String,
        shown: String,
        _ course: Course,
        _ outcome: WrapUpCode?,
        _ random: inout SeededGenerator
    ) -> [WriteUnit] {
        let key = CallKey(carrier: "generic", account: source, id: "past-" + String(random.next(), radix: 36))
        let events = events(key, number, course)
        guard let first = events.first.flatMap({ Call.reduce([$0]) }) else { return [] }
        var conversation = Conversation.openCall(
            id: .make(at: startedAt, using: &random),
            inbox: source,
            call: first,
            identity: Identity(.phone, number),
            numberShown: shown,
            party: party(assurance: .network),
            at: startedAt
        )
        let agents = Dictionary(uniqueKeysWithValues: rep.addresses.map { ($0, rep.named) })
        var drafts: [EventDraft] = []
        for count in events.indices.map({ $0 + 1 }) {
            guard let call = Call.reduce(Array(events.prefix(count))), let now = events[count - 1].at else { continue }
            drafts += conversation.follow(call, agents: agents, carrier: "generic", at: now)
        }
        var now = (events.last?.at ?? startedAt) + .seconds(25)
        if let note = course.note {
            let deed = Deed(.rep(rep.id), at: now)
            drafts += (try? conversation.addNote(note, limits: TextLimits(), deed: deed)) ?? []
            now = now + .seconds(20)
        }
        if let outcome {
            let deed = Deed(.rep(rep.id), at: now)
            drafts +=
                (try? conversation.wrapUp(
                    by: rep.id,
                    disposition: outcome.rawValue,
                    next: nil,
                    role: rep.role,
                    deed: deed
                ))
                ?? []
        }
        return [
            WriteUnit([.open(conversation, drafts), .alias(key, conversation.id), .callEvents(conversation.id, events)])
        ]
    }

    private func events(_ key: CallKey, _ number: String, _ course: Course) -> [CallEvent] {
        let line = DemoPerson.shopNumber
        func event(_ kind: CallEvent.Kind, after seconds: Int64, names: Bool, cause: CallCause? = nil) -> CallEvent {
            let at = startedAt + .seconds(seconds)
            return CallEvent(
                kind,
                call: key,
                direction: course.isOutgoing ? .outbound : .inbound,
                from: course.isOutgoing ? line : number,
                to: course.isOutgoing ? number : line,
                line: line,
                agents: names ? rep.addresses : [],
                cause: cause,
                endedBy: cause == .cancelled ? .visitor : nil,
                at: at,
                receivedAt: at
            )
        }
        var events = [event(.offered, after: 0, names: course.isOutgoing)]
        if !course.isOutgoing { events.append(event(.ringing, after: 1, names: true)) }
        guard course.talking > 0 else {
            let cause: CallCause = course.isAbandoned ? .cancelled : .noAnswer
            return events + [event(.ended, after: course.ringing, names: false, cause: cause)]
        }
        events.append(event(.answered, after: course.ringing, names: true))
        events.append(event(.ended, after: course.ringing + course.talking, names: false, cause: .completed))
        return events
    }

    private func party(assurance: Assurance) -> PartyMatch {
        if candidates > 1 { return PartyMatch(kind: .ambiguous, confidence: .exact) }
        guard let person else { return .unknown }
        return PartyMatch(kind: .unique, person: person.id, assurance: assurance, confidence: .exact)
    }
}

/// Pages of the demo's shop.
enum DemoPage {
    private static let titles: [String: (en: String, zh: String)] = [
        "yunwu": ("Yunwu Spring Green", "云雾春绿"), "silver": ("Silver Needle", "白毫银针"),
        "oolong": ("Iron Goddess Oolong", "铁观音"), "puer": ("Old-Tree Pu'er", "古树普洱饼"),
        "jasmine": ("Jasmine Pearls", "茉莉龙珠"), "gaiwan": ("Celadon Gaiwan", "青瓷盖碗"), "basket": ("Basket", "购物袋"),
        "teas": ("All teas", "全部茶品"),
    ]

    static func view(_ page: String, language: String, at time: Timestamp) -> PageView {
        let path = ["basket", "teas"].contains(page) ? page : "tea/" + page
        let title = titles[page].map { language == "zh" ? $0.zh : $0.en } ?? page
        return PageView(
            at: time,
            url: "https://cloudpeak.example/#/" + path,
            title: title + (language == "zh" ? " · 云岭茶社" : " · Cloudpeak Tea")
        )
    }
}
