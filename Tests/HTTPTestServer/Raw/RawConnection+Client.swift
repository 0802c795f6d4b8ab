import NIOCore
import NIOPosix
import NIOSSL

extension RawConnection {
    /// Connects to a server, as a client that does what it likes.
    ///
    /// - Parameters:
    ///   - trusting: the authority of the server's certificate, PEM; nil for a connection without TLS.
    ///   - protocols: what TLS offers (ALPN).
    /// - Throws: ``TestServerError`` when there is no connection, or no TLS on it.
    public static func connect(
        to host: String, port: Int, trusting authority: String?, protocols: [String] = ["http/1.1"]
    ) async throws(TestServerError) -> RawConnection {
        do {
            var context: NIOSSLContext?
            if let authority {
                var configuration = TLSConfiguration.makeClientConfiguration()
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
                configuration.applicationProtocols = protocols
                context = try NIOSSLContext(configuration: configuration)
            }
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: host, port: port) { [context] channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context { try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil)) }
                    return try attach(to: channel, id: 0)
                }
            }
        } catch {
            throw .setup("no connection to \(host):\(port): \(error)")
        }
    }
}
