import KubernetesClient

/// How a reflector begins, and what it does after a failure.
struct ReflectorState: Sendable {
    /// Whether the server is asked for a list and a watch in one request; not any more once it has refused.
    private(set) var usesStreamingList = true
    /// Failures since the last change was told.
    private(set) var failures = 0

    /// The watch told something: the server is well.
    mutating func progressed() { failures = 0 }

    /// - Parameters:
    ///   - isWatching: whether the list had come, and it is the watch that failed.
    ///   - random: 0..<1, the jitter.
    /// - Returns: how long to wait before the collection is read anew.
    mutating func delay(after error: any Error, isWatching: Bool, random: Double) -> Duration {
        let error = error as? KubernetesError
        if usesStreamingList, !isWatching, let error, error.refusesStreamingList {
            usesStreamingList = false
            return .zero
        }
        failures += 1
        // The server forgot the version: that is part of the game, unless it happens again at once.
        if isWatching, failures == 1, let error, error.isGone { return .zero }
        return Backoff.watch.delay(afterFailure: failures, random: random)
    }
}

extension KubernetesError {
    /// Whether the same collection may still be had by a list: the server does not know how to stream it, or something in between cut it off.
    fileprivate var refusesStreamingList: Bool {
        switch cause {
        case .status: reason == .invalid || reason == .badRequest
        case .undecodable: true
        case .transport, .invalidRequest, .configuration: false
        }
    }
}
