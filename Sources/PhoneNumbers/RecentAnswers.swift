/// Answers that were asked for lately, `countMax` at most.
///
/// Two generations: the young one takes what is used, and when it is full it becomes the old one and the old one goes.
/// So the last `countMax / 2` used are always there, without a list to keep in order.
struct RecentAnswers<Question: Hashable, Answer> {
    private var young: [Question: Answer] = [:]
    private var old: [Question: Answer] = [:]
    private let generationMax: Int

    init(countMax: Int) {
        precondition(countMax >= 2)
        generationMax = countMax / 2
    }

    var count: Int { young.count + old.count }

    subscript(question: Question) -> Answer? {
        mutating get {
            if let answer = young[question] { return answer }
            guard let answer = old.removeValue(forKey: question) else { return nil }
            remember(answer, for: question)
            return answer
        }
    }

    mutating func remember(_ answer: Answer, for question: Question) {
        if young.count >= generationMax {
            old = young
            young = [:]
        }
        old[question] = nil
        young[question] = answer
    }
}
