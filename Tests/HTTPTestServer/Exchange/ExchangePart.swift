import NIOCore

/// What a request consists of, for either protocol.
enum RequestPart: Sendable {
    case head(RequestHead)
    case body(ByteBuffer)
    case end
}

struct RequestHead: Sendable {
    var method: String
    var target: String
    var headers: Headers
    /// HTTP/1.1: the connection may serve another request. Always true for HTTP/2, whose stream channels end by themselves.
    var isKeepAlive: Bool
}

/// What a handler writes, for either protocol.
enum ResponsePart: Sendable {
    case informational(status: Int, Headers)
    case head(status: Int, Headers)
    case body(ByteBuffer)
    case end(trailers: Headers)
    /// Head, body and end in one piece: one hop to the event loop and one flush.
    case whole(status: Int, Headers, ByteBuffer)
    /// Ends the stream with an error. HTTP/1.1 has no such thing; there the connection is aborted.
    case reset(StreamErrorCode)
}

/// An HTTP/2 error code, RFC 9113 section 7.
public struct StreamErrorCode: RawRepresentable, Sendable, Hashable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    public static let noError = StreamErrorCode(rawValue: 0x0)
    public static let protocolError = StreamErrorCode(rawValue: 0x1)
    public static let internalError = StreamErrorCode(rawValue: 0x2)
    public static let flowControlError = StreamErrorCode(rawValue: 0x3)
    public static let refusedStream = StreamErrorCode(rawValue: 0x7)
    public static let cancel = StreamErrorCode(rawValue: 0x8)
    public static let enhanceYourCalm = StreamErrorCode(rawValue: 0xb)
    public static let http11Required = StreamErrorCode(rawValue: 0xd)
}
