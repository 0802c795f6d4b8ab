import HTTPTestServer
import Testing

@testable import HTTPTransport

@Suite(.serialized, .timeLimit(.minutes(3)))
struct MultiplexingTests {
    /// Answers when the gate's value has reached the number of streams that the test wants open at once.
    private static func heldUntil(_ gate: Observed<Bool>) -> HTTPTestServer.Handler {
        { request, responder in
            try await responder.start()
            try await gate.wait(for: "the gate", within: .seconds(60)) { $0 }
            try await responder.write(request.path)
        }
    }

    @Test(arguments: [(1000, 1), (200, 3), (100, 5)])
    func fiveHundredStreamsShareAsFewConnectionsAsTheServerAllows(_ allowed: Int, _ connections: Int) async throws {
        let gate = Observed(false)
        try await withHTTPTestServer(limits: ServerLimits(maxConcurrentStreams: allowed), handler: Self.heldUntil(gate)) { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for index in 0..<500 {
                        group.addTask {
                            let response = try await transport.send(HTTPRequest(url: "\(server.url)/\(index)"))
                            #expect(response.version == .http2)
                            #expect(try await response.text == "/\(index)")
                        }
                    }
                    try await server.streams(open: 500, within: .seconds(60))
                    gate.update { $0 = true }
                    try await group.waitForAll()
                }
                await transport.settle()
                let statistics = transport.statistics
                // Two at a time find out that a connection is full, and each makes another; so does a request whose first answer takes longer than a second.
                #expect((connections...(connections + 1)).contains(statistics.connectionsMade))
                #expect(server.observations.value.connections.count == statistics.connectionsMade)
                #expect(statistics.http2Responses == 500 && statistics.transfersCompleted == 500 && statistics.openTransfers == 0)
            }
        }
    }

    @Test func callsGoOnBesideOpenWatches() async throws {
        try await withHTTPTestServer { request, responder in
            guard request.path == "/watch" else { return try await responder.respond(body: "call") }
            try await responder.write("event")
            try await responder.stall()
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                var watches: [HTTPBody.AsyncIterator] = []
                for _ in 0..<50 {
                    var watch = try await transport.send(HTTPRequest(url: server.url + "/watch")).body.makeAsyncIterator()
                    #expect(try await watch.next() == Array("event".utf8))
                    watches.append(watch)
                }
                for _ in 0..<50 { try await expect("call", from: HTTPRequest(url: server.url + "/call"), by: transport) }
                #expect(transport.statistics.connectionsMade == 1)
                #expect(transport.statistics.openTransfers == 50)
            }
            try await server.streams(open: 0)
        }
    }

    @Test func aServerWithoutHTTP2IsSpokenToInHTTP1OverKeptConnections() async throws {
        try await withHTTPTestServer(alpn: [.http1]) { _, responder in
            try await responder.respond(body: "hello")
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                for _ in 0..<5 {
                    let response = try await transport.send(HTTPRequest(url: server.url))
                    #expect(response.version == .http11)
                    #expect(try await response.text == "hello")
                }
                #expect(transport.statistics.connectionsMade == 1)
            }
        }
    }

    @Test func aTransportThatWantsHTTP1SpeaksIt() async throws {
        try await withHTTPTestServer { request, responder in
            try await responder.respond(body: request.httpVersion.rawValue)
        } body: { server in
            try await withTransport(.trusting(server.caPEM) { $0.version = .http1 }) { transport in
                for _ in 0..<3 { try await expect("http/1.1", from: HTTPRequest(url: server.url), by: transport) }
                #expect(transport.statistics.connectionsMade == 1 && transport.statistics.http1Responses == 3)
            }
        }
    }

    @Test func aNewConnectionTakesOverAfterTheServerHasSaidGoAway() async throws {
        try await withHTTPTestServer { request, responder in
            if request.path == "/leave" { try await request.connection.goAway() }
            try await responder.respond(body: "\(request.connection.id)")
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                try await expect("1", from: HTTPRequest(url: server.url + "/leave"), by: transport)
                try await expect("2", from: HTTPRequest(url: server.url), by: transport)
            }
        }
    }

    @Test func methodsHeadersAndBodiesArriveAsTheyWereSent() async throws {
        try await withHTTPTestServer { request, responder in
            let body = try await request.body.collect()
            let length = request.headers["content-length"] ?? "none"
            let seen =
                "\(request.method) \(request.target) x=\(request.headers["x-test"] ?? "-") \(length) \(body.count) \(request.headers["content-type"] ?? "-")"
            try await responder.respond(207, headers: ["x-reply": "a"], body: seen)
        } body: { server in
            for version in [.automatic, .http1] as [HTTPVersionPreference] {
                try await withTransport(.trusting(server.caPEM) { $0.version = version }) { transport in
                    for (method, body, expected) in [
                        ("GET", .none, "none 0 -"), ("DELETE", .none, "none 0 -"), ("POST", .none, "0 0 -"), ("PATCH", .bytes([1, 2, 3]), "3 3 -"),
                        ("PUT", .bytes(Array(repeating: 7, count: 3_000_000)), "3000000 3000000 -"), ("DELETE", .bytes([1]), "1 1 -"),
                        ("POST", .bytes([]), "0 0 -"),
                    ] as [(String, HTTPRequest.Body, String)] {
                        let request = HTTPRequest(method: method, url: server.url + "/a/../b?q=%20", headers: ["x-test": ""], body: body)
                        let response = try await transport.send(request)
                        #expect(try await response.text == "\(method) /a/../b?q=%20 x= \(expected)")
                        #expect(response.status == 207 && response.headers["X-Reply"] == "a")
                    }
                    let head = try await transport.send(HTTPRequest(method: "HEAD", url: server.url))
                    #expect(head.status == 207)
                    #expect(try await head.text == "")
                }
            }
        }
    }
}
