import NIOCore
import NIOHTTP1

/// Translates between NIO's HTTP/1.1 parts and ours.
final class HTTP1ExchangeCodec: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = RequestPart
    typealias OutboundIn = ResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The response to HEAD has no body whatever the handler writes.
    private var answersHead = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            answersHead = head.method == .HEAD
            let headers = Headers(head.headers.map { Headers.Field($0.name, $0.value) })
            let part = RequestHead(method: head.method.rawValue, target: head.uri, headers: headers, isKeepAlive: head.isKeepAlive)
            context.fireChannelRead(wrapInboundOut(.head(part)))
            if headers["expect"]?.lowercased() == "100-continue" {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
            }
        case .body(let buffer): context.fireChannelRead(wrapInboundOut(.body(buffer)))
        case .end: context.fireChannelRead(wrapInboundOut(.end))
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .informational(let status, let headers), .head(let status, let headers):
            writeHead(status, headers, context: context, promise: promise)
        case .body(let buffer):
            if answersHead { promise?.succeed() } else { context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: promise) }
        case .end(let trailers):
            let fields = trailers.isEmpty ? nil : HTTPHeaders(trailers.fields.map { ($0.name, $0.value) })
            context.write(wrapOutboundOut(.end(fields)), promise: promise)
        case .whole(let status, let headers, let body):
            writeHead(status, headers, context: context, promise: nil)
            if !answersHead, body.readableBytes > 0 { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
            context.write(wrapOutboundOut(.end(nil)), promise: promise)
        case .reset:
            abortConnection(of: context.channel)
            promise?.succeed()
        }
    }

    private func writeHead(_ status: Int, _ headers: Headers, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        var fields = HTTPHeaders(headers.fields.map { ($0.name, $0.value) })
        // Without a length the encoder would announce chunks, and end a body that HEAD must not have.
        if answersHead, status >= 200, !fields.contains(name: "content-length") { fields.add(name: "content-length", value: "0") }
        let head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}

/// Closes a TCP connection with RST instead of FIN, as a crashed peer or a firewall does.
func abortConnection(of channel: any Channel) {
    let linger = ChannelOptions.Types.SocketOption(level: .socket, name: .so_linger)
    channel.setOption(linger, value: SocketOptionValue(0)).whenComplete { _ in channel.close(promise: nil) }
}
