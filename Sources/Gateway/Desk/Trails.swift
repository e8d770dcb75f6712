internal import Basics
internal import Domain
internal import Storage

/// Which pages visitors looked at lately; kept in memory, bounded, oldest visitors first to go.
struct Trails {
    private struct Trail {
        var pages: [PageView] = []
        var lastSeen: Timestamp
    }
    static let pagesPerVisitor = 10
    static let visitorsMax = 50_000
    private var trails: [VisitorID: Trail] = [:]

    mutating func add(_ page: PageView, of visitor: VisitorID) {
        var trail = trails[visitor] ?? Trail(lastSeen: page.at)
        if trail.pages.last?.url == page.url { trail.pages.removeLast() }
        trail.pages.append(page)
        if trail.pages.count > Self.pagesPerVisitor { trail.pages.removeFirst() }
        trail.lastSeen = page.at
        trails[visitor] = trail
    }

    func current(_ visitor: VisitorID) -> PageView? { trails[visitor]?.pages.last }

    /// The trail of whoever of these was seen since then, newest page last.
    func trail(of visitors: [VisitorID], since: Timestamp) -> [PageView] {
        let seen = visitors.compactMap { trails[$0] }.filter { $0.lastSeen >= since }
        return seen.max { $0.lastSeen < $1.lastSeen }?.pages ?? []
    }

    mutating func touch(_ visitor: VisitorID, at now: Timestamp) { trails[visitor]?.lastSeen = now }

    mutating func forget(before: Timestamp) {
        if trails.count > Self.visitorsMax { trails = trails.filter { $0.value.lastSeen >= before } }
    }
}
