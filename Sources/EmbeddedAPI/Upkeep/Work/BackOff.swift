/// How long to wait before the next try: longer after every failure, up to a limit, and not the same for all who failed together.
struct BackOff: Sendable {
    let first: Duration
    let longest: Duration

    static let work = BackOff(first: .milliseconds(5), longest: .seconds(60))
    static let watch = BackOff(first: .milliseconds(20), longest: .seconds(30))

    /// - Parameters:
    ///   - failures: how many tries have failed in a row; at least 1.
    ///   - jitter: 0...1, by chance.
    /// - Returns: `first`, doubled for each further failure, at most `longest`, and up to half of it more by `jitter`.
    func delay(afterFailure failures: Int, jitter: Double) -> Duration {
        // 2^30 times the first one is longer than any limit in use, and fits.
        let doubled = first * (1 << min(max(failures - 1, 0), 30))
        return min(doubled, longest) * (1 + jitter / 2)
    }

    /// - Returns: false when the task was cancelled.
    func sleep(afterFailure failures: Int) async -> Bool {
        (try? await Task.sleep(for: delay(afterFailure: failures, jitter: .random(in: 0...1)))) != nil
    }
}
