internal import Glibc

/// Finds a port that nobody listens on.
enum FreePort {
    private static let tries = 50

    /// The wanted port as it is; without a wish, the standard one or the next that is free.
    static func choose(_ wanted: Int?, host: String, standard: Int) throws(CommandFailure) -> Int {
        if let wanted { return wanted == 0 ? any(host: host) ?? 0 : wanted }
        let last = min(standard + tries, 65_535)
        guard let free = (standard...last).first(where: { reserve(host, $0) != nil }) else {
            throw CommandFailure(.temporary, "all ports from \(standard) to \(last) are taken: choose one with --port")
        }
        return free
    }

    /// A free port of the kernel's choice; another program may take it before it is used.
    static func any(host: String) -> Int? { reserve(host, 0) }

    private static func reserve(_ host: String, _ port: Int) -> Int? {
        let isSix = host.contains(":")
        let descriptor = socket(isSix ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        return isSix ? bindSix(descriptor, host, port) : bindFour(descriptor, host, port)
    }

    private static func bindFour(_ descriptor: Int32, _ host: String, _ port: Int) -> Int? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address.sin_addr)
        return bind(descriptor, &address) { Int(in_port_t(bigEndian: $0.sin_port)) }
    }

    private static func bindSix(_ descriptor: Int32, _ host: String, _ port: Int) -> Int? {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = in_port_t(port).bigEndian
        inet_pton(AF_INET6, host, &address.sin6_addr)
        return bind(descriptor, &address) { Int(in_port_t(bigEndian: $0.sin6_port)) }
    }

    private static func bind<Address>(_ descriptor: Int32, _ address: inout Address, port: (Address) -> Int) -> Int? {
        var length = socklen_t(MemoryLayout<Address>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                Glibc.bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        return isBound ? port(address) : nil
    }
}
