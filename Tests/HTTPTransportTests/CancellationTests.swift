import HTTPTestServer
import Testing

@testable import HTTPTransport

@Suite(.serialized, .timeLimit(.minutes(3)))
struct CancellationTests {
    /// Answers calls, and begins or does not begin what it never ends.
    private static let stalls: HTTPTestServer.Handler = { request, responder in
        if request.path == "/call" { return try await responder.respond(body: "call") }
        if request.path == "/head" { try await responder.stall() }
        try await responder.write("first")
        try await responder.stall()
    }

    @Test(arguments: [HTTPVersionPreference.automatic, .http1])
    func cancellingBeforeTheHeadEndsTheStreamAtOnce(_ version: HTTPVersionPreference) async throws {
        try await withHTTPTestServer(handler: Self.stalls) { server in
            try await withTransport(.trusting(server.caPEM) { $0.version = version }) { transport in
                let watch = try await transport.send(HTTPRequest(url: server.url))
                let call = Task { try await transport.send(HTTPRequest(url: server.url + "/head")) }
                try await server.streams(opened: 2)
                call.cancel()
                let error = await transportError { _ = try await call.value }
                #expect(error?.kind == .cancelled && error?.requestMayHaveBeenSent == true)
                try await server.streams(reset: 1)
                await transport.settle()
                #expect(transport.statistics.openTransfers == 1 && transport.statistics.transfersCancelled == 1)
                try await expect("call", from: HTTPRequest(url: server.url + "/call"), by: transport)
                #expect(transport.statistics.connectionsMade == (version == .automatic ? 1 : 3), "an HTTP/2 connection stays")
                withExtendedLifetime(watch) {}
            }
        }
    }

    @Test(arguments: [HTTPVersionPreference.automatic, .http1])
    func cancellingWhileReadingEndsTheStreamAtOnce(_ version: HTTPVersionPreference) async throws {
        try await withHTTPTestServer(handler: Self.stalls) { server in
            try await withTransport(.trusting(server.caPEM) { $0.version = version }) { transport in
                let watch = try await transport.send(HTTPRequest(url: server.url))
                let first = Observed(false)
                let reading = Task {
                    for try await _ in try await transport.send(HTTPRequest(url: server.url)).body { first.update { $0 = true } }
                }
                try await first.wait(for: "the first chunk") { $0 }
                reading.cancel()
                #expect(await transportError { try await reading.value }?.kind == .cancelled)
                try await server.streams(reset: 1)
                try await expect("call", from: HTTPRequest(url: server.url + "/call"), by: transport)
                #expect(transport.statistics.connectionsMade == (version == .automatic ? 1 : 3), "an HTTP/2 connection stays")
                withExtendedLifetime(watch) {}
            }
        }
    }

    @Test func droppingTheBodyEndsTheStream() async throws {
        try await withHTTPTestServer(handler: Self.stalls) { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let watch = try await transport.send(HTTPRequest(url: server.url))
                _ = try await transport.send(HTTPRequest(url: server.url))
                try await server.streams(reset: 1)
                var iterator: HTTPBody.AsyncIterator? = try await transport.send(HTTPRequest(url: server.url)).body.makeAsyncIterator()
                #expect(try await iterator?.next() == Array("first".utf8))
                #expect(server.observations.value.streams.reset == 1, "the iterator keeps it")
                iterator = nil
                try await server.streams(reset: 2)
                #expect(transport.statistics.connectionsMade == 1)
                withExtendedLifetime(watch) {}
            }
        }
    }

    @Test func aTaskThatIsCancelledAlreadySendsNothing() async throws {
        try await withHTTPTestServer(handler: Self.stalls) { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let gate = Observed(false)
                let call = Task {
                    _ = try? await gate.wait(for: "cancellation") { $0 }
                    _ = try await transport.send(HTTPRequest(url: server.url))
                }
                call.cancel()
                let error = await transportError { try await call.value }
                #expect(error?.kind == .cancelled && error?.requestMayHaveBeenSent == false)
                await transport.settle()
                #expect(server.observations.value.connections.isEmpty)
            }
        }
    }

    /// From before the connection to the middle of the body, as it comes; what is left must be nothing.
    @Test func fiveThousandCancelledCallsLeaveNothing() async throws {
        try await withHTTPTestServer(limits: ServerLimits(maxConcurrentStreams: 1000), handler: Self.stalls) { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                for batch in 0..<25 {
                    await withTaskGroup(of: Void.self) { group in
                        for index in 0..<200 {
                            group.addTask {
                                let call = Task {
                                    for try await _ in try await transport.send(HTTPRequest(url: "\(server.url)/\(index % 2 == 0 ? "head" : "")")).body {}
                                }
                                for _ in 0..<(index * 7 + batch) % 50 { await Task.yield() }
                                call.cancel()
                                await #expect(throws: HTTPTransportError.self) { try await call.value }
                            }
                        }
                    }
                }
                await transport.settle()
                let statistics = transport.statistics
                #expect(statistics.openTransfers == 0)
                #expect(statistics.transfersCancelled == statistics.transfersStarted)
                try await server.streams(open: 0)
            }
        }
    }

    @Test func shutdownEndsWhatIsOpenAndRefusesWhatComes() async throws {
        try await withHTTPTestServer(handler: Self.stalls) { server in
            let transport = try HTTPTransport(.trusting(server.caPEM))
            let response = try await transport.send(HTTPRequest(url: server.url))
            let waiting = Task { try await transport.send(HTTPRequest(url: server.url + "/head")) }
            try await server.streams(opened: 2)
            await transport.shutdown()
            #expect(await transportError { _ = try await waiting.value }?.kind == .shutdown)
            #expect(await transportError { for try await _ in response.body {} }?.kind == .shutdown)
            let late = await transportError { _ = try await transport.send(HTTPRequest(url: server.url)) }
            #expect(late?.kind == .shutdown && late?.requestMayHaveBeenSent == false)
            #expect(transport.statistics.openTransfers == 0)
            try await server.connections(open: 0)
            await transport.shutdown()
        }
    }

    @Test func droppingTheTransportClosesItsConnectionsAndABodyKeepsIt() async throws {
        try await withHTTPTestServer(handler: Self.stalls) { server in
            var transport: HTTPTransport? = try HTTPTransport(.trusting(server.caPEM))
            var body: HTTPBody.AsyncIterator? = try await transport?.send(HTTPRequest(url: server.url)).body.makeAsyncIterator()
            transport = nil
            #expect(try await body?.next() == Array("first".utf8))
            body = nil
            try await server.connections(open: 0)
        }
    }

    @Test func aBodyHasOneConsumer() async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.respond(body: "hello")
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let response = try await transport.send(HTTPRequest(url: server.url))
                #expect(try await response.text == "hello")
                #expect(await transportError { _ = try await response.text }?.kind == .bodyConsumedTwice)
            }
        }
    }

    @Test func collectingStopsAtItsLimit() async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.write("0123456789")
            try await responder.stall()
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let response = try await transport.send(HTTPRequest(url: server.url))
                #expect(await transportError { _ = try await response.body.collect(upTo: 9) }?.kind == .tooLarge(.bodyBytes))
                try await server.streams(reset: 1)
            }
        }
    }

    /// Bytes that had arrived before the cancellation are dropped, so what follows may not be taken for the end of the body.
    @Test func aBodyCancelledAfterItsEndHasArrivedIsNotTakenForWhole() async throws {
        let text = String(repeating: "x", count: 100_000)
        try await withHTTPTestServer { _, responder in
            try await responder.respond(body: text)
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let response = try await transport.send(HTTPRequest(url: server.url))
                try await server.streams(closed: 1)
                await transport.settle()
                while transport.statistics.openTransfers > 0 { await transport.settle() }
                let reading = Task { () -> [UInt8] in
                    withUnsafeCurrentTask { $0?.cancel() }
                    return try await response.body.collect(upTo: text.utf8.count)
                }
                #expect(await transportError { _ = try await reading.value }?.kind == .cancelled)
            }
        }
    }
}
