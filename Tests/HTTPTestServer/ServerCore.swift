import NIOCore
import Synchronization

/// What the server's connections share.
final class ServerCore: Sendable {
    typealias Handler = HTTPTestServer.Handler

    let observations = Observed(ServerObservations())
    private let handler: Handler
    private let requestLogLimit: Int
    private let state = Mutex(State())

    private struct State {
        var nextTask = 0
        var tasks: [Int: Task<Void, Never>] = [:]
        var connections: [Int: (connection: TestConnection, channel: any Channel)] = [:]
        var isShutDown = false
    }

    init(requestLogLimit: Int, handler: @escaping Handler) {
        self.requestLogLimit = requestLogLimit
        self.handler = handler
    }

    // MARK: Connections

    func accept(_ channel: any Channel) -> TestConnection {
        let id = observations.update { $0.connectionAccepted() }
        let connection = TestConnection(id: id, channel: channel, observations: observations)
        let isShutDown = state.withLock { state in
            state.connections[id] = (connection, channel)
            return state.isShutDown
        }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { $0.connections[id] = nil }
            observations.update { $0.connectionClosed(id) }
        }
        if isShutDown { connection.close() }
        return connection
    }

    var openConnections: [TestConnection] {
        state.withLock { $0.connections.values.map(\.connection) }.sorted { $0.id < $1.id }
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
        state.withLock { state in
            state.nextTask += 1
            let number = state.nextTask
            let task = Task {
                do {
                    try await handler(request, responder)
                    await responder.finish(after: nil)
                } catch {
                    record(error, of: request)
                    await responder.finish(after: error)
                }
                self.state.withLock { $0.tasks[number] = nil }
            }
            state.tasks[number] = task
            if state.isShutDown { task.cancel() }
            return task
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
        let (connections, tasks) = state.withLock { state in
            state.isShutDown = true
            return (Array(state.connections.values), Array(state.tasks.values))
        }
        for task in tasks { task.cancel() }
        for (connection, channel) in connections {
            connection.close()
            // Only the close itself can fail, and then the channel is closed anyway.
            try? await channel.closeFuture.get()
        }
        // No connection, so no new task; those that started meanwhile were cancelled at birth.
        while let task = state.withLock({ $0.tasks.first?.value }) { await task.value }
    }
}
