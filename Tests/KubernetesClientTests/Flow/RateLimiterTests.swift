import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct RateLimiterTests {
    @Test func requestsWaitForTheirTurn() async throws {
        var settings = KubernetesClient.Settings.quick()
        settings.rateLimiter = RateLimiter(ratePerSecond: 100, burst: 2)
        try await withAPIServer(settings: settings) { _, responder in
            try await responder.json("{}")
        } body: { _, client in
            let start = ContinuousClock.now
            for _ in 0..<12 { _ = try await client.serverVersion() }
            // Two at once and ten at 10 ms each.
            #expect(.now - start >= .milliseconds(95))
        }
    }

    @Test func repetitionsCountToo() async throws {
        var settings = KubernetesClient.Settings.quick(retries: 2)
        let limiter = RateLimiter(ratePerSecond: 0.000_1, burst: 4)
        settings.rateLimiter = limiter
        try await withAPIServer(settings: settings) { _, responder in
            try await responder.respond(429)
        } body: { server, client in
            _ = await callFailure { try await client.serverVersion() }
            #expect(server.observations.value.requestCount == 3)
            let wait = try await limiter.pass()
            #expect(wait == .zero)
            // All four are used: the next waits for hours, until it is cancelled.
            let waiting = Task { try await limiter.pass() }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
    }

    @Test func aCancelledWaitGivesItsTurnBack() async throws {
        // A token comes every 1,000 s: if the cancelled waits kept theirs, the last wait would be told to take hours.
        let limiter = RateLimiter(ratePerSecond: 0.001, burst: 1)
        try await limiter.pass()
        for _ in 0..<100 {
            let waiting = Task { try await limiter.pass() }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
        let wait = limiter.nextWait
        #expect(wait <= .seconds(1000))
        #expect(wait > .seconds(900))
    }

    @Test func aCallThatIsCancelledBeforeItsTurnIsNotSent() async throws {
        var settings = KubernetesClient.Settings.quick()
        settings.rateLimiter = RateLimiter(ratePerSecond: 0.001, burst: 1)
        try await withAPIServer(settings: settings) { _, responder in
            try await responder.json("{}")
        } body: { server, client in
            _ = try await client.serverVersion()
            let call = Task { try await client.serverVersion() }
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            #expect(server.observations.value.requestCount == 1)
        }
    }
}
