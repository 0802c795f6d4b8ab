import Foundation
import HTTPTestServer
import Testing

@testable import HTTPTransport

@Suite(.serialized, .timeLimit(.minutes(3)))
struct DecompressionTests {
    /// What `gzip` makes of `bytes`.
    private static func gzip(_ bytes: Data) throws -> [UInt8] {
        let source = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-\(UUID().uuidString)")
        try bytes.write(to: source)
        defer { try? FileManager.default.removeItem(at: source) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-9", "-c", source.path]
        process.standardOutput = output
        try process.run()
        let result = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(result)
    }

    private func withServer(of body: [UInt8], _ test: (HTTPTestServer, HTTPTransport) async throws -> Void) async throws {
        try await withHTTPTestServer { request, responder in
            let isAsked = request.headers["accept-encoding"] == "gzip"
            try await responder.respond(headers: isAsked ? ["content-encoding": "gzip", "etag": "1"] : [:], body: body)
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in try await test(server, transport) }
        }
    }

    @Test(arguments: [HTTPVersionPreference.automatic, .http1])
    func aCompressedBodyArrivesDecompressed(_ version: HTTPVersionPreference) async throws {
        let text = (0..<100_000).map { "line \($0)\n" }.joined()
        let body = try Self.gzip(Data(text.utf8))
        try await withServer(of: body) { server, transport in
            let response = try await transport.send(HTTPRequest(url: server.url, acceptsCompression: true))
            #expect(response.headers["content-encoding"] == nil && response.headers["content-length"] == nil && response.headers["etag"] == "1")
            #expect(try await response.text == text)
            let raw = try await transport.send(HTTPRequest(url: server.url))
            #expect(try await raw.body.collect(upTo: 1 << 20) == body)
        }
    }

    @Test(arguments: [HTTPVersionPreference.automatic, .http1])
    func aBombIsStopped(_ version: HTTPVersionPreference) async throws {
        try await withServer(of: try Self.gzip(Data(count: 200 << 20))) { server, transport in
            let request = HTTPRequest(url: server.url, acceptsCompression: true)
            #expect(await transportError { try await exchange(transport, request) }?.kind == .tooLarge(.decompressionRatio))
            var limited = request
            limited.limits = .init(bodyBytes: 1 << 20, decompressionRatio: 10_000)
            #expect(await transportError { try await exchange(transport, limited) }?.kind == .tooLarge(.bodyBytes))
            #expect(transport.statistics.bodyBytesReceived < 16 << 20)
        }
    }

    @Test func aConsumerThatLeavesMoreThanLibcurlKeepsLosesItsStream() async throws {
        try await withServer(of: try Self.gzip(Data(count: 200 << 20))) { server, transport in
            let request = HTTPRequest(url: server.url, acceptsCompression: true, limits: .init(decompressionRatio: 10_000))
            let response = try await transport.send(request)
            // What libcurl reads for the calls makes it read on for the other as well.
            try await waitUntil("the end") {
                await #expect(throws: Never.self) { try await exchange(transport, HTTPRequest(method: "HEAD", url: server.url)) }
                return transport.statistics.transfersFailed == 1
            }
            #expect(await transportError { for try await _ in response.body {} }?.kind == .consumerTooSlow)
        }
    }
}
