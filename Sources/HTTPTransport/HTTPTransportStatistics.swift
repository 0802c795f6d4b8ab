/// What a transport is doing and has done since it was made.
public struct HTTPTransportStatistics: Sendable, Hashable {
    /// Exchanges between `send` and the end of their body.
    public internal(set) var openTransfers = 0
    public internal(set) var transfersStarted = 0
    /// Ended with the whole response.
    public internal(set) var transfersCompleted = 0
    /// Ended early by their caller.
    public internal(set) var transfersCancelled = 0
    /// Ended with any other error.
    public internal(set) var transfersFailed = 0
    /// Connections that came to carry a request.
    public internal(set) var connectionsMade = 0
    public internal(set) var http1Responses = 0
    public internal(set) var http2Responses = 0
    public internal(set) var redirectsFollowed = 0
    /// How often a response was held back because its consumer was slow.
    public internal(set) var responsesPaused = 0
    /// Bytes of response bodies after decompression.
    public internal(set) var bodyBytesReceived = 0
}
