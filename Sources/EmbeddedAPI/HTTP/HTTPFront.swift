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

    /// Serves until the task is cancelled.
    ///
    /// - Parameter onListening: called with the port once connections are accepted.
    func run(onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try NIOSSLCertificate(bytes: Array(certificates.server.utf8), format: .pem))],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(certificates.serverKey.utf8), format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        let configuration = HTTP2UpgradeChannel.Configuration(
            idleTimeout: limits.idle, streamConfiguration: .init(idleTimeout: TimeAmount(limits.idle)))
        let builder = HTTPServerBuilder { [tls, limits] responder in
            HandshakeDeadline(
                base: try HTTP2UpgradeChannel(tlsConfiguration: tls, configuration: configuration, responder: responder), time: TimeAmount(limits.handshake))
        }
        let server = try builder.buildServer(
            configuration: ServerConfiguration(
                address: .hostname(address.host, port: address.port), backlog: 1024, availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        ) { [limits, respond] request, writer, _ in
            try await HTTPExchange(request: request, limits: limits).answer(writer, respond)
        } onServerRunning: { channel in
            await onListening(channel.localAddress?.port ?? 0)
        }
        let service = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await service.run()
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
