import Synchronization

/// What the answer to a request warns of, whether it succeeds or fails. Collected while the request is worked on.
final class RequestWarnings: Sendable {
    private let collected = Mutex(ResponseWarnings())

    func add(_ texts: [String]) {
        guard !texts.isEmpty else { return }
        collected.withLock { warnings in for text in texts { warnings.add(text) } }
    }

    /// The values of the `Warning` headers.
    var headers: [String] { collected.withLock { $0.headers } }
}
