internal import ArgumentParser
internal import Basics
internal import Foundation
internal import Glibc
internal import Signing

/// Where a new password comes from; never from an argument, where every process of the machine could read it.
struct PasswordOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Take the first line of this file (- for standard input).", valueName: "path")
    )
    var passwordFile: String?

    @Flag(name: .long, help: "Make a password up, and print it once.")
    var generate = false

    func validate() throws {
        if generate, passwordFile != nil { throw ValidationError("--generate and --password-file exclude each other.") }
    }

    /// The password, good enough to be one.
    func password(for email: String) throws(CommandFailure) -> Redacted<String> {
        let password = if let given = try given() { given } else { try Prompt.newPassword(for: email) }
        do throws(PasswordRules.Refusal) { try PasswordRules.check(password) } catch {
            switch error {
            case .tooShort(let limit):
                throw CommandFailure(.data, "the password is too short: \(limit.value) characters or more are needed")
            case .tooLong(let limit):
                throw CommandFailure(.data, "the password is too long: \(limit.value) characters are the most")
            case .outOfMemory: throw CommandFailure(.temporary, "there is not enough memory to hash a password")
            }
        }
        return password
    }

    private func given() throws(CommandFailure) -> Redacted<String>? {
        if generate { return PasswordMaker.make() }
        guard let passwordFile else { return nil }
        let data =
            passwordFile == "-"
            ? try? FileHandle.standardInput.readToEnd() ?? Data() : FileManager.default.contents(atPath: passwordFile)
        guard let data, let text = String(data: data, encoding: .utf8) else {
            throw CommandFailure(.noInput, "the password file \(passwordFile) cannot be read")
        }
        return Redacted(String(text.prefix { !$0.isNewline }))
    }
}

/// Questions to whoever sits at the terminal.
enum Prompt {
    static func newPassword(for email: String) throws(CommandFailure) -> Redacted<String> {
        let first = try hidden("New password for \(email): ")
        let second = try hidden("Once more: ")
        guard first == second else { throw CommandFailure(.data, "the two passwords are not the same") }
        return first
    }

    /// Reads a line that the terminal does not show.
    private static func hidden(_ question: String) throws(CommandFailure) -> Redacted<String> {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        var shown = termios()
        guard terminal >= 0, tcgetattr(terminal, &shown) == 0 else {
            if terminal >= 0 { close(terminal) }
            throw CommandFailure(
                .usage,
                "there is no terminal to ask for the password: use --password-file or --generate"
            )
        }
        defer { close(terminal) }
        var quiet = shown
        quiet.c_lflag &= ~tcflag_t(ECHO)
        quiet.c_lflag |= tcflag_t(ECHONL)
        tcsetattr(terminal, TCSAFLUSH, &quiet)
        defer { tcsetattr(terminal, TCSAFLUSH, &shown) }
        Terminal.write(question, to: terminal)
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < 1_024, read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
        return Redacted(String(decoding: bytes, as: UTF8.self))
    }
}
