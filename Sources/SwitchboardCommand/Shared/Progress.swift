internal import Basics

/// How far long work has come: one line that is drawn over at a terminal, a line now and then for a log.
struct Progress {
    private let total: Int
    private var lastTenth = 0
    private var lastDrawn: Timestamp?

    init(total: Int) { self.total = total }

    mutating func advance(to done: Int, _ text: String) {
        if Terminal.isInteractive {
            let now = Timestamp.monotonicClock
            guard done == total || lastDrawn.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
            lastDrawn = now
            Terminal.redraw(text)
        } else {
            let tenth = total == 0 ? 10 : done * 10 / total
            guard tenth > lastTenth else { return }
            lastTenth = tenth
            Terminal.note(text)
        }
    }

    func end() {
        if Terminal.isInteractive, lastDrawn != nil { Terminal.endRedraw() }
    }
}
