import Foundation
import HTTPTestServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HTTPTestServerTests {
    private static let versions: [(HTTPVersion, String, String)] = [(.http1, "--http1.1", "1.1"), (.http2, "--http2", "2")]

    /// Answers what it saw of the request.
    private static let echo: HTTPTestServer.Handler = { request, responder in
        let body = try await request.body.collect()
        let seen = "\(request.method) \(request.path) q=\(request.parameter("q") ?? "-") x=\(request.headers["X-Test"] ?? "-") \(body.count)"
        try await responder.respond(201, headers: ["x-reply": "yes"], body: seen)
    }

    @Test(arguments: versions)
    func oneHandlerServesBothProtocols(_ version: HTTPVersion, _ option: String, _ name: String) async throws {
        try await withHTTPTestServer(handler: Self.echo) { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let large = try curl.file("large", String(repeating: "x", count: 3_000_000))
                let result = try await curl.run(
                    option, "--cacert", ca, "-w", " %{http_code} %{http_version}", "-H", "x-test: 1", "--data-binary", "@\(large)",
                    server.url + "/a/b?q=c+%2B")
                #expect(result.output == "POST /a/b q=c + x=1 3000000 201 \(name)", "\(result.errors)")
            }
            let seen = try await server.streams(closed: 1)
            #expect(seen.connections.first?.httpVersion == version)
            #expect(seen.requests.map(\.target) == ["/a/b?q=c+%2B"])
            #expect(seen.streams.reset == 0)
            #expect(seen.bytesConsumed == 3_000_000)
        }
    }

    @Test(arguments: versions)
    func requestsShareAConnection(_ version: HTTPVersion, _ option: String, _ name: String) async throws {
        try await withHTTPTestServer(handler: Self.echo) { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run(option, "--cacert", ca, server.url + "/[1-20]")
                #expect(result.code == 0, "\(result.errors)")
            }
            let seen = try await server.connections(open: 0)
            #expect(seen.connections.count == 1)
            #expect(seen.streams == seen.connections[0].streams)
            #expect(seen.streams.closed == 20 && seen.streams.reset == 0)
        }
    }

    @Test(arguments: versions)
    func aStreamOfChunksEndsWithTrailers(_ version: HTTPVersion, _ option: String, _ name: String) async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.start(200, headers: ["trailer": "x-sum"])
            for chunk in ["one\n", "two\n"] { try await responder.write(chunk) }
            try await responder.end(trailers: ["x-sum": "2"])
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run(option, "--cacert", ca, "-D", "-", server.url)
                #expect(result.output.contains("one\ntwo\n"))
                #expect(result.output.lowercased().contains("x-sum: 2"))
            }
        }
    }

    @Test(arguments: versions)
    func aClientThatLeavesCancelsTheHandler(_ version: HTTPVersion, _ option: String, _ name: String) async throws {
        let outcome = Observed<String?>(nil)
        try await withHTTPTestServer { _, responder in
            try await responder.start()
            try await responder.write("first\n")
            do {
                try await responder.stall()
            } catch {
                outcome.update { $0 = "\(error)" }
                throw error
            }
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await curl.run(option, "--cacert", ca, server.url) }
                    try await server.observations.wait(for: "the first chunk") { $0.bytesAccepted == 6 }
                    group.cancelAll()
                }
            }
            let seen = try await server.streams(reset: 1)
            #expect(seen.streams.open == 0)
            try await outcome.wait(for: "the handler's end") { $0 != nil }
            #expect(server.observations.value.handlerErrors == [])
        }
    }

    @Test func aResetStreamReachesTheClientWithItsCode() async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.start()
            try await responder.write("half")
            try await responder.reset(.enhanceYourCalm)
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run("--http2", "--cacert", ca, server.url)
                #expect(result.code == 92, "curl: stream error in the HTTP/2 framing layer")
                #expect(result.errors.contains("ENHANCE_YOUR_CALM"), "\(result.errors)")
            }
            #expect(try await server.streams(closed: 1).streams.reset == 0, "the client gave up nothing")
        }
    }

    @Test func aStreamThatTheClientResetsLeavesItsConnectionOpen() async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.start(headers: ["content-length": "100"])
            try await responder.stall()
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run("--http2", "--cacert", ca, "--max-filesize", "10", server.url + "/[1-3]")
                #expect(result.code == 63, "curl: maximum file size exceeded")
            }
            let seen = try await server.streams(reset: 3)
            #expect(seen.connections.count == 1)
        }
    }
}
