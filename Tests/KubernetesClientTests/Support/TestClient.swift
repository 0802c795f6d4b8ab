import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

extension KubernetesClient.Settings {
    /// Retries that cost no time, no limit of the rate, and short patience.
    static func quick(retries: Int = 3) -> Self {
        Self(rateLimiter: nil, retries: RetryPolicy(limit: retries, initialDelay: .milliseconds(1), maxDelay: .seconds(5)), timeout: .seconds(20))
    }
}

extension ClientConfiguration {
    init(of server: HTTPTestServer, credentials: CredentialSource = CredentialSource()) throws {
        self.init(server: try ServerURL(parsing: server.url), trust: .certificates(Array(server.caPEM.utf8)), credentials: credentials)
    }

    init(of server: RawTestServer) throws {
        self.init(server: try ServerURL(parsing: server.url))
    }
}

/// Runs a client for the time of `body`.
func withClient<Result: Sendable>(
    _ configuration: ClientConfiguration, _ settings: KubernetesClient.Settings = .quick(), body: (KubernetesClient) async throws -> Result
) async throws -> Result {
    _ = testMetrics
    let client = KubernetesClient(configuration, settings: settings)
    do {
        let result = try await body(client)
        await client.shutdown()
        return result
    } catch {
        await client.shutdown()
        throw error
    }
}

/// Runs a server and a client of it for the time of `body`.
func withAPIServer<Result: Sendable>(
    limits: ServerLimits = ServerLimits(), settings: KubernetesClient.Settings = .quick(), configure: (inout ClientConfiguration) -> Void = { _ in },
    handler: @escaping HTTPTestServer.Handler, body: (HTTPTestServer, KubernetesClient) async throws -> Result
) async throws -> Result {
    try await withHTTPTestServer(limits: limits, handler: handler) { server in
        var configuration = try ClientConfiguration(of: server)
        configure(&configuration)
        return try await withClient(configuration, settings) { client in try await body(server, client) }
    }
}

/// The error that `body` ends with, which must be the client's own.
func callFailure<Result>(_ body: () async throws -> Result, sourceLocation: SourceLocation = #_sourceLocation) async -> KubernetesError? {
    do {
        _ = try await body()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
        return nil
    } catch let error as KubernetesError {
        return error
    } catch {
        Issue.record("\(type(of: error)) was thrown: \(error)", sourceLocation: sourceLocation)
        return nil
    }
}

/// A request as a handler saw it, whole.
struct Received: Sendable {
    let method: String
    let target: String
    let headers: Headers
    let body: String

    /// Reads a request to its end.
    init(_ request: TestRequest) async throws {
        method = request.method
        target = request.target
        headers = request.headers
        body = String(decoding: try await request.body.collect(), as: UTF8.self)
    }

    var json: JSONValue? { try? JSONValue(parsing: Array(body.utf8)) }
}

extension ConfigMap {
    /// A config map as a server would send it.
    static func text(_ name: String, version: Int = 1, data: String = "v") -> String {
        #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"\#(name)","namespace":"ml","resourceVersion":"\#(version)"},"data":{"k":"\#(data)"}}"#
    }
}
