/// How long to wait before the next try: longer after every failure, up to a limit, and not the same for all who failed together.
public struct Backoff: Sendable {
    public var first: Duration
    public var longest: Duration

    public init(first: Duration, longest: Duration) {
        self.first = first
        self.longest = longest
    }

    /// For keys that failed. client-go begins with the same and ends at 1000 s, which is longer than a person waits.
    public static let work = Backoff(first: .milliseconds(5), longest: .seconds(300))
    /// For watches, as client-go's reflector.
    public static let watch = Backoff(first: .milliseconds(800), longest: .seconds(30))

    /// - Parameters:
    ///   - failures: how many tries have failed in a row; at least 1.
    ///   - random: 0..<1, the jitter.
    /// - Returns: `first`, doubled for each further failure, at most `longest`, and up to half of it more by `random`.
    public func delay(afterFailure failures: Int, random: Double) -> Duration {
        // 2^30 times the first one is longer than any limit in use, and fits.
        min(first * (1 << min(max(failures - 1, 0), 30)), longest) * (1 + random / 2)
    }
}
