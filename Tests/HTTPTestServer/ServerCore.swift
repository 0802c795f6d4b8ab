import NIOCore
import Synchronization

/// What the server's connections share.
final class ServerCore: Sendable {
    let observations = Observed(ServerObservations())
    private let handler: HTTPTestServer.Handler
    private let requestLogLimit: Int
    private let work = OpenWork()
    private let connections = Mutex<[Int: TestConnection]>([:])

    init(requestLogLimit: Int, handler: @escaping HTTPTestServer.Handler) {
        self.requestLogLimit = requestLogLimit
        self.handler = handler
    }

    // MARK: Connections

    func accept(_ channel: any Channel) -> TestConnection {
        let id = observations.update { $0.connectionAccepted() }
        let connection = TestConnection(id: id, channel: channel, observations: observations)
        connections.withLock { $0[id] = connection }
        work.add(channel) { [self] in
            _ = connections.withLock { $0.removeValue(forKey: id) }
            observations.update { $0.connectionClosed(id) }
        }
        return connection
    }

    var openConnections: [TestConnection] {
        connections.withLock { $0.values.sorted { $0.id < $1.id } }
    }

    // MARK: Streams

    func streamOpened(_ request: TestRequest) {
        let seen = RequestObservation(
            connectionID: request.connection.id, streamID: request.streamID, method: request.method, path: request.path, target: request.target,
            headers: request.headers)
        observations.update { [requestLogLimit] in $0.streamOpened(seen, logLimit: requestLogLimit) }
    }

    func streamClosed(_ connectionID: Int, wasReset: Bool) {
        observations.update { $0.streamClosed(connectionID, wasReset: wasReset) }
    }

    /// Runs the handler in a task that the stream's end and ``shutdown()`` cancel.
    func run(_ request: TestRequest, _ responder: TestResponder) -> Task<Void, Never> {
        work.run { [self] in
            do {
                try await handler(request, responder)
                await responder.finish(after: nil)
            } catch {
                record(error, of: request)
                await responder.finish(after: error)
            }
        }
    }

    private func record(_ error: any Error, of request: TestRequest) {
        switch error {
        case TestServerError.closed, TestServerError.cancelled, is CancellationError: break
        default: observations.update { $0.handlerErrors.append("\(request.method) \(request.target): \(error)") }
        }
    }

    // MARK: The end

    /// Closes every connection, cancels every handler and waits until all are gone.
    func shutdown() async {
        for connection in openConnections { connection.close() }
        await work.shutdown()
    }
}
