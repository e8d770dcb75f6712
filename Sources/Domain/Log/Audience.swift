public import Basics

/// Which staff an event is for, decided when it happens, so that a replay gives exactly what the live feed gave.
///
/// Supervisors and admins see every event, whatever stands here.
public enum Audience: Hashable, Sendable {
    case everyone
    case reps([RepID])

    public func includes(_ rep: RepID) -> Bool {
        switch self {
        case .everyone: true
        case .reps(let reps): reps.contains(rep)
        }
    }

    public func union(_ other: Audience) -> Audience {
        guard case .reps(let mine) = self, case .reps(let others) = other else { return .everyone }
        return .reps(mine + others.filter { !mine.contains($0) })
    }

    /// The form that the store keeps: `*`, or ids between commas (`,a,b,`), so that one `instr` finds a rep.
    public var key: String {
        switch self {
        case .everyone: "*"
        case .reps(let reps): "," + reps.map { $0.rawValue + "," }.joined()
        }
    }

    public init(key: String) {
        self = key == "*" ? .everyone : .reps(key.split(separator: ",").map { RepID(String($0)) })
    }
}
