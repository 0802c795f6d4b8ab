import NIOCore
import Synchronization

/// Writes the response to one request, properly or badly.
///
/// Every write waits until the connection has taken its bytes: until they are in the socket and, over HTTP/2, within the window that the client
/// allows. A client that stops reading thereby stops the handler, and ``bytesAccepted`` tells where.
public final class TestResponder: Sendable {
    private enum Progress { case nothing, head, ended }

    private struct State {
        var progress = Progress.nothing
        var closesConnection = false
        var bytesAccepted = 0
        var closedBecause: String?
    }

    public let connection: TestConnection
    private let channel: any Channel
    private let observations: Observed<ServerObservations>
    private let state = Mutex(State())

    init(channel: any Channel, connection: TestConnection, observations: Observed<ServerObservations>) {
        self.channel = channel
        self.connection = connection
        self.observations = observations
    }

    // MARK: Proper responses

    /// Sends the head. Without a `content-length`, HTTP/1.1 sends the body in chunks.
    public func start(_ status: Int = 200, headers: Headers = [:]) async throws(TestServerError) {
        try advance(from: .nothing, to: .head, headers: headers)
        try await send(.head(status: status, headers))
    }

    /// Sends body bytes, after a head with status 200 if there was none.
    public func write(_ bytes: some Collection<UInt8>) async throws(TestServerError) {
        if state.withLock({ $0.progress == .nothing }) { try await start() }
        guard state.withLock({ $0.progress == .head }) else { throw .misuse("The response has ended: it cannot have more body.") }
        try await send(.body(ByteBuffer(bytes: bytes)))
        accepted(bytes.count)
    }

    public func write(_ text: String) async throws(TestServerError) {
        try await write(Array(text.utf8))
    }

    /// Ends the response. A handler that returns without doing so gets this done for it.
    public func end(trailers: Headers = [:]) async throws(TestServerError) {
        if state.withLock({ $0.progress == .nothing }) { try await start() }
        try advance(from: .head, to: .ended, headers: [:])
        try await send(.end(trailers: trailers))
    }

    /// Sends a whole response with its `content-length`, unless `headers` has another.
    public func respond(_ status: Int = 200, headers: Headers = [:], body: some Collection<UInt8>) async throws(TestServerError) {
        var headers = headers
        // RFC 9110, 8.6: no length with 1xx and 204; that of a 304 would be another representation's.
        if status != 204, status != 304, headers["content-length"] == nil { headers.add("content-length", String(body.count)) }
        try advance(from: .nothing, to: .ended, headers: headers)
        try await send(.whole(status: status, headers, ByteBuffer(bytes: body)))
        accepted(body.count)
    }

    public func respond(_ status: Int = 200, headers: Headers = [:], body: String = "") async throws(TestServerError) {
        try await respond(status, headers: headers, body: Array(body.utf8))
    }

    /// Sends an informational response (1xx) before the head.
    public func inform(_ status: Int, headers: Headers = [:]) async throws(TestServerError) {
        guard state.withLock({ $0.progress == .nothing }) else { throw .misuse("An informational response comes before the head.") }
        try await send(.informational(status: status, headers))
    }

    // MARK: Bad ones

    /// Ends the stream with RST_STREAM. Over HTTP/1.1, resets the TCP connection.
    public func reset(_ code: StreamErrorCode) async throws(TestServerError) {
        state.withLock { $0.progress = .ended }
        try await send(.reset(code))
    }

    /// Does nothing until the client gives up or the server is shut down, and then throws.
    public func stall() async throws(TestServerError) -> Never {
        let (never, continuation) = AsyncStream.makeStream(of: Never.self)
        // Ends when the task is cancelled, which the end of the stream does.
        for await _ in never {}
        withExtendedLifetime(continuation) {}
        throw .closed(state.withLock { $0.closedBecause } ?? "the handler was cancelled")
    }

    // MARK: Observing

    /// Body bytes that the connection has taken so far.
    public var bytesAccepted: Int { state.withLock { $0.bytesAccepted } }

    // MARK: Inside the server

    var closesConnection: Bool { state.withLock { $0.closesConnection } }

    func streamClosed(_ cause: String) {
        state.withLock { $0.closedBecause = cause }
    }

    /// Completes what the handler left open.
    func finish(after error: (any Error)?) async {
        do {
            switch state.withLock({ $0.progress }) {
            case .ended: break
            case .nothing where error == nil: try await respond(500, body: "The test's handler returned without a response.\n")
            case .nothing: try await respond(500, body: "The test's handler failed.\n")
            case .head where error == nil: try await end()
            case .head: try await reset(.internalError)
            }
        } catch {
            // The stream is gone, and with it the client that this was for.
        }
    }

    private func advance(from expected: Progress, to next: Progress, headers: Headers) throws(TestServerError) {
        let isExpected = state.withLock { state in
            guard state.progress == expected else { return false }
            state.progress = next
            if headers["connection"]?.lowercased() == "close" { state.closesConnection = true }
            return true
        }
        guard isExpected else { throw .misuse("The response has already been \(next == .head ? "started" : "ended").") }
    }

    private func send(_ part: ResponsePart) async throws(TestServerError) {
        do {
            try await channel.writeAndFlush(part).get()
        } catch {
            throw .closed(state.withLock { $0.closedBecause } ?? "\(error)")
        }
    }

    private func accepted(_ count: Int) {
        state.withLock { $0.bytesAccepted += count }
        observations.update { $0.bytesAccepted += count }
    }
}
