import NIOCore
import NIOHPACK
import NIOHTTP2

/// Translates between the frames of one HTTP/2 stream and our parts.
final class HTTP2ExchangeCodec: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = RequestPart
    typealias OutboundIn = ResponsePart
    typealias OutboundOut = HTTP2Frame.FramePayload

    private var hasHead = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(let frame):
            if !hasHead {
                hasHead = true
                context.fireChannelRead(wrapInboundOut(.head(requestHead(frame.headers))))
            }
            if frame.endStream { context.fireChannelRead(wrapInboundOut(.end)) }
        case .data(let frame):
            if case .byteBuffer(let buffer) = frame.data, buffer.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(.body(buffer))) }
            if frame.endStream { context.fireChannelRead(wrapInboundOut(.end)) }
        default: break
        }
    }

    private func requestHead(_ block: HPACKHeaders) -> RequestHead {
        var head = RequestHead(method: "", target: "", headers: Headers(), isKeepAlive: true)
        head.headers.fields.reserveCapacity(block.count)
        for (name, value, _) in block {
            switch name {
            case ":method": head.method = value
            case ":path": head.target = value
            case ":authority": head.headers.add("host", value)
            case _ where name.hasPrefix(":"): break
            default: head.headers.add(name, value)
            }
        }
        // CONNECT has no path, only an authority.
        if head.target.isEmpty { head.target = head.headers["host"] ?? "" }
        return head
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .informational(let status, let headers), .head(let status, let headers):
            context.write(responseHead(status, headers, endStream: false), promise: promise)
        case .body(let buffer):
            context.write(wrapOutboundOut(.data(.init(data: .byteBuffer(buffer)))), promise: promise)
        case .end(let trailers) where trailers.isEmpty:
            context.write(wrapOutboundOut(.data(.init(data: .byteBuffer(ByteBuffer()), endStream: true))), promise: promise)
        case .end(let trailers):
            context.write(wrapOutboundOut(.headers(.init(headers: fields(trailers), endStream: true))), promise: promise)
        case .whole(let status, let headers, let body):
            guard body.readableBytes > 0 else {
                context.write(responseHead(status, headers, endStream: true), promise: promise)
                return
            }
            context.write(responseHead(status, headers, endStream: false), promise: nil)
            context.write(wrapOutboundOut(.data(.init(data: .byteBuffer(body), endStream: true))), promise: promise)
        case .reset(let code):
            context.write(wrapOutboundOut(.rstStream(HTTP2ErrorCode(networkCode: Int(code.rawValue)))), promise: promise)
        }
    }

    private func responseHead(_ status: Int, _ headers: Headers, endStream: Bool) -> NIOAny {
        var block = HPACKHeaders()
        block.reserveCapacity(headers.fields.count + 1)
        block.add(name: ":status", value: String(status))
        for field in headers.fields { block.add(name: field.name.lowercased(), value: field.value) }
        return wrapOutboundOut(.headers(.init(headers: block, endStream: endStream)))
    }

    private func fields(_ headers: Headers) -> HPACKHeaders {
        HPACKHeaders(headers.fields.map { ($0.name.lowercased(), $0.value) })
    }
}
