package import Basics

extension PageView {
    /// How many pages of one visitor are kept; the oldest go first.
    package static let keptLimit = Limit("page.kept", 200)
}
