internal import ArgumentParser
internal import Basics
internal import Domain

/// The command `switchboard user`.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Add and list those who answer, and set their passwords.",
        discussion: """
            Works beside a running server (through its interface, with the token of the data folder) as well as \
            without one.

            Examples:
              switchboard user add ana@example.com --name "Ana Reyes" --extension 1001
              switchboard user list
              switchboard user password ana@example.com --generate
            """,
        subcommands: [UserAdd.self, UserList.self, UserPassword.self]
    )
}

/// The command `switchboard user add`.
struct UserAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add somebody who answers.",
        discussion: """
            Asks for the password, unless --password-file or --generate says where it comes from.

            Examples:
              switchboard user add ana@example.com --name "Ana Reyes" --extension 1001
              switchboard user add boss@example.com --name 陈静 --role supervisor --generate
            """
    )

    @Argument(help: "The e-mail address to log in with.")
    var email: String

    @Option(name: .long, help: "The name that customers and colleagues see.")
    var name: String

    @Option(name: .long, help: "rep, supervisor or admin.")
    var role = RoleArgument.rep

    @Option(
        name: .long,
        parsing: .singleValue,
        help: "What carriers call this person: an extension, a SIP user; may be given several times."
    )
    var `extension`: [String] = []

    @Option(name: .long, help: "Chats at once, 1 to 20.")
    var chats = 4

    @Option(name: .long, help: "The language of the console, such as en or zh.")
    var language: String?

    @OptionGroup var secret: PasswordOptions
    @OptionGroup var installation: ConfigurationOptions

    func validate() throws {
        guard Identity.email(email) != nil else { throw ValidationError("\(email) is no e-mail address.") }
        guard Rep.chatsAtOnceBounds.contains(chats) else { throw ValidationError("--chats is 1 to 20.") }
        guard name.contains(where: { !$0.isWhitespace }) else { throw ValidationError("The name is empty.") }
    }

    func run() async throws {
        let settings = try installation.settings()
        try await AdminClient.with(settings) { client in
            if let known = try await client.users().first(where: { $0.email == email.lowercased() }) {
                throw CommandFailure(
                    .data,
                    "\(known.email) is \(known.name) already: `switchboard user password` sets a new password"
                )
            }
            let password = try secret.password(for: email)
            let user = AdminClient.NewUser(
                email: email,
                name: name,
                role: role.rawValue,
                password: password,
                addresses: self.extension,
                chatsAtOnce: chats,
                language: language
            )
            try await client.save(user)
            Terminal.note("Added \(email.lowercased()) as \(role.rawValue).")
            if secret.generate { Terminal.print(password.reveal()) }
        }
    }
}

/// The command `switchboard user list`.
struct UserList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List those who answer.",
        discussion: """
            Examples:
              switchboard user list
              switchboard user list --demo
            """
    )

    @OptionGroup var installation: ConfigurationOptions

    func run() async throws {
        let settings = try installation.settings()
        let users = try await AdminClient.with(settings) { client in try await client.users() }
        guard !users.isEmpty else {
            return Terminal.note("There is nobody yet: add the first with `switchboard user add`.")
        }
        let rows = users.map { [$0.email, $0.name, $0.role, $0.extension ?? "–", "\($0.chatsAtOnce) chats"] }
        Terminal.print(Terminal.table(rows))
    }
}

/// The command `switchboard user password`.
struct UserPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Set somebody's password; ends that person's sessions.",
        discussion: """
            Examples:
              switchboard user password ana@example.com
              switchboard user password ana@example.com --generate
            """
    )

    @Argument(help: "The e-mail address of the login.")
    var email: String

    @OptionGroup var secret: PasswordOptions
    @OptionGroup var installation: ConfigurationOptions

    func run() async throws {
        let settings = try installation.settings()
        try await AdminClient.with(settings) { client in
            let users = try await client.users()
            guard let known = users.first(where: { $0.email == email.lowercased() }) else {
                let nearest = Suggestion.nearest(to: email, among: users.map(\.email)).map { "; did you mean \($0)?" }
                throw CommandFailure(.data, "nobody logs in as \(email)" + (nearest ?? ""))
            }
            let password = try secret.password(for: email)
            let user = AdminClient.NewUser(email: known.email, name: known.name, role: known.role, password: password)
            try await client.save(user)
            Terminal.note("The password of \(known.email) is set, and all sessions of that login are ended.")
            if secret.generate { Terminal.print(password.reveal()) }
        }
    }
}

/// What somebody may do; the words are those of the interface.
enum RoleArgument: String, CaseIterable, ExpressibleByArgument { case rep, supervisor, admin }
