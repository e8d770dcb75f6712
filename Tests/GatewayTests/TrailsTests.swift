import Basics
import Domain
import Storage
import Testing

@testable import Gateway

@Suite struct TrailsTests {
    private let start = Timestamp(milliseconds: 1_000_000)
    private func page(_ name: String, _ seconds: Int64) -> PageView {
        PageView(at: start + .seconds(seconds), url: "https://shop.example/" + name, title: name)
    }

    @Test func `the newest pages stay, in their order, each once in a row`() {
        var trails = Trails()
        let visitor = VisitorID("v")
        for number in 0..<20 { trails.add(page("p\(number)", Int64(number)), of: visitor) }
        trails.add(page("p19", 30), of: visitor)
        let trail = trails.trail(of: [visitor], since: start)
        #expect(trail.count == Trails.pagesPerVisitor && trail.last?.title == "p19" && trail.first?.title == "p10")
    }

    @Test func `whoever left is not on the website now`() {
        var trails = Trails()
        trails.add(page("a", 0), of: VisitorID("v"))
        #expect(trails.trail(of: [VisitorID("v")], since: start + .seconds(1)).isEmpty)
        trails.touch(VisitorID("v"), at: start + .seconds(5))
        #expect(trails.trail(of: [VisitorID("v")], since: start + .seconds(1)).count == 1)
    }
}
