import HTTPTestServer
import Testing

@testable import HTTPTransport

@Suite(.serialized, .timeLimit(.minutes(3)))
struct UploadTests {
    private static let chunk = [UInt8](repeating: 0x62, count: 32 << 10)

    /// `count` chunks, counted as they are taken.
    private struct Chunks: AsyncSequence, Sendable {
        let count: Int
        let taken: Observed<Int>
        var failsAtEnd = false

        struct AsyncIterator: AsyncIteratorProtocol {
            let chunks: Chunks
            var index = 0

            mutating func next() async throws -> [UInt8]? {
                guard index < chunks.count else {
                    if chunks.failsAtEnd { throw ProducerFailed() }
                    return nil
                }
                index += 1
                chunks.taken.update { $0 += 1 }
                return UploadTests.chunk
            }
        }

        struct ProducerFailed: Error {}

        func makeAsyncIterator() -> AsyncIterator { AsyncIterator(chunks: self) }
    }

    private static let counter: HTTPTestServer.Handler = { request, responder in
        var count = 0
        for try await chunk in request.body { count += chunk.count }
        try await responder.respond(body: "\(count) \(request.headers["content-length"] ?? "none") \(request.headers["expect"] ?? "none")")
    }

    @Test(arguments: [true, false], [HTTPVersionPreference.automatic, .http1])
    func aStreamOfChunksArrivesWithAndWithoutItsLength(_ knowsLength: Bool, _ version: HTTPVersionPreference) async throws {
        try await withHTTPTestServer(handler: Self.counter) { server in
            try await withTransport(.trusting(server.caPEM) { $0.version = version }) { transport in
                let total = 300 * Self.chunk.count
                let body = HTTPRequest.Body.stream(Chunks(count: 300, taken: Observed(0)), length: knowsLength ? total : nil)
                let response = try await transport.send(HTTPRequest(method: "PUT", url: server.url, body: body))
                #expect(try await response.text == "\(total) \(knowsLength ? "\(total)" : "none") none")
            }
        }
    }

    @Test(arguments: [HTTPVersionPreference.automatic, .http1])
    func aServerThatDoesNotReadHoldsTheProducerBack(_ version: HTTPVersionPreference) async throws {
        let gate = Observed(false)
        try await withHTTPTestServer { request, responder in
            if request.path == "/call" { return try await responder.respond(body: "call") }
            try await gate.wait(for: "the gate", within: .seconds(60)) { $0 }
            try await Self.counter(request, responder)
        } body: { server in
            try await withTransport(.trusting(server.caPEM) { $0.version = version }) { transport in
                let taken = Observed(0)
                let total = 2000 * Self.chunk.count
                let request = HTTPRequest(method: "PUT", url: server.url, body: .stream(Chunks(count: 2000, taken: taken), length: total))
                let upload = Task { try await transport.send(request).text }
                try await server.streams(opened: 1)
                for _ in 0..<100 { try await expect("call", from: HTTPRequest(url: server.url + "/call"), by: transport) }
                // The buffers in between are ours, libcurl's, two of the kernel's and the server's.
                #expect(taken.value * Self.chunk.count < 16 << 20)
                gate.update { $0 = true }
                #expect(try await upload.value == "\(total) \(total) none")
            }
        }
    }

    @Test(arguments: [(10, 9 * (32 << 10), false), (10, 11 * (32 << 10), false), (10, nil, true)] as [(Int, Int?, Bool)])
    func aBodyThatIsNotAsAnnouncedIsAnError(_ count: Int, _ length: Int?, _ fails: Bool) async throws {
        try await withHTTPTestServer(handler: Self.counter) { server in
            for version in [.automatic, .http1] as [HTTPVersionPreference] {
                try await withTransport(.trusting(server.caPEM) { $0.version = version }) { transport in
                    let body = HTTPRequest.Body.stream(Chunks(count: count, taken: Observed(0), failsAtEnd: fails), length: length)
                    let error = await transportError { try await exchange(transport, HTTPRequest(method: "PUT", url: server.url, body: body)) }
                    #expect(error?.kind == .requestBody, "\(String(describing: error))")
                }
            }
        }
    }

    @Test(arguments: [HTTPVersionPreference.automatic, .http1])
    func anAnswerBeforeTheEndOfTheUploadStopsTheProducer(_ version: HTTPVersionPreference) async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.respond(413, body: "too large")
        } body: { server in
            try await withTransport(.trusting(server.caPEM) { $0.version = version }) { transport in
                let (chunks, producer) = AsyncStream.makeStream(of: [UInt8].self)
                let stopped = Observed(false)
                producer.onTermination = { _ in stopped.update { $0 = true } }
                producer.yield(Self.chunk)
                let response = try await transport.send(HTTPRequest(method: "PUT", url: server.url, body: .stream(chunks)))
                #expect(response.status == 413)
                #expect(try await response.text == "too large")
                try await stopped.wait(for: "the end of the producer") { $0 }
            }
        }
    }

    @Test func cancellingAnUploadStopsTheProducer() async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.stall()
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let (chunks, producer) = AsyncStream.makeStream(of: [UInt8].self)
                let stopped = Observed(false)
                producer.onTermination = { _ in stopped.update { $0 = true } }
                producer.yield(Self.chunk)
                let upload = Task { try await transport.send(HTTPRequest(method: "PUT", url: server.url, body: .stream(chunks))) }
                try await server.streams(opened: 1)
                upload.cancel()
                #expect(await transportError { _ = try await upload.value }?.kind == .cancelled)
                try await stopped.wait(for: "the end of the producer") { $0 }
                try await server.streams(reset: 1)
            }
        }
    }
}
