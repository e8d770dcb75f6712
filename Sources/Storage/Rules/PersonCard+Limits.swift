package import Basics

extension PersonCard {
    package static let dealLimit = Limit("card.deals", 10)
    package static let recentLimit = Limit("card.recent", 5)
}
