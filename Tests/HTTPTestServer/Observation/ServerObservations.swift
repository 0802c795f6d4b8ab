/// How many streams there were. A stream is an HTTP/2 stream, or one request and its response of HTTP/1.1.
public struct StreamCounts: Sendable, Hashable {
    public internal(set) var opened = 0
    /// Those that ended in whatever way; includes ``reset``.
    public internal(set) var closed = 0
    /// Those that the client gave up: RST_STREAM, or the connection gone before the response was complete.
    public internal(set) var reset = 0

    public var open: Int { opened - closed }
}

/// One TCP connection, from the view of the server.
public struct ConnectionObservation: Sendable {
    /// 1 for the first connection of the server, then counting up.
    public let id: Int
    public internal(set) var isOpen = true
    /// `nil` until TLS and ALPN are done.
    public internal(set) var httpVersion: HTTPVersion?
    /// The name that the client asked for (SNI), if any.
    public internal(set) var serverName: String?
    /// PING frames of the client that were no acknowledgements.
    public internal(set) var pings = 0
    public internal(set) var streams = StreamCounts()
    /// What the server's side of the connection ran into, such as a failed TLS handshake; `uncleanShutdown` is a client that left without close_notify.
    public internal(set) var errors: [String] = []
}

/// One request as it was received.
public struct RequestObservation: Sendable {
    public let connectionID: Int
    /// `nil` over HTTP/1.1.
    public let streamID: Int?
    public let method: String
    /// The path without the query.
    public let path: String
    /// The request target as sent: path and query.
    public let target: String
    public let headers: Headers
}

/// Everything that the server has seen so far.
public struct ServerObservations: Sendable, CustomStringConvertible {
    /// Every connection that was accepted, in that order.
    public internal(set) var connections: [ConnectionObservation] = []
    public internal(set) var openConnections = 0
    /// Over all connections.
    public internal(set) var streams = StreamCounts()
    /// The latest requests, at least as many as the server's `requestLogLimit` (or all).
    public internal(set) var requests: [RequestObservation] = []
    public internal(set) var requestCount = 0
    /// Response body bytes that the connections took from handlers: written to the socket, within the client's flow control window.
    public internal(set) var bytesAccepted = 0
    /// Request body bytes that have arrived, read by a handler or not.
    public internal(set) var bytesReceived = 0
    /// Request body bytes that handlers have read.
    public internal(set) var bytesConsumed = 0
    /// What handlers threw, other than because of a closed stream.
    public internal(set) var handlerErrors: [String] = []

    public var description: String {
        let last = requests.suffix(5).map { "\($0.method) \($0.target)" }.joined(separator: ", ")
        let errors = (handlerErrors + connections.flatMap(\.errors)).suffix(5).joined(separator: "; ")
        return """
            \(connections.count) connections (\(openConnections) open), streams: \(streams.opened) opened, \(streams.closed) closed, \
            \(streams.reset) reset; \(requestCount) requests, the last: \(last); \(bytesAccepted) bytes accepted; errors: \(errors)
            """
    }

    mutating func connectionAccepted() -> Int {
        let id = connections.count + 1
        connections.append(ConnectionObservation(id: id))
        openConnections += 1
        return id
    }

    mutating func connectionClosed(_ id: Int) {
        guard connections[id - 1].isOpen else { return }
        connections[id - 1].isOpen = false
        openConnections -= 1
    }

    mutating func change(_ id: Int, _ change: (inout ConnectionObservation) -> Void) {
        change(&connections[id - 1])
    }

    mutating func streamOpened(_ request: RequestObservation, logLimit: Int) {
        streams.opened += 1
        connections[request.connectionID - 1].streams.opened += 1
        requestCount += 1
        requests.append(request)
        // Trimmed by halves, so that the cost per request stays constant.
        if requests.count > 2 * logLimit { requests.removeFirst(requests.count - logLimit) }
    }

    mutating func streamClosed(_ connectionID: Int, wasReset: Bool) {
        streams.closed += 1
        connections[connectionID - 1].streams.closed += 1
        guard wasReset else { return }
        streams.reset += 1
        connections[connectionID - 1].streams.reset += 1
    }
}
