import HTTPTestServer
import Testing

@testable import HTTPTransport

/// Runs a transport for the time of `body`, and shuts it down however that ends.
func withTransport<Result: Sendable>(
    _ configuration: HTTPTransportConfiguration = .init(proxy: .none), body: (HTTPTransport) async throws -> Result
) async throws -> Result {
    let transport = try HTTPTransport(configuration)
    do {
        let result = try await body(transport)
        await transport.shutdown()
        return result
    } catch {
        await transport.shutdown()
        throw error
    }
}

extension HTTPTransportConfiguration {
    /// Trusts the authority of a test server, and it alone.
    static func trusting(_ pem: String, change: (inout HTTPTransportConfiguration) -> Void = { _ in }) -> HTTPTransportConfiguration {
        var configuration = HTTPTransportConfiguration(tls: TLS(certificateAuthorities: Array(pem.utf8)), proxy: .none)
        change(&configuration)
        return configuration
    }
}

extension HTTPResponse {
    /// The body as text, of at most 16 MiB.
    var text: String {
        get async throws { String(decoding: try await body.collect(upTo: 16 << 20), as: UTF8.self) }
    }
}

/// Expects a response with this text.
func expect(_ text: String, from request: HTTPRequest, by transport: HTTPTransport, _ location: SourceLocation = #_sourceLocation) async throws {
    let received = try await transport.send(request).text
    #expect(received == text, sourceLocation: location)
}

/// The error that `body` ends with. Anything else is a failure of the test.
func transportError(_ location: SourceLocation = #_sourceLocation, from body: () async throws -> Void) async -> HTTPTransportError? {
    do {
        try await body()
        Issue.record("no error was thrown", sourceLocation: location)
    } catch let error as HTTPTransportError {
        return error
    } catch {
        Issue.record("another error: \(error)", sourceLocation: location)
    }
    return nil
}

/// Sends a request and reads its whole response.
func exchange(_ transport: HTTPTransport, _ request: HTTPRequest) async throws {
    for try await _ in try await transport.send(request).body {}
}

/// Runs `body`, which must take at most `limit`: what it waits for is late otherwise.
func within<Result>(_ limit: Duration, _ location: SourceLocation = #_sourceLocation, body: () async throws -> Result) async rethrows -> Result {
    let start = ContinuousClock.now
    let result = try await body()
    let taken = ContinuousClock.now - start
    #expect(taken < limit, "took \(taken)", sourceLocation: location)
    return result
}
