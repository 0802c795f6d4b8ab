import Synchronization

/// Lets requests pass at the rate of a ``TokenBucket``; shared by all calls of a client.
public final class RateLimiter: Sendable {
    private let bucket: Mutex<TokenBucket>

    /// - Parameters:
    ///   - ratePerSecond: sustained requests a second, > 0.
    ///   - burst: how many may pass at once after a pause, ≥ 1.
    public init(ratePerSecond: Double, burst: Int) {
        bucket = Mutex(TokenBucket(ratePerSecond: ratePerSecond, burst: burst))
    }

    /// How long a request would wait that came now.
    public var nextWait: Duration {
        bucket.withLock { bucket in
            var copy = bucket
            return copy.reserve(now: .now)
        }
    }

    /// Waits for this caller's turn.
    ///
    /// - Returns: how long it waited.
    /// - Throws: `CancellationError` when the task is cancelled while it waits; its turn is given back.
    @discardableResult
    func pass() async throws -> Duration {
        let wait = bucket.withLock { $0.reserve(now: .now) }
        guard wait > .zero else { return .zero }
        do {
            try await Task.sleep(for: wait)
        } catch {
            bucket.withLock { $0.giveBack() }
            throw error
        }
        return wait
    }
}
