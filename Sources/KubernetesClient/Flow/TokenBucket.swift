/// How many requests may be sent: `burst` at once, and then `ratePerSecond`.
///
/// Reservations queue up: each caller is told how long to wait, in the order of calling, as in client-go's flow control.
public struct TokenBucket: Sendable {
    public let ratePerSecond: Double
    public let burst: Int
    /// Negative while callers wait.
    private var tokens: Double
    private var updated: ContinuousClock.Instant?

    /// - Precondition: `ratePerSecond` > 0 and `burst` ≥ 1.
    public init(ratePerSecond: Double, burst: Int) {
        precondition(ratePerSecond > 0 && burst >= 1)
        self.ratePerSecond = ratePerSecond
        self.burst = burst
        tokens = Double(burst)
    }

    /// Takes a token that may come only later; returns how long to wait for it.
    public mutating func reserve(now: ContinuousClock.Instant) -> Duration {
        if let updated, now > updated {
            tokens = min(Double(burst), tokens + (now - updated).inSeconds * ratePerSecond)
        }
        updated = max(updated ?? now, now)
        tokens -= 1
        return tokens >= 0 ? .zero : .seconds(-tokens / ratePerSecond)
    }

    /// Gives a reserved token back that was not used, since its caller was cancelled.
    public mutating func giveBack() { tokens = min(Double(burst), tokens + 1) }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
