/// The body of a response, in pieces of the size they come in.
///
/// It has one consumer. The server is held back while that one does not read. Cancelling the reading task or dropping the body and its iterator closes the
/// stream at once and leaves an HTTP/2 connection open for the others; an HTTP/1.1 connection is closed unless the whole body has come in.
public struct HTTPBody: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = HTTPTransportError

    private let reading: Reading

    init(_ exchange: Exchange, of transport: HTTPTransport) { reading = Reading(exchange: exchange, transport: transport) }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reading: reading, isFirst: reading.exchange.claimBody()) }

    /// Reads to the end.
    ///
    /// - Parameter maximum: the most bytes to take.
    /// - Throws: ``HTTPTransportError`` of kind `tooLarge(.bodyBytes)` when there are more; the stream is closed then.
    public func collect(upTo maximum: Int) async throws(HTTPTransportError) -> [UInt8] {
        var whole: [UInt8] = []
        var iterator = makeAsyncIterator()
        while let chunk = try await iterator.next() {
            guard chunk.count <= maximum - whole.count else { throw reading.exchange.abandonTooLarge(maximum) }
            if whole.isEmpty { whole = chunk } else { whole += chunk }
        }
        return whole
    }

    /// Closes the stream now, rather than when the body is dropped. Whoever is reading gets an error of kind `cancelled`.
    public func cancel() { reading.exchange.abandon() }

    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let reading: Reading
        fileprivate let isFirst: Bool

        public mutating func next() async throws(HTTPTransportError) -> [UInt8]? { try await next(isolation: nil) }

        /// The next piece, never empty; `nil` at the end.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(HTTPTransportError) -> [UInt8]? {
            guard isFirst else {
                throw reading.exchange.error(.bodyConsumedTwice, "this response's body is being read or was read already; a body has one consumer")
            }
            return try await reading.exchange.nextChunk(isolation: actor).get()
        }
    }

    /// Lives as long as someone may still read: its end is the body's being dropped. It also keeps the transport running.
    fileprivate final class Reading: Sendable {
        let exchange: Exchange
        let transport: HTTPTransport

        init(exchange: Exchange, transport: HTTPTransport) {
            self.exchange = exchange
            self.transport = transport
        }

        deinit { exchange.abandon() }
    }
}
