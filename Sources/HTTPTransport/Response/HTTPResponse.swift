/// The head of an answer, and its body as it comes.
public struct HTTPResponse: Sendable {
    /// 200...999: interim responses (1xx) are not shown.
    public let status: Int
    public let headers: HTTPHeaders
    public let version: HTTPVersion
    /// Where the answer came from, after redirects.
    public let url: String
    /// Dropping it unread closes the stream.
    public let body: HTTPBody
}

public enum HTTPVersion: String, Sendable, Hashable {
    case http10 = "HTTP/1.0"
    case http11 = "HTTP/1.1"
    case http2 = "HTTP/2"
}
