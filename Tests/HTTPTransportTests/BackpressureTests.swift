import HTTPTestServer
import Testing

@testable import HTTPTransport

@Suite(.serialized, .timeLimit(.minutes(3)))
struct BackpressureTests {
    /// Sends as much as the client takes at `/flood`, and answers anything else at once.
    private static let flood: HTTPTestServer.Handler = { request, responder in
        guard request.path == "/flood" else { return try await responder.respond(body: "call") }
        let total = Int(request.query) ?? .max
        let chunk = [UInt8](repeating: request.headers["x-letter"]?.utf8.first ?? 0x61, count: 64 << 10)
        var sent = 0
        while sent < total {
            try await responder.write(chunk)
            sent += chunk.count
        }
    }

    @Test func aSlowConsumerOfItsOwnConnectionHoldsTheServerBack() async throws {
        try await withHTTPTestServer(handler: Self.flood) { server in
            try await withTransport(.trusting(server.caPEM) { $0.version = .http1 }) { transport in
                let slow = try await transport.send(HTTPRequest(url: server.url + "/flood"))
                try await waitUntil("the stream is paused") { transport.statistics.responsesPaused > 0 }
                #expect(transport.statistics.bodyBytesReceived <= (256 + 16) << 10)
                for _ in 0..<20 { try await expect("call", from: HTTPRequest(url: server.url), by: transport) }
                #expect(transport.statistics.bodyBytesReceived <= (256 + 17) << 10)
                withExtendedLifetime(slow) {}
            }
        }
    }

    @Test func aSlowConsumerDoesNotHoldUpTheOthersOnItsConnection() async throws {
        try await withHTTPTestServer(handler: Self.flood) { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let slow = try await transport.send(HTTPRequest(url: server.url + "/flood"))
                try await waitUntil("the stream is paused") { transport.statistics.responsesPaused > 0 }
                var calls = 0
                // 32 MiB is what libcurl grants a stream. The first that the server cannot send any more is on the way then.
                try await waitUntil("the server is held back") {
                    calls += 1
                    await #expect(throws: Never.self) {
                        try await within(.seconds(5)) { try await expect("call", from: HTTPRequest(url: server.url), by: transport) }
                    }
                    return server.observations.value.bytesAccepted >= 32 << 20
                }
                for _ in 0..<100 { try await within(.seconds(5)) { try await expect("call", from: HTTPRequest(url: server.url), by: transport) } }
                #expect(server.observations.value.bytesAccepted < 33 << 20)
                #expect(transport.statistics.bodyBytesReceived < 1 << 20)
                #expect(transport.statistics.connectionsMade == 1)
                withExtendedLifetime(slow) {}
            }
        }
    }

    /// libcurl before 8.1 keeps those bytes with the handle, and would hand them out when the next response on it is held back.
    @Test func bytesOfAnAbandonedStreamDoNotTurnUpInAnotherResponse() async throws {
        try await withHTTPTestServer(handler: Self.flood) { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                func letItBeHeldBack(_ times: Int) async throws {
                    try await waitUntil("the stream is held back") { transport.statistics.responsesPaused >= times }
                    for _ in 0..<50 { try await expect("call", from: HTTPRequest(url: server.url), by: transport) }
                }
                let companion = try await transport.send(HTTPRequest(url: server.url + "/flood"))
                try await letItBeHeldBack(1)
                for round in 0..<3 {
                    let abandoned = try await transport.send(HTTPRequest(url: server.url + "/flood", headers: ["x-letter": "x"]))
                    try await letItBeHeldBack(2 * round + 2)
                    abandoned.body.cancel()
                    let other = try await transport.send(HTTPRequest(url: server.url + "/flood?\(4 << 20)", headers: ["x-letter": "b"]))
                    try await letItBeHeldBack(2 * round + 3)
                    let body = try await other.body.collect(upTo: 8 << 20)
                    #expect(body.count == 4 << 20 && body.allSatisfy { $0 == UInt8(ascii: "b") })
                }
                withExtendedLifetime(companion) {}
            }
        }
    }

    /// Over HTTP/2 it is more than libcurl keeps at a time, whatever the rhythm of the consumer.
    @Test(arguments: [HTTPVersionPreference.automatic, .http1])
    func everyByteArrivesHoweverOftenTheStreamIsHeldBack(_ version: HTTPVersionPreference) async throws {
        let total = 160 << 20
        try await withHTTPTestServer(handler: Self.flood) { server in
            try await withTransport(.trusting(server.caPEM) { $0.version = version }) { transport in
                let response = try await transport.send(HTTPRequest(url: server.url + "/flood?\(total)"))
                var received = 0
                var largest = 0
                var holds = 0
                for try await chunk in response.body {
                    received += chunk.count
                    largest = max(largest, chunk.count)
                    #expect(chunk.first == 0x61 && chunk.last == 0x61)
                    guard received > holds * total / 16 else { continue }
                    holds += 1
                    // Over HTTP/2, what libcurl reads for the calls makes it take in all that it has granted the other stream.
                    for _ in 0..<50 { try await expect("call", from: HTTPRequest(url: server.url), by: transport) }
                }
                #expect(received == total)
                #expect(largest <= 64 << 10)
                #expect(transport.statistics.responsesPaused >= 4)
            }
        }
    }
}

/// Waits for a state that nothing announces, by giving way to others until it is there.
func waitUntil(_ what: String, within deadline: Duration = .seconds(20), condition: () async -> Bool) async throws {
    let end = ContinuousClock.now + deadline
    while await !condition() {
        try #require(ContinuousClock.now < end, "\(what), not within \(deadline)")
        try await Task.sleep(for: .milliseconds(2))
    }
}
