internal import Domain

/// A chat or a call of the demo's past, as a script.
struct DemoTalk {
    enum Line {
        case visitor(String)
        case rep(String)
        case note(String)
    }
    enum What {
        case chat([Line], pages: [String], rating: Int? = nil)
        /// Seconds that it rang and that they talked.
        case call(ringing: Int64, talking: Int64, note: String?)
        case outgoing(ringing: Int64, talking: Int64, note: String?)
        case missed(ringing: Int64)
        case abandoned(ringing: Int64)
    }

    /// Whom it is with, by name; nil for a stranger.
    var person: String?
    var number: String?
    var language = "zh"
    var rep: DemoRep.Name
    var daysAgo: Int
    var hour: Int
    var minute = 0
    var what: What
    var outcome: WrapUpCode?
}
