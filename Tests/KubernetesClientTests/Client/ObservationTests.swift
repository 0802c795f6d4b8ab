import HTTPTestServer
import KubernetesAPI
import MetricsTestKit
import Testing
import Tracing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct ObservationTests {
    @Test func requestsAreCountedByCodeMethodAndHost() async throws {
        var settings = KubernetesClient.Settings.quick(retries: 1)
        settings.rateLimiter = RateLimiter(ratePerSecond: 1000, burst: 100)
        let host = try await withAPIServer(settings: settings) { request, responder in
            switch request.path {
            case "/version": try await responder.json("{}")
            case "/busy": try await responder.respond(429)
            default: request.connection.abort()
            }
        } body: { server, client in
            for _ in 0..<3 { _ = try await client.serverVersion() }
            _ = await callFailure { try await client.raw("POST", "/busy", body: [1]) }
            _ = await callFailure { try await client.raw("POST", "/broken", body: [1]) }
            return "127.0.0.1:\(server.port)"
        }
        func requests(_ code: String, _ method: String) throws -> Int64 {
            try testMetrics.expectCounter("rest_client_requests_total", [("code", code), ("host", host), ("method", method)]).totalValue
        }
        #expect(try requests("200", "GET") == 3)
        #expect(try requests("429", "POST") == 2)
        #expect(try requests("<error>", "POST") == 1)
        let durations = try testMetrics.expectRecorder("rest_client_request_duration_seconds", [("code", "200"), ("host", host), ("verb", "GET")]).values
        #expect(durations.count == 3)
        #expect(durations.allSatisfy { $0 > 0 && $0 < 60 })
        #expect(try testMetrics.expectRecorder("rest_client_rate_limiter_duration_seconds", [("host", host)]).values == [0, 0, 0, 0, 0, 0])
        #expect(try testMetrics.expectCounter("rest_client_request_retries_total", [("host", host), ("verb", "POST")]).totalValue == 1)
    }

    @Test func theTraceContextGoesAlongWhereThereIsOne() async throws {
        TestInstrument.bootstrapped
        try await withAPIServer { _, responder in
            try await responder.json("{}")
        } body: { server, client in
            _ = try await client.serverVersion()
            let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            try await ServiceContext.withValue(TestInstrument.context(parent)) { _ = try await client.serverVersion() }
            #expect(server.observations.value.requests.map { $0.headers["traceparent"] } == [nil, parent])
        }
    }
}
