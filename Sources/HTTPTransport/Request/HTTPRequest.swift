/// One HTTP exchange to make: what to send, how long to wait, and how much of an answer to accept.
public struct HTTPRequest: Sendable {
    /// An upper-case method token, as `GET`.
    public var method: String
    /// An absolute `http` or `https` URL without credentials, already percent-encoded (RFC 3986).
    public var url: String
    /// Fields to send. `Content-Length`, `Transfer-Encoding`, `Connection` and `Host` belong to the transport and are refused.
    public var headers: HTTPHeaders
    public var body: Body
    public var timeouts: Timeouts
    /// Whether the server may compress the answer. It arrives decompressed, without its `Content-Encoding` and `Content-Length`.
    public var acceptsCompression: Bool
    /// How many redirects to follow; with 0 a redirect is an answer as any other.
    public var maximumRedirects: Int
    public var limits: Limits
    /// Whether sending the request twice has the effect of sending it once. `nil` goes by the method (RFC 9110 §9.2.2).
    ///
    /// Only such a request is sent again without asking when a kept-alive connection turns out to be closed.
    public var isIdempotent: Bool?

    public init(
        method: String = "GET", url: String, headers: HTTPHeaders = [], body: Body = .none, timeouts: Timeouts = Timeouts(),
        acceptsCompression: Bool = false, maximumRedirects: Int = 0, limits: Limits = Limits(), isIdempotent: Bool? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeouts = timeouts
        self.acceptsCompression = acceptsCompression
        self.maximumRedirects = maximumRedirects
        self.limits = limits
        self.isIdempotent = isIdempotent
    }

    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Sent as it is produced; see ``HTTPRequest/Body/stream(_:length:)``.
        case streamed(HTTPUploadStream)

        /// A body that is produced while it is sent, never more than a few chunks ahead of the network.
        ///
        /// - Parameters:
        ///   - chunks: read once, from the moment of `send`; reading stops when the exchange ends. An error it throws ends the exchange as
        ///     ``HTTPTransportError/Kind/requestBody``.
        ///   - length: the number of bytes, if known (`Content-Length`); other than that number of bytes is an error. `nil` sends it chunked.
        public static func stream<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks, length: Int? = nil) -> Body where Chunks.Element == [UInt8] {
            .streamed(HTTPUploadStream(chunks, length: length))
        }
    }

    /// How long each part of the exchange may take; `nil` waits for ever.
    public struct Timeouts: Sendable, Hashable {
        /// From the start until the connection (name, TCP, proxy, TLS) can carry the request, waiting for a free connection included.
        public var connect: Duration?
        /// From the last byte of the request until the end of the response's head.
        public var responseHead: Duration?
        /// Between two pieces of the request's or response's body. Time in which our own side held the exchange up does not count.
        public var idle: Duration?
        /// From the start until the last byte.
        public var total: Duration?

        public init(connect: Duration? = .seconds(30), responseHead: Duration? = .seconds(60), idle: Duration? = nil, total: Duration? = nil) {
            self.connect = connect
            self.responseHead = responseHead
            self.idle = idle
            self.total = total
        }
    }

    /// What to accept from a server before giving up on it.
    public struct Limits: Sendable, Hashable {
        /// Bytes of all header lines of one exchange, interim responses and trailers included.
        public var headerBytes: Int
        /// The number of those lines.
        public var headerCount: Int
        /// Bytes of the body after decompression; `nil` for streams that have no end.
        public var bodyBytes: Int?
        /// Bytes after decompression per byte before, once the body is larger than 1 MiB.
        public var decompressionRatio: Int

        public init(headerBytes: Int = 64 << 10, headerCount: Int = 256, bodyBytes: Int? = nil, decompressionRatio: Int = 300) {
            self.headerBytes = headerBytes
            self.headerCount = headerCount
            self.bodyBytes = bodyBytes
            self.decompressionRatio = decompressionRatio
        }
    }
}

/// Which HTTP version to speak.
public enum HTTPVersionPreference: Sendable, Hashable {
    /// HTTP/2 where TLS negotiates it (ALPN), otherwise HTTP/1.1.
    case automatic
    /// HTTP/1.1: one exchange at a time on a connection.
    case http1
}

/// The producer of a streamed request body, with the type of its sequence erased.
public struct HTTPUploadStream: Sendable {
    /// The number of bytes, or `nil` when it is not known beforehand.
    public let length: Int?
    /// Hands every chunk to `push` until that answers false.
    let produce: @Sendable (_ push: @Sendable ([UInt8]) async -> Bool) async throws -> Void

    init<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks, length: Int?) where Chunks.Element == [UInt8] {
        self.length = length
        produce = { push in
            for try await chunk in chunks where !chunk.isEmpty {
                guard await push(chunk) else { return }
            }
        }
    }
}
