import Basics
import Domain

// Visitors, their pages, and reps.
extension MemoryState {
    mutating func put(_ visitor: VisitorRecord) {
        var next = visitor
        if let known = visitors[visitor.id] {
            next.language = visitor.language ?? known.language
            next.firstSeen = min(known.firstSeen, visitor.firstSeen)
            next.lastSeen = max(known.lastSeen, visitor.lastSeen)
        }
        visitors[visitor.id] = next
    }

    mutating func insert(_ page: PageView, of visitor: VisitorID) throws(MemoryStop) {
        guard visitors[visitor] != nil else { throw .conflict(.missing("visitor")) }
        pages[visitor] = (pages[visitor] ?? []).suffix(PageView.keptLimit.value - 1) + [page]
    }

    mutating func put(_ rep: Rep) throws(MemoryStop) {
        let holder = reps.values.first { $0.email.searchKey == rep.email.searchKey }
        guard holder == nil || holder?.id == rep.id else { throw .conflict(.emailTaken) }
        reps[rep.id] = rep
    }
}
