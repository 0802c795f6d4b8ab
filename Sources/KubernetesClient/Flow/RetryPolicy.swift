/// When a failed request is sent again.
///
/// A request is repeated only where that cannot do a thing twice: the server said that it did not take it (429, or an error with `Retry-After`, before any
/// processing), nothing of it can have arrived, or it only reads. How long to wait is the server's word, or exponential with full jitter.
public struct RetryPolicy: Sendable {
    /// How often a request is sent again at most; 0 never does.
    public var limit: Int
    /// The wait before the first repetition, doubled for each further one.
    public var initialDelay: Duration
    /// The longest wait of our own choice. A longer `Retry-After` is not waited for: the error is returned.
    public var maxDelay: Duration

    public init(limit: Int = 5, initialDelay: Duration = .milliseconds(100), maxDelay: Duration = .seconds(30)) {
        self.limit = limit
        self.initialDelay = initialDelay
        self.maxDelay = maxDelay
    }

    /// What became of a request.
    public enum Outcome: Sendable {
        /// An answer with this status code and `Retry-After`, where it had one.
        case answered(status: Int, retryAfter: Duration?)
        /// No answer; `mayHaveArrived` is false only when no byte of the request can have reached the server.
        case failed(mayHaveArrived: Bool)
    }

    /// Decides whether and after which wait a request is sent again.
    ///
    /// - Parameters:
    ///   - attempt: how often the request has been sent, from 1.
    ///   - isReadOnly: whether the request changes nothing (GET, HEAD).
    ///   - random: a number in 0..<1, the jitter.
    /// - Returns: the wait, or nil when the outcome is final.
    public func delay(after outcome: Outcome, attempt: Int, isReadOnly: Bool, random: Double) -> Duration? {
        guard attempt <= limit else { return nil }
        let exponential = min(initialDelay * (1 << min(attempt - 1, 20)), maxDelay)
        let jittered = exponential * (0.5 + random / 2)
        switch outcome {
        case .answered(let status, let retryAfter):
            guard status == 429 || status >= 500 else { return nil }
            if let retryAfter { return retryAfter <= maxDelay ? max(retryAfter, jittered) : nil }
            // Without Retry-After only "too many requests" says for certain that nothing happened; reading again is always harmless.
            let isTransient = status == 429 || (isReadOnly && [500, 502, 503, 504].contains(status))
            return isTransient ? jittered : nil
        case .failed(let mayHaveArrived):
            return isReadOnly || !mayHaveArrived ? jittered : nil
        }
    }
}
