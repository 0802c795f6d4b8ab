import Metrics
import MetricsTestKit

/// What all clients of this process count, from the first use on. Each test has a server of its own, whose port is in the label `host`.
let testMetrics: TestMetrics = {
    let metrics = TestMetrics()
    MetricsSystem.bootstrap(metrics)
    return metrics
}()
