public import Basics

/// What one guess of a password costs: memory and passes of Argon2id.
public struct PasswordCost: Hashable, Sendable {
    public let memoryBytes: Int
    public let passes: Int

    /// 64 MiB and three passes, about a fifth of a second.
    public static let standard = PasswordCost(memoryBytes: 64 << 20, passes: 3)

    /// The least that may guard a real password: 19 MiB and two passes (OWASP, Password Storage Cheat Sheet).
    public static let floor = PasswordCost(memoryBytes: 19 << 20, passes: 2)

    /// As little as Argon2id can do: for tests that hash many passwords, guarding nothing.
    public static let forTests = PasswordCost(memoryBytes: 8 << 10, passes: 1)

    /// The most that a configuration may ask of this machine for one sign-in.
    public static let memoryMebibytesMax = Limit("password hash memory in MiB", 1_024)
    public static let passesMax = Limit("password hash passes", 16)

    /// A configured cost; nothing if it is below the floor or beyond reason.
    public init?(memoryMebibytes: Int, passes: Int) {
        guard Self.memoryMebibytesMax.admits(memoryMebibytes), Self.passesMax.admits(passes),
            memoryMebibytes << 20 >= Self.floor.memoryBytes, passes >= Self.floor.passes
        else { return nil }
        self.init(memoryBytes: memoryMebibytes << 20, passes: passes)
    }

    private init(memoryBytes: Int, passes: Int) {
        self.memoryBytes = memoryBytes
        self.passes = passes
    }
}
