internal import Glibc

/// A command that could not do what it was asked to, in words that say what to do now.
struct CommandFailure: Error {
    /// Exit codes by `sysexits.h`, which supervisors and scripts know.
    enum Exit: Int32 {
        /// Something is wrong, and the report above says what (`doctor`).
        case findings = 1
        case usage = 64
        case data = 65
        case noInput = 66
        /// Somebody who should answer does not.
        case unavailable = 69
        case software = 70
        case cannotCreate = 73
        /// The same may succeed a little later.
        case temporary = 75
        case noPermission = 77
        case configuration = 78
    }

    let exit: Exit
    /// Without a full stop, as it follows the name of the program.
    let message: String

    init(_ exit: Exit, _ message: String) {
        self.exit = exit
        self.message = message
    }
}

/// What the system says about an `errno`.
func systemReason(_ code: Int32) -> String { String(cString: strerror(code)) }
