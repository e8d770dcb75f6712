import CoreMetrics
import Gateway
import Testing

@Suite struct PrometheusMetricsTests {
    @Test func `what is counted is told in the exposition format`() {
        let metrics = PrometheusMetrics()
        metrics.makeCounter(label: "calls_total", dimensions: [("carrier", "a\"b\\c\n")]).increment(by: 3)
        metrics.makeRecorder(label: "depth", dimensions: [], aggregate: false).record(Int64(7))
        let summary = metrics.makeRecorder(label: "units", dimensions: [], aggregate: true)
        summary.record(Int64(2))
        summary.record(Int64(5))
        #expect(
            metrics.text == """
                # TYPE calls_total counter
                calls_total{carrier="a\\"b\\\\c\\n"} 3
                # TYPE depth gauge
                depth 7.0
                # TYPE units summary
                units_sum 7.0
                units_count 2

                """
        )
    }
}
