import Glibc
import HTTPTypes
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle

/// The HTTP side of the server: TLS, HTTP/1.1 and HTTP/2, and nothing that knows Kubernetes.
struct HTTPFront: Sendable {
    let address: ListenAddress
    let certificates: ClusterCertificates
    let limits: ConnectionLimits
    let logger: Logger
    let respond: @Sendable (APIRequest) async -> APIResponse
    /// Called when the server is to end: whatever would stream on has to stop now.
    let onEnding: @Sendable () -> Void

    /// How long clients have for what they have begun when the server ends.
    private static let endingTime = Duration.milliseconds(1000)

    /// Serves until the task is cancelled; then what has been begun is finished, in a moment, and nothing new is.
    ///
    /// - Parameter onListening: called with the port once connections are accepted; what it throws ends the server.
    /// - Throws: ``ServerSetupError`` when it cannot listen.
    func run(onListening: @escaping @Sendable (_ port: Int) async throws -> Void) async throws {
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let server = try server { listening.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                defer { listening.finish() }
                do {
                    try await runGracefully(server)
                } catch let error as IOError {
                    throw ServerSetupError(address: address, error)
                }
            }
            group.addTask { for await port in ports { try await onListening(port) } }
            // Not `waitForAll`, which would wait for the server after the other has failed.
            while try await group.next() != nil {}
        }
    }

    private func runGracefully(_ server: any Service) async throws {
        var configuration = ServiceGroupConfiguration(services: [server], logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.endingTime
        let services = ServiceGroup(configuration: configuration)
        // A task of its own, which this one waits for: cancelling it would drop connections that were accepted a moment ago, and NIO takes that badly.
        let running = Task { try await services.run() }
        try await withTaskCancellationHandler {
            try await running.value
        } onCancel: {
            onEnding()
            Task { await services.triggerGracefulShutdown() }
        }
    }

    private func server(onListening: @escaping @Sendable (_ port: Int) -> Void) throws -> any Service {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try NIOSSLCertificate(bytes: Array(certificates.server.utf8), format: .pem))],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(certificates.serverKey.utf8), format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        // A client that does not say goodbye is not waited for.
        tls.shutdownTimeout = .milliseconds(500)
        let configuration = HTTP2UpgradeChannel.Configuration(
            idleTimeout: limits.idle, gracefulCloseTimeout: Self.endingTime,
            streamConfiguration: .init(additionalChannelHandlers: [EndOfStreamInstaller()], idleTimeout: TimeAmount(limits.idle)))
        // What it has to say is about connections that end, at shutdown for one: nothing that a person could mend.
        var quiet = logger
        if quiet.logLevel > .debug { quiet.logLevel = .critical }
        let builder = HTTPServerBuilder { [tls, limits] responder in
            HandshakeDeadline(
                base: try HTTP2UpgradeChannel(tlsConfiguration: tls, configuration: configuration, responder: responder), time: TimeAmount(limits.handshake))
        }
        return try builder.buildServer(
            configuration: ServerConfiguration(
                address: .hostname(address.host, port: address.port), backlog: 1024,
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: quiet
        ) { [limits, respond] request, writer, _ in
            try await HTTPExchange(request: request, limits: limits).answer(writer, respond)
        } onServerRunning: { channel in
            onListening(channel.localAddress?.port ?? 0)
        }
    }
}

extension ServerSetupError {
    /// Why nothing can listen at `address`.
    fileprivate init(address: ListenAddress, _ error: IOError) {
        switch error.errnoCode {
        case EADDRINUSE: self.init("\(address) is in use by another program, or another martlet up. End that one, or choose another port with --listen.")
        case EACCES: self.init("This user may not listen on \(address). Choose a port of at least 1024 with --listen.")
        default: self.init("Nothing can listen on \(address): \(String(cString: strerror(error.errnoCode))). Choose another address with --listen.")
        }
    }
}

extension APIRequest {
    init(_ request: Request, body: [UInt8]) {
        var headers: [String: [String]] = [:]
        for field in request.headers { headers[field.name.canonicalName, default: []].append(field.value) }
        let text = request.head.path ?? "/"
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            method: request.method.rawValue, path: String(parts.first ?? "/"), query: QueryParameters(parsing: parts.count > 1 ? String(parts[1]) : ""),
            headers: headers, body: body)
    }
}
