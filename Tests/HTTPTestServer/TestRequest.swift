/// The protocols that the server speaks, by their ALPN names.
public enum HTTPVersion: String, Sendable, Hashable {
    case http1 = "http/1.1"
    case http2 = "h2"
}

/// A request that the server has received. Its body may still be arriving.
public struct TestRequest: Sendable {
    public let method: String
    /// The request target as sent: path and query.
    public let target: String
    /// The fields without HTTP/2's pseudo fields; `:authority` is given as `host`.
    public let headers: Headers
    public let httpVersion: HTTPVersion
    /// The HTTP/2 stream, or `nil` over HTTP/1.1.
    public let streamID: Int?
    public let connection: TestConnection
    /// The body's chunks as they arrive. While nobody reads, the client is held back by flow control.
    public let body: Body

    /// The path without the query, as sent (percent-encoded).
    public var path: String {
        String(target.prefix { $0 != "?" })
    }

    /// The query as sent, without the question mark; empty without one.
    public var query: String {
        guard let mark = target.firstIndex(of: "?") else { return "" }
        return String(target[target.index(after: mark)...])
    }

    /// The query's parameters in order, decoded as a form: `+` is a space.
    public var parameters: [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(decodeFormComponent)
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    /// The first value of a query parameter.
    public func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// The chunks of a request body. Iterate once.
    public struct Body: AsyncSequence, Sendable {
        let received: ReceivedBytes
        let observations: Observed<ServerObservations>

        public struct AsyncIterator: AsyncIteratorProtocol {
            let body: Body

            public mutating func next(isolation actor: isolated (any Actor)?) async throws(TestServerError) -> [UInt8]? {
                try await body.next()
            }
        }

        public func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(body: self)
        }

        private func next() async throws(TestServerError) -> [UInt8]? {
            guard let bytes = try await received.take() else { return nil }
            observations.update { $0.bytesConsumed += bytes.count }
            return bytes
        }

        /// The whole body.
        /// - Throws: ``TestServerError/tooLong(_:)`` above `limitBytes`.
        public func collect(limitBytes: Int = 64 << 20) async throws(TestServerError) -> [UInt8] {
            var bytes: [UInt8] = []
            while let chunk = try await next() {
                bytes += chunk
                if bytes.count > limitBytes { throw .tooLong("The request body is longer than \(limitBytes) bytes.") }
            }
            return bytes
        }
    }
}

private func decodeFormComponent(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
        case UInt8(ascii: "%"):
            if rest.count >= 2, let decoded = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        default: bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
