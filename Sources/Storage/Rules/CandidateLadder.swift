package import Basics
package import Domain

/// A live link that a search for a handle met, with the person whom its record now stands for.
package struct Sighting: Hashable, Sendable {
    package var person: PersonID
    package var assurance: Assurance
    package var isExclusive: Bool
    package var lastSeen: Timestamp

    package init(person: PersonID, assurance: Assurance, isExclusive: Bool, lastSeen: Timestamp) {
        self.person = person
        self.assurance = assurance
        self.isExclusive = isExclusive
        self.lastSeen = lastSeen
    }
}

/// The order in which handles are looked for: exactly, then in their national form, then by their last digits.
///
/// A further rung is climbed only when nobody was found before; claims are handed on, but they find nobody.
package enum CandidateLadder {
    package struct Found: Hashable, Sendable {
        package var sighting: Sighting
        package var confidence: MatchConfidence
    }

    package static func climb(_ look: (MatchConfidence) throws -> [Sighting]) rethrows -> [Found] {
        var found: [PersonID: Found] = [:]
        for confidence in [MatchConfidence.exact, .national, .suffix] {
            for sighting in try look(confidence) { fold(sighting, confidence, into: &found) }
            if found.values.contains(where: { $0.sighting.assurance > .claimed }) { break }
        }
        return found.values.sorted {
            $0.confidence != $1.confidence
                ? $0.confidence > $1.confidence : $0.sighting.person < $1.sighting.person
        }
    }

    /// Several links of one person are one candidate: the best of each.
    private static func fold(_ new: Sighting, _ confidence: MatchConfidence, into found: inout [PersonID: Found]) {
        guard var known = found[new.person] else {
            found[new.person] = Found(sighting: new, confidence: confidence)
            return
        }
        if new.assurance > .claimed, known.sighting.assurance == .claimed { known.confidence = confidence }
        known.sighting.assurance = max(known.sighting.assurance, new.assurance)
        known.sighting.isExclusive = known.sighting.isExclusive || new.isExclusive
        known.sighting.lastSeen = max(known.sighting.lastSeen, new.lastSeen)
        found[new.person] = known
    }
}

extension Sighting {
    /// The same person, found by a number that is not hers alone.
    package var withoutOwnership: Sighting {
        var shared = self
        shared.isExclusive = false
        return shared
    }
}
