import Testing

@testable import KubernetesClient

@Suite struct RetryPolicyTests {
    static let policy = RetryPolicy(limit: 3, initialDelay: .milliseconds(100), maxDelay: .seconds(1))

    @Test(
        arguments: [
            ("429 is repeated even when it writes", .answered(status: 429, retryAfter: nil), 1, false, .milliseconds(75)),
            ("the server's wait counts", .answered(status: 429, retryAfter: .milliseconds(700)), 1, false, .milliseconds(700)),
            ("a wait of 0 is not taken literally", .answered(status: 503, retryAfter: .zero), 1, false, .milliseconds(75)),
            ("a wait beyond our patience is an error", .answered(status: 503, retryAfter: .seconds(2)), 1, true, nil),
            ("503 with Retry-After was not processed", .answered(status: 503, retryAfter: .milliseconds(1)), 2, false, .milliseconds(150)),
            ("503 without it is repeated for reading", .answered(status: 503, retryAfter: nil), 1, true, .milliseconds(75)),
            ("503 without it is final for writing", .answered(status: 503, retryAfter: nil), 1, false, nil),
            ("501 is final", .answered(status: 501, retryAfter: nil), 1, true, nil),
            ("404 is final", .answered(status: 404, retryAfter: .zero), 1, true, nil),
            ("409 is final: the caller must read again", .answered(status: 409, retryAfter: nil), 1, false, nil),
            ("a lost connection is repeated for reading", .failed(mayHaveArrived: true), 1, true, .milliseconds(75)),
            ("a lost connection is final for writing", .failed(mayHaveArrived: true), 1, false, nil),
            ("a refused connection is repeated for writing", .failed(mayHaveArrived: false), 1, false, .milliseconds(75)),
            ("waits double", .failed(mayHaveArrived: false), 3, false, .milliseconds(300)),
            ("the limit ends it", .failed(mayHaveArrived: false), 4, true, nil),
        ] as [(String, RetryPolicy.Outcome, Int, Bool, Duration?)])
    func decides(_ rule: String, after outcome: RetryPolicy.Outcome, attempt: Int, isReadOnly: Bool, _ expected: Duration?) {
        let delay = Self.policy.delay(after: outcome, attempt: attempt, isReadOnly: isReadOnly, random: 0.5)
        #expect(delay == expected)
    }

    @Test func jitterSpreadsOverHalfTheWait() {
        let delays = [0, 0.999].map { Self.policy.delay(after: .failed(mayHaveArrived: false), attempt: 2, isReadOnly: true, random: $0) }
        #expect(delays[0] == .milliseconds(100))
        #expect(delays[1].map { $0 > .milliseconds(199) && $0 < .milliseconds(200) } == true)
    }

    @Test func waitsNeverExceedTheMaximum() {
        let patient = RetryPolicy(limit: 100, initialDelay: .milliseconds(100), maxDelay: .seconds(1))
        #expect(patient.delay(after: .failed(mayHaveArrived: false), attempt: 90, isReadOnly: true, random: 0.9999).map { $0 <= .seconds(1) } == true)
    }
}
