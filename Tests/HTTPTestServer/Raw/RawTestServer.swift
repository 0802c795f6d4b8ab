import NIOCore
import NIOPosix
import NIOSSL

/// What a ``RawTestServer`` has seen so far.
public struct RawObservations: Sendable {
    public internal(set) var accepted = 0
    public internal(set) var open = 0
    /// What scripts threw, other than because the client had left.
    public internal(set) var scriptErrors: [String] = []
}

/// A server that speaks bytes, for what no HTTP library would send: garbage, half a frame, endless headers, truncated bodies.
///
/// ```swift
/// try await withRawTestServer { connection in
///     try await connection.read(through: "\r\n\r\n")
///     try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
/// } body: { server in ... }
/// ```
public final class RawTestServer: Sendable {
    /// Plays one connection, which is closed when the script returns or throws.
    public typealias Script = @Sendable (RawConnection) async throws -> Void

    /// The port on 127.0.0.1.
    public let port: Int
    /// Without a slash at the end.
    public let url: String
    public let authority: TestCertificateAuthority
    public let observations: Observed<RawObservations>
    let work: OpenWork
    private let listener: any Channel

    private init(
        port: Int, usesTLS: Bool, authority: TestCertificateAuthority, observations: Observed<RawObservations>, work: OpenWork, listener: any Channel
    ) {
        self.port = port
        url = "\(usesTLS ? "https" : "http")://127.0.0.1:\(port)"
        self.authority = authority
        self.observations = observations
        self.work = work
        self.listener = listener
    }

    deinit {
        listener.close(promise: nil)
    }

    /// Starts a server on a free port.
    ///
    /// - Parameter alpn: what the server agrees to, with TLS; the script must then speak it.
    public static func start(
        tls: ServerTLS = .none, alpn: [HTTPVersion] = [], script: @escaping Script
    ) async throws(TestServerError) -> RawTestServer {
        try await start(tls: tls, alpn: alpn, work: OpenWork(), script: script)
    }

    static func start(
        tls: ServerTLS, alpn: [HTTPVersion], work: OpenWork, script: @escaping Script
    ) async throws(TestServerError) -> RawTestServer {
        let authority = try TestCertificateAuthority()
        let observations = Observed(RawObservations())
        let context = try tls.makeContext(authority: authority, alpn: alpn.map(\.rawValue))
        do {
            let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelOption(.backlog, value: 1024)
                .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let context { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context)) }
                        let id = observations.update { seen in
                            seen.accepted += 1
                            seen.open += 1
                            return seen.accepted
                        }
                        work.add(channel) { observations.update { $0.open -= 1 } }
                        _ = try RawConnection.attach(to: channel, id: id) { connection in
                            _ = work.run { await play(script, on: connection, observations) }
                        }
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            guard let port = listener.localAddress?.port else { throw TestServerError.setup("the listening socket has no port") }
            return RawTestServer(
                port: port, usesTLS: context != nil, authority: authority, observations: observations, work: work, listener: listener)
        } catch {
            throw .setup("\(error)")
        }
    }

    private static func play(_ script: Script, on connection: RawConnection, _ observations: Observed<RawObservations>) async {
        do {
            try await script(connection)
        } catch TestServerError.closed, TestServerError.cancelled, is CancellationError {
            // The client left, as it may.
        } catch {
            let message = "connection \(connection.id): \(error)"
            observations.update { $0.scriptErrors.append(message) }
        }
        await connection.close()
    }

    /// The certificate authority that clients must trust, with TLS.
    public var caPEM: String { authority.certificatePEM }

    /// Stops listening, closes every connection, cancels the scripts and waits for them. May be called again.
    public func shutdown() async {
        try? await listener.close().get()
        await work.shutdown()
    }

    /// Waits until at least `count` connections have been accepted.
    @discardableResult
    public func connections(accepted count: Int, within deadline: Duration = .seconds(60)) async throws(TestServerError) -> RawObservations {
        try await observations.wait(for: "\(count) connections accepted", within: deadline) { $0.accepted >= count }
    }

    /// Waits until exactly `count` connections are open.
    @discardableResult
    public func connections(open count: Int, within deadline: Duration = .seconds(60)) async throws(TestServerError) -> RawObservations {
        try await observations.wait(for: "\(count) connections open", within: deadline) { $0.open == count }
    }
}

/// Runs a server of bytes for the time of `body`. However that ends, the server is gone afterwards, with its connections and scripts.
public func withRawTestServer<Result: Sendable>(
    tls: ServerTLS = .none, alpn: [HTTPVersion] = [], script: @escaping RawTestServer.Script, body: (RawTestServer) async throws -> Result
) async throws -> Result {
    let server = try await RawTestServer.start(tls: tls, alpn: alpn, script: script)
    do {
        let result = try await body(server)
        await server.shutdown()
        return result
    } catch {
        await server.shutdown()
        throw error
    }
}
