/// What all requests of one ``HTTPTransport`` share.
public struct HTTPTransportConfiguration: Sendable {
    public var tls: TLS
    public var proxy: Proxy
    /// Sent unless a request has a `User-Agent` of its own.
    public var userAgent: String?
    /// For all requests alike: before 8.1 libcurl does not share HTTP/2 connections with a host that it also speaks HTTP/1.1 to.
    public var version: HTTPVersionPreference
    /// Requests beyond what so many connections to a host carry wait for a free one. HTTP/2 carries as many on one as the server allows.
    public var maximumConnectionsPerHost: Int
    /// Exchanges on one HTTP/2 connection, if the server allows as many; one more opens another connection.
    public var maximumConcurrentStreams: Int
    /// Connections kept open for later requests.
    public var maximumIdleConnections: Int
    /// Connects to this socket whatever the URL's host is.
    public var unixSocketPath: String?
    /// Bytes of a response's body that wait for its consumer before the server is held back.
    ///
    /// Over HTTP/2 libcurl has granted the server up to 32 MiB more on each stream. Before version 8.1 it takes them in and keeps them, so that a stream
    /// whose consumer stands still costs up to 64 MiB when the server sends as much. The other streams go on all the same.
    public var bodyBufferBytes: Int
    /// The same for a compressed body over HTTP/2.
    ///
    /// Before version 8.1 libcurl keeps up to 64 MiB of a held-back stream after decompression and fails beyond, which is
    /// ``HTTPTransportError/Kind/consumerTooSlow``. So there must be more leeway.
    public var compressedBodyBufferBytes: Int

    public init(
        tls: TLS = TLS(), proxy: Proxy = .environment, userAgent: String? = nil, version: HTTPVersionPreference = .automatic,
        maximumConnectionsPerHost: Int = 32,
        maximumConcurrentStreams: Int = 10_000, maximumIdleConnections: Int = 32, unixSocketPath: String? = nil, bodyBufferBytes: Int = 256 << 10,
        compressedBodyBufferBytes: Int = 32 << 20
    ) {
        self.tls = tls
        self.proxy = proxy
        self.userAgent = userAgent
        self.version = version
        self.maximumConnectionsPerHost = maximumConnectionsPerHost
        self.maximumConcurrentStreams = maximumConcurrentStreams
        self.maximumIdleConnections = maximumIdleConnections
        self.unixSocketPath = unixSocketPath
        self.bodyBufferBytes = bodyBufferBytes
        self.compressedBodyBufferBytes = compressedBodyBufferBytes
    }

    /// Whom to trust and who we are. TLS 1.2 is the least that is spoken.
    public struct TLS: Sendable {
        /// PEM certificates to trust instead of the system's.
        public var certificateAuthorities: [UInt8]?
        public var client: ClientCertificate?
        /// Accepts any certificate. For a user who insists, never a default.
        public var skipsVerification: Bool
        /// The name to ask for (SNI) and to verify, where it is not the URL's host. It holds for every https URL of this transport.
        public var serverName: String?

        public init(certificateAuthorities: [UInt8]? = nil, client: ClientCertificate? = nil, skipsVerification: Bool = false, serverName: String? = nil) {
            self.certificateAuthorities = certificateAuthorities
            self.client = client
            self.skipsVerification = skipsVerification
            self.serverName = serverName
        }
    }

    /// A certificate chain and its unencrypted private key, both PEM. Never sent to the target of a redirect to another host.
    public struct ClientCertificate: Sendable {
        public let certificateChain: [UInt8]
        public let privateKey: [UInt8]

        public init(certificateChain: [UInt8], privateKey: [UInt8]) {
            self.certificateChain = certificateChain
            self.privateKey = privateKey
        }
    }

    public enum Proxy: Sendable, Hashable {
        /// `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, as curl reads them.
        case environment
        case none
        /// An `http`, `https`, `socks5` or `socks5h` URL, with credentials if the proxy wants them.
        case url(String)
    }
}
