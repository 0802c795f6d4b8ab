public import KubernetesAPI

/// How one probe of a container's present run stands: what the last attempts said, and when the next is due.
public struct ProbeState: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CustomStringConvertible {
        case startup, liveness, readiness
        public var description: String { rawValue }
    }

    public enum Outcome: Hashable, Sendable {
        case success
        /// What the probe saw, for the `Unhealthy` event.
        case failure(String)
        /// The attempt itself could not be made: it does not count.
        case error(String)
    }

    /// What the attempts so far mean, by the thresholds.
    public enum Result: Hashable, Sendable { case unknown, success, failure }

    public enum Step: Hashable, Sendable {
        case run
        case wait(until: MicroTime)
        /// An attempt is under way, or there is nothing left to find out in this run.
        case idle
    }

    public let kind: Kind
    public private(set) var result: Result
    /// The last outcome that counted, and how often in a row.
    public private(set) var lastSucceeded: Bool?
    public private(set) var streak = 0
    /// When the last attempt began.
    public private(set) var attemptedAt: MicroTime?
    public private(set) var isUnderWay = false

    /// For a run that has just begun: alive, not yet ready, not known to have started.
    public init(_ kind: Kind) {
        self.kind = kind
        switch kind {
        case .startup: result = .unknown
        case .liveness: result = .success
        case .readiness: result = .failure
        }
    }

    /// What to do at `now`. Whether the startup probe lets the others begin is for the caller to see to.
    public func next(_ probe: Probe, startedAt: MicroTime, now: MicroTime) -> Step {
        if isUnderWay || isOver { return .idle }
        let first = startedAt.advanced(by: .seconds(Int64(probe.initialDelaySeconds ?? 0)))
        let due = attemptedAt.map { max(first, $0.advanced(by: .seconds(Int64(max(probe.periodSeconds ?? 10, 1))))) } ?? first
        return due <= now ? .run : .wait(until: due)
    }

    /// A startup probe has passed, or the container is to be killed: no more attempts in this run.
    public var isOver: Bool {
        switch kind {
        case .startup: result != .unknown
        case .liveness: result == .failure
        case .readiness: false
        }
    }

    public mutating func begin(now: MicroTime) {
        attemptedAt = now
        isUnderWay = true
    }

    /// Counts an outcome.
    ///
    /// - Returns: whether ``result`` changed.
    @discardableResult
    public mutating func record(_ outcome: Outcome, of probe: Probe) -> Bool {
        isUnderWay = false
        let succeeded: Bool
        switch outcome {
        case .error: return false
        case .success: succeeded = true
        case .failure: succeeded = false
        }
        streak = lastSucceeded == succeeded ? streak + 1 : 1
        lastSucceeded = succeeded
        let threshold = Int(succeeded ? probe.successThreshold ?? 1 : probe.failureThreshold ?? 3)
        let before = result
        if streak >= max(threshold, 1) { result = succeeded ? .success : .failure }
        return result != before
    }

    /// The message of the `Unhealthy` event, nil for what is no event.
    public func eventMessage(for outcome: Outcome) -> String? {
        let name = "\(kind)".prefix(1).uppercased() + "\(kind)".dropFirst() + " probe"
        switch outcome {
        case .success: return nil
        case .failure(let output): return "\(name) failed: \(output)"
        case .error(let cause): return "\(name) errored and resulted in unknown state: \(cause)"
        }
    }
}
