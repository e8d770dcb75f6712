internal import Basics
internal import Domain

/// What a demo says when it is ready: where to look, as whom, and how to make it ring.
enum DemoGreeting {
    static func text(_ url: String, _ passwords: [DemoRep.Name: Redacted<String>]) -> String {
        let logins = DemoRep.all.map { rep in
            let role = rep.role.rawValue + (rep.extension.map { ", extension \($0)" } ?? "")
            return ["  ", rep.name, rep.email, passwords[rep.key]?.reveal() ?? "", role]
        }
        let program = CommandLine.arguments.first ?? "switchboard"
        let calls = [
            ["  ", "\(program) ring \(DemoPerson.firstNumber)", "王小明, Ana's best customer"],
            ["  ", "\(program) ring \(DemoPerson.sharedNumber) --agent 1002", "two people share this number"],
            ["  ", "\(program) ring \(DemoPerson.unknownNumber) --missed", "nobody knows this one"],
        ]
        return """
            Switchboard demo is ready at \(url)

            Open
            \(Terminal.table([
                ["  ", "\(url)/shop/", "the shop, with the chat at the corner"],
                ["  ", "\(url)/console/", "the desk of those who answer"],
                ["  ", "\(url)/api", "the interfaces"],
            ]))

            Log in at the desk as
            \(Terminal.table(logins))

            Ring
            \(Terminal.table(calls))

            Ctrl-C stops it; `\(program) demo --fresh` starts over.
            """
    }
}
