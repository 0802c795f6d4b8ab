import NIOCore
import NIOPosix

/// An HTTP server in the process of the tests, on 127.0.0.1, that does what the test's handler says: also what no decent server would do.
///
/// ```swift
/// try await withHTTPTestServer { request, responder in
///     try await responder.respond(200, body: "hello")
/// } body: { server in
///     // ... call server.url, trusting server.caPEM ...
///     try await server.streams(closed: 1)
/// }
/// ```
public final class HTTPTestServer: Sendable {
    /// Answers one request. Cancelled when the client gives up the stream before the response is complete. A thrown error is a 500, or a reset
    /// after the head, and is listed in ``ServerObservations/handlerErrors``.
    public typealias Handler = @Sendable (TestRequest, TestResponder) async throws -> Void

    /// The port on 127.0.0.1.
    public let port: Int
    /// Without a slash at the end: `https://127.0.0.1:40001`.
    public let url: String
    /// Signed the server's certificate and signs those of clients. Made for each server, also for one without TLS.
    public let authority: TestCertificateAuthority
    /// What the server has seen so far, to look at and to wait for.
    public let observations: Observed<ServerObservations>

    private let core: ServerCore
    private let listener: any Channel

    private init(port: Int, scheme: String, authority: TestCertificateAuthority, core: ServerCore, listener: any Channel) {
        self.port = port
        url = "\(scheme)://127.0.0.1:\(port)"
        self.authority = authority
        observations = core.observations
        self.core = core
        self.listener = listener
    }

    deinit {
        listener.close(promise: nil)
    }

    /// Starts a server on a free port.
    ///
    /// - Parameters:
    ///   - alpn: what the server offers, most wanted first. Without TLS, `[.http2]` alone means HTTP/2 with prior knowledge and anything else HTTP/1.1.
    ///   - limits: HTTP/2 settings and the like.
    public static func start(
        tls: ServerTLS = .selfSigned(), alpn: [HTTPVersion] = [.http2, .http1], limits: ServerLimits = ServerLimits(), handler: @escaping Handler
    ) async throws(TestServerError) -> HTTPTestServer {
        let authority = try TestCertificateAuthority()
        let core = ServerCore(requestLogLimit: limits.requestLogLimit, handler: handler)
        let setup = try ConnectionSetup(tls: tls, alpn: alpn, limits: limits, authority: authority, core: core)
        do {
            let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelOption(.backlog, value: 1024)
                .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .childChannelInitializer(setup.configure)
                .bind(host: "127.0.0.1", port: 0).get()
            guard let port = listener.localAddress?.port else { throw TestServerError.setup("the listening socket has no port") }
            return HTTPTestServer(port: port, scheme: setup.usesTLS ? "https" : "http", authority: authority, core: core, listener: listener)
        } catch {
            throw .setup("\(error)")
        }
    }

    /// Stops listening, closes every connection, cancels the handlers and waits for them. May be called again.
    public func shutdown() async {
        try? await listener.close().get()
        await core.shutdown()
    }

    /// Stops listening and leaves the open connections alone: new ones are refused.
    public func stopAccepting() async {
        try? await listener.close().get()
    }

    /// The certificate authority that clients must trust.
    public var caPEM: String { authority.certificatePEM }

    /// A client certificate that a server with `clientAuthentication: .required()` accepts.
    public func issueClientCertificate(commonName: String, organizations: [String] = []) throws(TestServerError) -> IssuedCertificate {
        try authority.issueClientCertificate(commonName: commonName, organizations: organizations)
    }

    /// The connections that are open now, oldest first.
    public var connections: [TestConnection] { core.openConnections }

    // MARK: Waiting

    /// Waits until at least `count` streams have been opened.
    @discardableResult
    public func streams(opened count: Int, within deadline: Duration = .seconds(60)) async throws(TestServerError) -> ServerObservations {
        try await observations.wait(for: "\(count) streams opened", within: deadline) { $0.streams.opened >= count }
    }

    /// Waits until at least `count` streams have ended, in whatever way.
    @discardableResult
    public func streams(closed count: Int, within deadline: Duration = .seconds(60)) async throws(TestServerError) -> ServerObservations {
        try await observations.wait(for: "\(count) streams closed", within: deadline) { $0.streams.closed >= count }
    }

    /// Waits until the client has given up at least `count` streams.
    @discardableResult
    public func streams(reset count: Int, within deadline: Duration = .seconds(60)) async throws(TestServerError) -> ServerObservations {
        try await observations.wait(for: "\(count) streams reset", within: deadline) { $0.streams.reset >= count }
    }

    /// Waits until exactly `count` streams are open.
    @discardableResult
    public func streams(open count: Int, within deadline: Duration = .seconds(60)) async throws(TestServerError) -> ServerObservations {
        try await observations.wait(for: "\(count) streams open", within: deadline) { $0.streams.open == count }
    }

    /// Waits until exactly `count` connections are open.
    @discardableResult
    public func connections(open count: Int, within deadline: Duration = .seconds(60)) async throws(TestServerError) -> ServerObservations {
        try await observations.wait(for: "\(count) connections open", within: deadline) { $0.openConnections == count }
    }

    /// Waits until at least `count` connections have been accepted.
    @discardableResult
    public func connections(accepted count: Int, within deadline: Duration = .seconds(60)) async throws(TestServerError) -> ServerObservations {
        try await observations.wait(for: "\(count) connections accepted", within: deadline) { $0.connections.count >= count }
    }
}

/// Runs a server for the time of `body`. However that ends, the server is gone afterwards, with its connections and handlers.
public func withHTTPTestServer<Result: Sendable>(
    tls: ServerTLS = .selfSigned(), alpn: [HTTPVersion] = [.http2, .http1], limits: ServerLimits = ServerLimits(),
    handler: @escaping HTTPTestServer.Handler, body: (HTTPTestServer) async throws -> Result
) async throws -> Result {
    let server = try await HTTPTestServer.start(tls: tls, alpn: alpn, limits: limits, handler: handler)
    do {
        let result = try await body(server)
        await server.shutdown()
        return result
    } catch {
        await server.shutdown()
        throw error
    }
}
