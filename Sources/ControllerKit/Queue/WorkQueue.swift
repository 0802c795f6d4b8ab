import KubernetesClient
import Metrics
import Synchronization

/// Keys of what is to be looked at: each once however often it is added, never twice at the same time, the urgent ones first, and later when the work on it failed.
///
/// Metrics under the names that dashboards for controllers know, with the dimension `name`: `workqueue_depth`, `workqueue_adds_total`,
/// `workqueue_queue_duration_seconds`, `workqueue_work_duration_seconds`, `workqueue_retries_total`.
public final class WorkQueue<Key: Hashable & Sendable>: Sendable {
    private let state = Mutex(WorkQueueState<Key>())
    /// Holds retries of all keys together to a rate: many keys that fail at once must not become a storm.
    private let retryRate: Mutex<TokenBucket>
    private let backoff: Backoff
    private let changed = Signal(staysSet: false)
    private let metrics: WorkQueueMetrics

    /// - Parameters:
    ///   - name: the controller's, for metrics.
    ///   - retryRate: of retries a second, and how many at once after a pause; over all keys.
    public init(_ name: String, backoff: Backoff = .work, retryRate: TokenBucket = TokenBucket(ratePerSecond: 10, burst: 100)) {
        self.backoff = backoff
        self.retryRate = Mutex(retryRate)
        metrics = WorkQueueMetrics(name)
    }

    /// - Parameter priority: higher comes first.
    public func add(_ key: Key, priority: Int = 0) { add(key, at: .now, priority: priority) }

    /// Adds the key when the time is over, unless it is added for an earlier time.
    public func add(_ key: Key, after delay: Duration, priority: Int = 0) { add(key, at: .now.advanced(by: delay), priority: priority) }

    /// Adds the key after a wait that doubles with each failure in a row.
    public func addRateLimited(_ key: Key, priority: Int = 0) {
        let now = ContinuousClock.now
        let failures = state.withLock { $0.countFailure(key) }
        let own = backoff.delay(afterFailure: failures, random: .random(in: 0..<1))
        let shared = retryRate.withLock { $0.reserve(now: now) }
        metrics.retries.increment()
        add(key, at: now.advanced(by: max(own, shared)), priority: priority)
    }

    /// Ends the counting of failures: the work on the key succeeded.
    public func forget(_ key: Key) { state.withLock { $0.forget(key) } }

    /// Waits for a key to work on. ``finish(_:)`` has to follow. For one task; others may add at the same time.
    ///
    /// - Throws: `CancellationError`.
    public func next() async throws -> Key {
        while true {
            let now = ContinuousClock.now
            let (taken, due, depth) = state.withLock { state in (state.take(now: now), state.nextDue(), state.depth) }
            metrics.depth.record(depth)
            if let taken {
                metrics.waited.record(max(now - taken.since, .zero).inSeconds)
                return taken.key
            }
            try await changed.wait(until: due)
        }
    }

    /// Says that the work on a key is over, whether or not it succeeded.
    ///
    /// - Parameter duration: how long it took.
    public func finish(_ key: Key, after duration: Duration) {
        state.withLock { $0.finish(key) }
        metrics.worked.record(duration.inSeconds)
        changed.set()
    }

    private func add(_ key: Key, at due: ContinuousClock.Instant, priority: Int) {
        let (isNews, depth) = state.withLock { ($0.add(key, at: due, priority: priority, now: .now), $0.depth) }
        guard isNews else { return }
        metrics.adds.increment()
        metrics.depth.record(depth)
        changed.set()
    }
}

struct WorkQueueMetrics: Sendable {
    let depth: Gauge
    let adds: Counter
    let retries: Counter
    let waited: Recorder
    let worked: Recorder

    init(_ name: String) {
        let dimensions = [("name", name)]
        depth = Gauge(label: "workqueue_depth", dimensions: dimensions)
        adds = Counter(label: "workqueue_adds_total", dimensions: dimensions)
        retries = Counter(label: "workqueue_retries_total", dimensions: dimensions)
        waited = Recorder(label: "workqueue_queue_duration_seconds", dimensions: dimensions, aggregate: true)
        worked = Recorder(label: "workqueue_work_duration_seconds", dimensions: dimensions, aggregate: true)
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
