public import KubernetesAPI

/// How long something that keeps failing waits: 10 s, doubled by each failure up to 5 minutes, forgotten after 10 minutes without one. As a kubelet's for
/// containers that crash and for images that cannot be pulled.
public struct BackOff: Hashable, Sendable {
    public static let first = Duration.seconds(10)
    public static let longest = Duration.seconds(300)
    /// After this long without a failure the next one counts as the first.
    public static let reset = longest * 2

    /// The wait after the last failure; zero before the first.
    public private(set) var delay: Duration = .zero
    /// When ``advance(after:now:)`` was last called: for containers, when the last restart was.
    public private(set) var advancedAt: MicroTime?

    public init() {}

    /// For an agent that starts again and knows from the pod's status that the container was restarted before.
    public init(delay: Duration, advancedAt: MicroTime) {
        self.delay = delay
        self.advancedAt = advancedAt
    }

    /// When the wait that follows `failure` ends; nil if there is none.
    public func end(after failure: MicroTime) -> MicroTime? { isForgotten(at: failure) ? nil : failure.advanced(by: delay) }

    /// Notes another try at `now`, because of a failure at `failure`: should it fail again, the wait is longer.
    public mutating func advance(after failure: MicroTime, now: MicroTime) {
        delay = isForgotten(at: failure) ? Self.first : min(delay * 2, Self.longest)
        advancedAt = now
    }

    private func isForgotten(at failure: MicroTime) -> Bool {
        guard let advancedAt, delay > .zero else { return true }
        return failure.duration(since: advancedAt) > Self.reset
    }
}
