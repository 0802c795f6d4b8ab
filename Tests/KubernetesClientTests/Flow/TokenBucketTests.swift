import Testing

@testable import KubernetesClient

@Suite struct TokenBucketTests {
    @Test func letsABurstPassAndThenTheRate() {
        var bucket = TokenBucket(ratePerSecond: 10, burst: 3)
        let start = ContinuousClock.now
        let waits = (0..<5).map { _ in bucket.reserve(now: start) }
        #expect(waits == [.zero, .zero, .zero, .milliseconds(100), .milliseconds(200)])
        // After 0.5 s five tokens have come back, of which two were promised.
        #expect((0..<4).map { _ in bucket.reserve(now: start + .milliseconds(500)) } == [.zero, .zero, .zero, .milliseconds(100)])
    }

    @Test func neverSavesMoreThanTheBurst() {
        var bucket = TokenBucket(ratePerSecond: 100, burst: 2)
        let start = ContinuousClock.now
        _ = bucket.reserve(now: start)
        let later = start + .seconds(3600)
        #expect((0..<3).map { _ in bucket.reserve(now: later) } == [.zero, .zero, .milliseconds(10)])
    }

    @Test func aClockThatGoesBackGivesNothing() {
        var bucket = TokenBucket(ratePerSecond: 10, burst: 1)
        let start = ContinuousClock.now
        _ = bucket.reserve(now: start)
        #expect(bucket.reserve(now: start - .seconds(10)) == .milliseconds(100))
    }

    @Test func aTokenThatIsGivenBackServesTheNext() {
        var bucket = TokenBucket(ratePerSecond: 1, burst: 1)
        let start = ContinuousClock.now
        _ = bucket.reserve(now: start)
        #expect(bucket.reserve(now: start) == .seconds(1))
        bucket.giveBack()
        #expect(bucket.reserve(now: start) == .seconds(1))
    }
}
