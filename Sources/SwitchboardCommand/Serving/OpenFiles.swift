internal import Glibc

/// How many files and connections the process may have open.
enum OpenFiles {
    /// What the system lets it have at most.
    static var most: UInt { limit.rlim_max }

    /// Takes all of it: the usual soft limit of 1,024 is one for programs that use `select`.
    static func raise() {
        var limit = limit
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private static var limit: rlimit {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit
    }
}
