internal import Basics
internal import Domain
internal import PhoneNumbers
internal import Storage
internal import Wire

/// What a screen pop shows of a person (`Protocols/sbp-1.md`, *Card*).
struct CardView {
    let card: PersonCard
    /// Set while the person is on the website.
    let trail: [PageView]
    let numbers: NumberReader
    let line: LineRules

    func write(to json: inout JSONWriter) {
        json.field("person", object: writePerson)
        json.field("deals", array: card.deals.filter { $0.outcome == .open }) { json, deal in
            json.object { json in
                json.field("id", deal.id.rawValue)
                json.field("title", deal.title)
                json.field("stage", deal.stage)
                json.optional("amount", deal.amount)
                json.optional("currency", deal.currency)
                json.optional("close", deal.expectedClose)
            }
        }
        json.field("recent", array: card.recent) { json, conversation in
            json.object { writeRecent(conversation, to: &$0) }
        }
        if let current = trail.last {
            json.field(
                "web",
                object: { json in
                    json.field("url", current.url)
                    json.field("title", current.title)
                    json.field("at", current.at.milliseconds)
                    json.field("trail", array: trail.reversed()) { json, page in
                        json.object { json in
                            json.field("url", page.url)
                            json.field("title", page.title)
                            json.field("at", page.at.milliseconds)
                        }
                    }
                }
            )
        }
        if !card.merged.isEmpty {
            json.field("merged", array: card.merged) { json, merged in
                json.object { json in
                    json.field("id", merged.person.id.rawValue)
                    json.field("name", merged.person.name)
                    json.field("edge", merged.edge.rawValue)
                    json.field("at", merged.at.milliseconds)
                }
            }
        }
    }

    private func writePerson(to json: inout JSONWriter) {
        let person = card.summary.person
        json.field("id", person.id.rawValue)
        json.field("name", person.name)
        json.optional("title", person.title)
        if let organisation = card.summary.organisation {
            json.field(
                "org",
                object: { json in
                    json.field("id", organisation.id.rawValue)
                    json.field("name", organisation.name)
                }
            )
        }
        json.field("lifecycle", person.lifecycle.rawValue)
        if let owner = card.summary.owner {
            json.key("owner")
            json.rep(owner)
        }
        json.field("phones", strings: card.summary.phones.map { numbers.display(e164: $0, line: line) })
        json.field("emails", strings: card.summary.emails)
        json.optional("language", person.language)
        json.optional("region", person.region)
        json.field("since", person.createdAt.milliseconds)
        json.field("rev", person.revision)
    }

    private func writeRecent(_ conversation: Conversation, to json: inout JSONWriter) {
        json.field("conv", conversation.id.rawValue)
        json.field("channel", conversation.channel.rawValue)
        json.field("at", conversation.openedAt.milliseconds)
        json.optional("outcome", conversation.disposition ?? conversation.call?.disposition?.rawValue)
        if let owner = conversation.state.owner {
            json.optional("rep", card.reps.first { $0.id == owner }?.name)
        }
        if let last = conversation.last, last.kind == "text" || last.kind == "note" { json.field("text", last.text) }
    }
}
