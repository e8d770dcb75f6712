/// The ways to write one URL: with its port and without.
struct PortSpellings {
    let all: [String]

    init(of url: String) {
        guard let scheme = url.range(of: "://") else {
            all = [url]
            return
        }
        let authorityEnd = url[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        let authority = url[scheme.upperBound..<authorityEnd]
        let hostStart = authority.lastIndex(of: "@").map(authority.index(after:)) ?? authority.startIndex
        // In brackets the colons belong to the address: [2001:db8::1]:8443
        let nameEnd = authority[hostStart...].lastIndex(of: "]") ?? hostStart
        if let colon = authority[nameEnd...].lastIndex(of: ":") {
            all = [url, String(url[..<colon] + url[authorityEnd...])]
        } else {
            let port = url[..<scheme.lowerBound].lowercased() == "http" ? "80" : "443"
            all = [url, url[..<authorityEnd] + ":" + port + url[authorityEnd...]]
        }
    }
}

extension String {
    fileprivate func range(of needle: String) -> Range<String.Index>? {
        let pattern = Array(needle.utf8)
        var start = utf8.startIndex
        while let end = utf8.index(start, offsetBy: pattern.count, limitedBy: utf8.endIndex) {
            if utf8[start..<end].elementsEqual(pattern) { return start..<end }
            start = utf8.index(after: start)
        }
        return nil
    }
}
