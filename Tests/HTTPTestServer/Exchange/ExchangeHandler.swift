import NIOCore
import NIOHTTP2

/// Runs the server's handler for each request of its channel: one on an HTTP/2 stream, one after the other on an HTTP/1.1 connection.
final class ExchangeHandler: ChannelDuplexHandler {
    typealias InboundIn = RequestPart
    typealias OutboundIn = ResponsePart
    typealias OutboundOut = ResponsePart

    private struct Exchange {
        let body: ReceivedBytes
        let responder: TestResponder
        let isKeepAlive: Bool
        var task: Task<Void, Never>?
        var requestEnded = false
        /// The handler wrote the end; it may still wait for the client's flow control window.
        var endWritten = false
        /// The end left for the socket.
        var responseEnded = false
        var resetByServer = false
    }

    private let core: ServerCore
    private let connection: TestConnection
    private let streamID: Int?
    private var current: Exchange?
    /// HTTP/1.1 requests that came before the response to the previous one was complete.
    private var pipelined: [RequestPart] = []
    private var failure: (any Error)?

    init(core: ServerCore, connection: TestConnection, streamID: Int?) {
        self.core = core
        self.connection = connection
        self.streamID = streamID
    }

    // MARK: Inbound

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if let current, current.requestEnded {
            pipelined.append(part)
        } else {
            receive(part, context: context)
        }
    }

    private func receive(_ part: RequestPart, context: ChannelHandlerContext) {
        switch part {
        case .head(let head): begin(head, context: context)
        case .body(let bytes):
            core.observations.update { $0.bytesReceived += bytes.readableBytes }
            current?.body.append(bytes)
        case .end:
            current?.requestEnded = true
            current?.body.finish()
            finishIfComplete(context: context)
        }
    }

    private func begin(_ head: RequestHead, context: ChannelHandlerContext) {
        let body = ReceivedBytes(channel: context.channel)
        let request = TestRequest(
            method: head.method, target: head.target, headers: head.headers, httpVersion: streamID == nil ? .http1 : .http2, streamID: streamID,
            connection: connection, body: TestRequest.Body(received: body, observations: core.observations))
        let responder = TestResponder(channel: context.channel, connection: connection, observations: core.observations)
        current = Exchange(body: body, responder: responder, isKeepAlive: head.isKeepAlive)
        core.streamOpened(request)
        current?.task = core.run(request, responder)
    }

    func read(context: ChannelHandlerContext) {
        guard pipelined.isEmpty else { return }
        if current?.body.mayRead() ?? true { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = error
        // A stream channel is closed by what follows; an HTTP/1.1 connection that cannot be parsed has no future.
        if streamID == nil {
            connection.record(error)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let exchange = current {
            current = nil
            let endedCleanly = exchange.endWritten && failure == nil && connection.isActive
            let wasReset = !endedCleanly && !exchange.resetByServer && !connection.isClosedByServer
            core.streamClosed(connection.id, wasReset: wasReset)
            let cause: String =
                switch failure {
                case let error as NIOHTTP2Errors.StreamClosed: "the client reset the stream with \(error.errorCode)"
                case let error?: "\(error)"
                case nil: "the connection was closed"
                }
            exchange.body.finish(.failure(.closed(cause)))
            exchange.responder.streamClosed(cause)
            if !exchange.endWritten { exchange.task?.cancel() }
        }
        pipelined = []
        context.fireChannelInactive()
    }

    // MARK: Outbound

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .end, .whole:
            current?.endWritten = true
            current?.body.discard()
            let written = promise ?? context.eventLoop.makePromise(of: Void.self)
            written.futureResult.assumeIsolated().whenSuccess {
                self.current?.responseEnded = true
                self.finishIfComplete(context: context)
            }
            context.write(data, promise: written)
        case .reset:
            current?.resetByServer = true
            context.write(data, promise: promise)
        case .informational, .head, .body: context.write(data, promise: promise)
        }
    }

    private func finishIfComplete(context: ChannelHandlerContext) {
        guard let exchange = current, exchange.requestEnded, exchange.responseEnded else { return }
        current = nil
        core.streamClosed(connection.id, wasReset: false)
        guard streamID == nil else { return }
        guard exchange.isKeepAlive, !exchange.responder.closesConnection else {
            connection.close()
            return
        }
        let parts = pipelined
        pipelined = []
        for part in parts {
            if let current, current.requestEnded { pipelined.append(part) } else { receive(part, context: context) }
        }
        if pipelined.isEmpty, !parts.isEmpty { context.channel.read() }
    }
}
