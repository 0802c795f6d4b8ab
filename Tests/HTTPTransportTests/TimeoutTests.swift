import HTTPTestServer
import Testing

@testable import HTTPTransport

@Suite(.serialized, .timeLimit(.minutes(3)))
struct TimeoutTests {
    private static let short: Duration = .milliseconds(150)
    private static let late: Duration = .seconds(10)

    private static let slow: HTTPTestServer.Handler = { request, responder in
        switch request.path {
        case "/call": try await responder.respond(body: "call")
        case "/body":
            try await responder.write("first")
            try await responder.stall()
        case "/drip":
            for _ in 0..<10_000 {
                try await responder.write("x")
                try await Task.sleep(for: .milliseconds(10))
            }
        default: try await responder.stall()
        }
    }

    @Test(
        arguments: [
            ("/", .init(responseHead: short), .responseHead), ("/", .init(total: short), .total), ("/body", .init(idle: short), .idle),
            ("/body", .init(total: short), .total),
            ("/drip", .init(idle: .seconds(5), total: .milliseconds(300)), .total),
        ] as [(String, HTTPRequest.Timeouts, HTTPTransportError.Timeout)], [HTTPVersionPreference.automatic, .http1])
    func eachTimeoutEndsTheExchangeUnderItsName(
        _ test: (path: String, timeouts: HTTPRequest.Timeouts, expected: HTTPTransportError.Timeout), _ version: HTTPVersionPreference
    ) async throws {
        try await withHTTPTestServer(handler: Self.slow) { server in
            try await withTransport(.trusting(server.caPEM) { $0.version = version }) { transport in
                // A connection is there then, and all of a short time is left for what is tested.
                try await expect("call", from: HTTPRequest(url: server.url + "/call"), by: transport)
                let error = await within(Self.late) {
                    await transportError { try await exchange(transport, HTTPRequest(url: server.url + test.path, timeouts: test.timeouts)) }
                }
                #expect(error?.kind == .timeout(test.expected))
                #expect(error?.requestMayHaveBeenSent == true)
                try await server.streams(reset: 1)
                #expect(transport.statistics.openTransfers == 0 && transport.statistics.transfersFailed == 1)
            }
        }
    }

    @Test func aServerThatNeverFinishesTheHandshakeIsAConnectTimeout() async throws {
        try await withRawTestServer { connection in
            try await connection.readToEnd()
        } body: { server in
            try await withTransport { transport in
                let url = server.url.replacing("http:", with: "https:")
                let error = await within(Self.late) {
                    await transportError { try await exchange(transport, HTTPRequest(url: url, timeouts: .init(connect: Self.short))) }
                }
                #expect(error?.kind == .timeout(.connect))
                #expect(error?.requestMayHaveBeenSent == false)
            }
        }
    }

    @Test func timeInWhichTheConsumerDoesNotReadIsNoIdleTime() async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.respond(body: [UInt8](repeating: 1, count: 2 << 20))
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let request = HTTPRequest(url: server.url, timeouts: .init(idle: .milliseconds(100)))
                let response = try await transport.send(request)
                try await waitUntil("the stream is paused") { transport.statistics.responsesPaused > 0 }
                // Three idle timeouts long, seen from a second exchange on the same loop that runs into its own.
                for _ in 0..<3 {
                    _ = await transportError {
                        try await exchange(transport, HTTPRequest(url: "http://127.0.0.1:\(server.port)", timeouts: .init(total: .milliseconds(110))))
                    }
                }
                #expect(try await response.body.collect(upTo: 4 << 20).count == 2 << 20)
            }
        }
    }

    @Test func aNameWithoutAddressIsSaidToBeOne() async throws {
        try await withTransport { transport in
            let error = await transportError {
                try await exchange(transport, HTTPRequest(url: "https://nowhere.invalid/a?secret=1", timeouts: .init(connect: .seconds(20))))
            }
            #expect(error?.kind == .nameResolution && error?.requestMayHaveBeenSent == false)
            #expect(error?.description.contains("secret") == false)
        }
    }

    @Test func aRefusedConnectionIsSaidToBeOne() async throws {
        let server = try await RawTestServer.start { _ in }
        await server.shutdown()
        try await withTransport { transport in
            let error = await transportError { try await exchange(transport, HTTPRequest(url: server.url)) }
            #expect(error?.kind == .connect && error?.requestMayHaveBeenSent == false)
        }
    }
}
