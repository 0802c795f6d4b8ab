import NIOCore
import NIOHTTP2
import Synchronization

/// One connection of a client, as handlers and tests disturb it.
public final class TestConnection: Sendable {
    /// 1 for the first connection of the server, then counting up.
    public let id: Int
    private let channel: any Channel
    private let observations: Observed<ServerObservations>
    private let state = Mutex(State())

    private struct State {
        var isClosedByServer = false
        var clientCertificate: ClientCertificate?
    }

    init(id: Int, channel: any Channel, observations: Observed<ServerObservations>) {
        self.id = id
        self.channel = channel
        self.observations = observations
    }

    /// The certificate that the client presented, once TLS is up; it was verified if the server asks for one.
    public internal(set) var clientCertificate: ClientCertificate? {
        get { state.withLock { $0.clientCertificate } }
        set { state.withLock { $0.clientCertificate = newValue } }
    }

    /// Closes the connection in the middle of whatever happens on it.
    public func close() {
        state.withLock { $0.isClosedByServer = true }
        channel.close(promise: nil)
    }

    /// Closes the connection with a TCP reset.
    public func abort() {
        state.withLock { $0.isClosedByServer = true }
        abortConnection(of: channel)
    }

    /// Sends GOAWAY. The connection ends when its streams up to `lastStreamID` have.
    ///
    /// - Parameter lastStreamID: the last stream that the server has seen; later ones the client may safely repeat elsewhere. The default, the
    ///   highest possible, is the first step of a graceful shutdown. HTTP/1.1 connections cannot do this and stay as they are.
    public func goAway(lastStreamID: Int = Int(Int32.max), code: StreamErrorCode = .noError) async throws(TestServerError) {
        let frame = HTTP2Frame(
            streamID: .rootStream,
            payload: .goAway(
                lastStreamID: HTTP2StreamID(lastStreamID), errorCode: HTTP2ErrorCode(networkCode: Int(code.rawValue)), opaqueData: nil))
        try await write(frame)
    }

    /// Sends a PING, which every HTTP/2 client must acknowledge.
    public func ping() async throws(TestServerError) {
        try await write(HTTP2Frame(streamID: .rootStream, payload: .ping(HTTP2PingData(withInteger: 1), ack: false)))
    }

    private func write(_ frame: HTTP2Frame) async throws(TestServerError) {
        guard observations.value.connections[id - 1].httpVersion == .http2 else {
            throw .misuse("Connection \(id) does not speak HTTP/2, so it cannot carry this frame.")
        }
        do {
            try await channel.writeAndFlush(frame).get()
        } catch {
            throw .closed("\(error)")
        }
    }

    var isActive: Bool { channel.isActive }
    var isClosedByServer: Bool { state.withLock { $0.isClosedByServer } }

    func record(_ error: any Error) {
        observations.update { [id] observations in observations.change(id) { $0.errors.append("\(error)") } }
    }
}
