/// Why an exchange failed. Carries neither credentials nor a URL's query, nor anything of a body.
public struct HTTPTransportError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// The request itself cannot be sent as it stands.
        case invalidRequest
        /// The transport cannot be made as configured.
        case invalidConfiguration
        /// The name of the host or the proxy has no address.
        case nameResolution
        case connect
        /// Handshake or verification, ours or theirs.
        case tls
        case proxy
        case timeout(Timeout)
        case tooLarge(Limit)
        case redirect(Redirect)
        /// The server answered what is not HTTP.
        case protocolViolation
        /// The server, or what is in between, closed the connection or the stream before the end.
        case connectionClosed
        /// The sequence of a streamed request body failed or had another length than announced.
        case requestBody
        /// See ``HTTPTransportConfiguration/compressedBodyBufferBytes``.
        case consumerTooSlow
        /// A body has one consumer, and one read at a time.
        case bodyConsumedTwice
        case cancelled
        /// The transport was shut down.
        case shutdown
        /// What libcurl reported has no better kind.
        case other
    }

    public enum Timeout: String, Sendable, Hashable { case connect, responseHead, idle, total }
    public enum Limit: String, Sendable, Hashable { case headerBytes, headerCount, bodyBytes, decompressionRatio }
    public enum Redirect: String, Sendable, Hashable { case tooMany, loop, refused }

    public let kind: Kind
    public let method: String
    /// Without credentials, query and fragment.
    public let url: String
    public let message: String
    /// libcurl's `CURLcode`, where it was libcurl that noticed.
    public let curlCode: Int?
    /// Whether the server may have received the request, in part or whole. When false, sending it again is safe whatever it does.
    public let requestMayHaveBeenSent: Bool

    public var description: String { "\(method) \(url): \(message)" + (curlCode.map { " (curl error \($0))" } ?? "") }
}
