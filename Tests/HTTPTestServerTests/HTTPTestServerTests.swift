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
                let large = try curl.file("large", bytes: 3_000_000)
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

    @Test func aConnectionOutlivesHundredsOfStreamsThatTheClientResets() async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.start(headers: ["content-length": "100"])
            try await responder.stall()
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run("--http2", "--cacert", ca, "--max-filesize", "10", server.url + "/[1-500]")
                #expect(result.code == 63, "curl: maximum file size exceeded")
            }
            let seen = try await server.streams(reset: 500)
            #expect(seen.connections.count == 1)
        }
    }

    @Test(arguments: versions)
    func aClientThatDoesNotReadHoldsTheHandlerBack(_ version: HTTPVersion, _ option: String, _ name: String) async throws {
        let chunk = [UInt8](repeating: 1, count: 1 << 20)
        try await withHTTPTestServer { request, responder in
            guard request.path == "/flood" else { return try await responder.respond(body: "ok") }
            for _ in 1...256 { try await responder.write(chunk) }
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                // curl stops reading because nobody reads the pipe that it writes to.
                let pipe = Pipe()
                let process = Process()
                process.executableURL = URL(filePath: "/usr/bin/env")
                process.arguments = ["curl", "--silent", "--noproxy", "*", option, "--cacert", ca, server.url + "/flood"]
                process.standardOutput = pipe
                try process.run()
                try await server.observations.wait(for: "the first chunk") { $0.bytesAccepted >= 1 << 20 }
                // Another client's round trips give the server every occasion to go on.
                for _ in 1...5 { #expect(try await curl.run(option, "--cacert", ca, server.url).output == "ok") }
                let accepted = server.observations.value.bytesAccepted
                #expect(accepted < 100 << 20, "accepted \(accepted) bytes")
                kill(process.processIdentifier, SIGKILL)
            }
            let seen = try await server.streams(reset: 1)
            #expect(seen.bytesAccepted < 100 << 20)
        }
    }

    @Test(arguments: versions)
    func aHandlerThatDoesNotReadHoldsTheClientBack(_ version: HTTPVersion, _ option: String, _ name: String) async throws {
        let mayRead = Observed(false)
        try await withHTTPTestServer { request, responder in
            guard request.method == "PUT" else { return try await responder.respond() }
            var iterator = request.body.makeAsyncIterator()
            let first = try await iterator.next() ?? []
            try await mayRead.wait(for: "leave to read", within: .seconds(180)) { $0 }
            let rest = try await request.body.collect()
            try await responder.respond(body: "\(first.count + rest.count)")
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let large = try curl.file("large", bytes: 5_000_000)
                async let upload = curl.run(option, "--cacert", ca, "--upload-file", large, server.url)
                try await server.observations.wait(for: "the first bytes") { $0.bytesConsumed > 0 }
                for _ in 1...5 { _ = try await curl.run(option, "--cacert", ca, server.url) }
                let received = server.observations.value.bytesReceived
                #expect(received < 1 << 20, "took \(received) bytes that nobody reads")
                try await server.streams(open: 1, within: .seconds(60))
                mayRead.update { $0 = true }
                #expect(try await upload.output == "5000000")
            }
        }
    }

    @Test(arguments: versions)
    func aConnectionClosedInTheMiddleTruncatesTheBody(_ version: HTTPVersion, _ option: String, _ name: String) async throws {
        try await withHTTPTestServer { request, responder in
            try await responder.start(headers: ["content-length": "100"])
            try await responder.write("half")
            if request.path == "/abort" { request.connection.abort() } else { request.connection.close() }
            try await responder.stall()
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                for path in ["/close", "/abort"] {
                    let result = try await curl.run(option, "--cacert", ca, server.url + path)
                    #expect(result.code != 0, "\(path): \(result.errors)")
                    #expect(result.output == "half")
                }
            }
            let seen = try await server.streams(closed: 2)
            #expect(seen.streams.reset == 0, "the client gave up nothing")
            #expect(try await server.connections(open: 0).connections.count == 2)
        }
    }

    @Test func goAwayLetsTheStreamEndAndMovesLaterOnesToANewConnection() async throws {
        try await withHTTPTestServer { request, responder in
            if request.path == "/1" { try await request.connection.goAway() }
            try await responder.respond(body: "c\(request.connection.id)s\(request.streamID ?? 0) ")
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run("--http2", "--cacert", ca, server.url + "/[1-3]")
                #expect(result.output == "c1s1 c2s1 c2s3 ", "\(result.errors)")
            }
        }
    }

    @Test func goAwayBelowAStreamRefusesIt() async throws {
        try await withHTTPTestServer { request, responder in
            guard request.connection.id == 1 else { return try await responder.respond(body: "second connection") }
            try await request.connection.goAway(lastStreamID: 0)
            try await responder.stall()
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run("--http2", "--cacert", ca, server.url)
                // Either curl repeats the request, as it may, or it reports the refusal; it must not wait for an answer.
                #expect(result.output == "second connection" || result.code != 0)
                #expect(result.code != 28, "curl: time out")
            }
        }
    }

    @Test func priorKnowledgeAndPlainHTTPWorkWithoutTLS() async throws {
        try await Curl.with { curl in
            for (alpn, option, reply) in [([HTTPVersion.http2], "--http2-prior-knowledge", "h2"), ([.http2, .http1], "--http1.1", "http/1.1")] {
                try await withHTTPTestServer(tls: .none, alpn: alpn) { request, responder in
                    try await responder.respond(body: request.httpVersion.rawValue)
                } body: { server in
                    #expect(server.url.hasPrefix("http://"))
                    let result = try await curl.run(option, server.url)
                    #expect(result.output == reply, "\(result.errors)")
                }
            }
        }
    }

    @Test(arguments: versions)
    func aHandlerThatFailsOrForgetsToAnswerIsAnError(_ version: HTTPVersion, _ option: String, _ name: String) async throws {
        struct Mistake: Error {}
        try await withHTTPTestServer { request, responder in
            if request.path == "/throw" { throw Mistake() }
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run(option, "--cacert", ca, "-o", "/dev/null", "-w", "%{http_code} ", server.url + "/{throw,forget}")
                #expect(result.output == "500 500 " || result.output == "500 ", "\(result.errors)")
            }
            let seen = try await server.streams(closed: 2)
            #expect(seen.handlerErrors == ["GET /throw: Mistake()"])
        }
    }

    @Test(arguments: versions)
    func headHasNoBodyAndTheConnectionGoesOn(_ version: HTTPVersion, _ option: String, _ name: String) async throws {
        try await withHTTPTestServer { request, responder in
            if request.path == "/chunks" {
                try await responder.start()
                if request.method != "HEAD" { try await responder.write("body") }
                try await responder.end()
            } else if request.method == "HEAD" {
                try await responder.respond(headers: ["content-length": "4"])
            }
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run(option, "--cacert", ca, "-I", server.url + "/{chunks,whole,chunks}")
                #expect(result.code == 0, "\(result.errors)")
            }
            #expect(try await server.streams(closed: 3).connections.count == 1)
        }
    }

    @Test func shutdownEndsConnectionsAndHandlersThatStall() async throws {
        let ended = Observed(0)
        let server = try await HTTPTestServer.start { _, responder in
            defer { ended.update { $0 += 1 } }
            try await responder.stall()
        }
        try await Curl.with { curl in
            let ca = try curl.file("ca.pem", server.caPEM)
            async let first = curl.run("--cacert", ca, server.url)
            async let second = curl.run("--cacert", ca, server.url)
            try await server.streams(open: 2)
            await server.shutdown()
            #expect(ended.value == 2)
            #expect(server.observations.value.openConnections == 0)
            #expect(try await first.code != 0)
            #expect(try await second.code != 0)
            #expect(try await curl.run("--cacert", ca, server.url).code == 7, "curl: could not connect")
        }
    }
}
