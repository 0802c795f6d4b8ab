import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOSSL
import NIOTLS

/// Builds the pipeline of each accepted connection: TLS, then by ALPN the protocol, then our handlers.
final class ConnectionSetup: Sendable {
    private let core: ServerCore
    private let alpn: [HTTPVersion]
    private let limits: ServerLimits
    private let tlsContext: NIOSSLContext?

    var usesTLS: Bool { tlsContext != nil }

    init(tls: ServerTLS, alpn: [HTTPVersion], limits: ServerLimits, authority: TestCertificateAuthority, core: ServerCore) throws(TestServerError) {
        self.core = core
        self.alpn = alpn
        self.limits = limits
        tlsContext = try tls.makeContext(authority: authority, alpn: alpn.map(\.rawValue))
    }

    @Sendable
    func configure(_ channel: any Channel) -> EventLoopFuture<Void> {
        let connection = core.accept(channel)
        return channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            guard let tlsContext else {
                try addProtocol(alpn == [.http2] ? .http2 : .http1, to: channel, connection)
                return
            }
            try pipeline.addHandler(
                ByteToMessageHandler(
                    SNIHandler { [core] result in
                        if case .hostname(let name) = result { core.observations.update { $0.change(connection.id) { $0.serverName = name } } }
                        return channel.eventLoop.makeSucceededVoidFuture()
                    }))
            try pipeline.addHandler(NIOSSLServerHandler(context: tlsContext))
            try pipeline.addHandler(
                ApplicationProtocolNegotiationHandler { [self] result, channel in
                    channel.eventLoop.makeCompletedFuture { try negotiated(result, channel, connection) }
                })
            try pipeline.addHandler(ConnectionErrorHandler(connection: connection))
        }
    }

    private func negotiated(_ result: ALPNResult, _ channel: any Channel, _ connection: TestConnection) throws {
        connection.clientCertificate = try channel.pipeline.syncOperations.nioSSL_peerCertificate().flatMap(ClientCertificate.init)
        switch result {
        case .negotiated(let name): try addProtocol(HTTPVersion(rawValue: name) ?? .http1, to: channel, connection)
        case .fallback where alpn.contains(.http1): try addProtocol(.http1, to: channel, connection)
        case .fallback:
            connection.record(TestServerError.closed("the client does not offer h2, the only protocol of this server"))
            connection.close()
        }
    }

    private func addProtocol(_ version: HTTPVersion, to channel: any Channel, _ connection: TestConnection) throws {
        core.observations.update { $0.change(connection.id) { $0.httpVersion = version } }
        let pipeline = channel.pipeline.syncOperations
        switch version {
        case .http1:
            // No pipelining assistance: it stops reading while a response is written and would not see a client that leaves.
            try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
            try pipeline.addHandlers([HTTP1ExchangeCodec(), ExchangeHandler(core: core, connection: connection, streamID: nil)] as [any ChannelHandler])
        case .http2:
            _ = try pipeline.configureHTTP2Pipeline(mode: .server, connectionConfiguration: connectionConfiguration, streamConfiguration: streamConfiguration) {
                [core] stream in
                stream.getOption(HTTP2StreamChannelOptions.streamID).flatMapThrowing { streamID in
                    let handler = ExchangeHandler(core: core, connection: connection, streamID: Int(streamID))
                    try stream.pipeline.syncOperations.addHandlers([HTTP2ExchangeCodec(), handler] as [any ChannelHandler])
                }
            }
            try pipeline.addHandler(ConnectionFrameHandler(core: core, connection: connection))
        }
        if !usesTLS { try pipeline.addHandler(ConnectionErrorHandler(connection: connection)) }
    }

    /// NIO's protections against hostile clients are off: cancelling thousands of calls is what the client under test does for a living.
    private var connectionConfiguration: NIOHTTP2Handler.ConnectionConfiguration {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: limits.maxConcurrentStreams),
            HTTP2Setting(parameter: .initialWindowSize, value: limits.initialWindowSizeBytes),
            HTTP2Setting(parameter: .maxFrameSize, value: limits.maxFrameSizeBytes),
            HTTP2Setting(parameter: .maxHeaderListSize, value: 1 << 20),
        ]
        configuration.headerBlockValidation = .disabled
        configuration.contentLengthValidation = .disabled
        configuration.maximumBufferedControlFrames = 1_000_000
        configuration.maximumRecentlyResetStreams = 10_000
        configuration.maximumConnectionGlitches = .max
        configuration.controlFrameRateLimit.maximumCount = .max
        return configuration
    }

    private var streamConfiguration: NIOHTTP2Handler.StreamConfiguration {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        configuration.targetWindowSize = limits.initialWindowSizeBytes
        configuration.streamResetFrameRateLimit.maximumCount = .max
        configuration.streamErrorRateLimit.maximumCount = .max
        return configuration
    }
}

/// Notes what goes wrong on a connection, such as a failed handshake, and closes it.
private final class ConnectionErrorHandler: ChannelInboundHandler {
    typealias InboundIn = Any

    private let connection: TestConnection

    init(connection: TestConnection) {
        self.connection = connection
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        connection.record(error)
        context.close(promise: nil)
    }
}

/// Sees the frames of HTTP/2 connections that belong to no stream.
private final class ConnectionFrameHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame

    private let core: ServerCore
    private let connection: TestConnection

    init(core: ServerCore, connection: TestConnection) {
        self.core = core
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .ping(_, ack: false) = unwrapInboundIn(data).payload {
            core.observations.update { [connection] in $0.change(connection.id) { $0.pings += 1 } }
        }
    }
}
