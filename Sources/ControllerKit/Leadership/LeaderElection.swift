import FoundationEssentials
import KubernetesAPI
public import KubernetesClient
import Metrics

/// Lets one of several processes work at a time, by a Lease that the leader renews.
public struct LeaderElection: Sendable {
    /// The defaults of Kubernetes' own components.
    public struct Timing: Sendable {
        /// For how long the lease is taken each time: after it, others take over.
        public var leaseDuration: Duration
        /// After so long without a renewal the leader gives up by itself; shorter than `leaseDuration`, so that it has stopped before others begin.
        public var renewDeadline: Duration
        /// Between two tries.
        public var retryPeriod: Duration

        public init(leaseDuration: Duration = .seconds(15), renewDeadline: Duration = .seconds(10), retryPeriod: Duration = .seconds(2)) {
            self.leaseDuration = leaseDuration
            self.renewDeadline = renewDeadline
            self.retryPeriod = retryPeriod
        }
    }

    /// Who waits, who leads, and until when that is certain.
    public let leadership = Leadership()
    private let leases: Resources<Lease>
    private let name: String
    private let identity: String
    private let timing: Timing

    /// - Parameters:
    ///   - identity: of this process and no other, such as `<host>_<random>`.
    public init(client: KubernetesClient, namespace: String, name: String, identity: String, timing: Timing = Timing()) {
        leases = client.resources(Lease.self, in: namespace)
        self.name = name
        self.identity = identity
        self.timing = timing
    }

    /// Waits for the leadership, then runs `body` until it ends, the task is cancelled, or the leadership is lost. Lets the lease go at the end.
    ///
    /// - Throws: ``LeadershipLost`` after `body` has been cancelled and has ended; what `body` throws.
    public func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        var view = View()
        while !(await step(&view)) { try await Task.sleep(for: timing.retryPeriod * .random(in: 1..<1.2)) }
        let gauge = Gauge(label: "leader_election_master_status", dimensions: [("name", name)])
        gauge.record(1)
        defer { gauge.record(0) }
        do {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                let held = view
                group.addTask {
                    try await body()
                    return true
                }
                group.addTask {
                    var view = held
                    while leadership.isHeld {
                        try await Task.sleep(for: timing.retryPeriod)
                        await step(&view)
                    }
                    return false
                }
                defer { group.cancelAll() }
                if try await group.next() == false { throw LeadershipLost() }
            }
        } catch {
            await release()
            throw error
        }
        await release()
    }

    /// What this candidate last saw of the lease, and when it saw it change.
    private struct View: Sendable {
        var lease: Lease?
        var changed = ContinuousClock.now
    }

    /// One try to take or renew the lease.
    ///
    /// - Returns: whether this process is the leader for the time being.
    @discardableResult
    private func step(_ view: inout View) async -> Bool {
        let start = ContinuousClock.now
        do {
            // A leader has no longer than its leadership lasts.
            let end = leadership.end.map { max($0, start) } ?? start + timing.renewDeadline
            try await withDeadline(end) { [view] in
                var view = view
                let lease = try await leases.find(name)
                if lease?.spec != view.lease?.spec || view.lease == nil { view.changed = start }
                view.lease = lease
                let seconds = Int32(clamping: timing.leaseDuration.components.seconds)
                let decision = decideLease(
                    lease?.spec, unchangedFor: start - view.changed, identity: identity, leaseDurationSeconds: max(seconds, 1), now: MicroTime(Date()))
                guard case .take(let spec) = decision else {
                    leadership.giveUp()
                    return view
                }
                // With the version that was read: of two who take it at once, one is refused.
                if var lease {
                    lease.spec = spec
                    view.lease = try await leases.update(lease)
                } else {
                    view.lease = try await leases.create(Lease(metadata: ObjectMeta(name: name, namespace: leases.namespace), spec: spec))
                }
                view.changed = start
                // From before the request: others count from when they saw it, which is later.
                leadership.hold(until: start + timing.renewDeadline)
                return view
            }.map { view = $0 }
        } catch {
            // Tried again; the leadership ends by its time.
        }
        return leadership.isHeld
    }

    private func release() async {
        let wasHeld = leadership.isHeld
        leadership.giveUp()
        guard wasHeld else { return }
        // Also when this task is cancelled, which is how most leaders end; a lease that is not let go ends by itself.
        let (leases, name, identity, end) = (leases, name, identity, ContinuousClock.now + timing.retryPeriod)
        await Task {
            _ = try? await withDeadline(end) {
                guard var lease = try await leases.find(name), let spec = lease.spec, spec.holderIdentity == identity else { return }
                lease.spec = releasedLease(spec, now: MicroTime(Date()))
                _ = try await leases.update(lease)
            }
        }.value
    }
}

/// - Returns: nil when the time was over first; `body` has then been cancelled and has ended.
private func withDeadline<Result: Sendable>(_ deadline: ContinuousClock.Instant, _ body: @escaping @Sendable () async throws -> Result) async throws -> Result?
{
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(until: deadline, clock: .continuous)
            return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
    }
}
