import NIOCore
import NIOHTTP2

/// Ends an HTTP/2 stream with its last frame of content instead of with an empty one behind it.
///
/// libcurl takes a response as whole once it has as many bytes as `content-length` said, and resets the stream when its end has not arrived in the same
/// read. Some hundred resets are then taken for an attack, and the connection is closed on a client that did nothing wrong.
///
/// Holds a frame until the next one or a flush, whatever comes first.
final class EndOfStream: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private var held: (frame: HTTP2Frame.FramePayload, promise: EventLoopPromise<Void>?)?

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let frame = unwrapOutboundIn(data)
        guard frame.isEmptyEnd, let last = held else {
            release(context)
            held = (frame, promise)
            return
        }
        held = nil
        let both = last.promise ?? promise
        if last.promise != nil, let promise { both?.futureResult.cascade(to: promise) }
        context.write(wrapOutboundOut(last.frame.ending), promise: both)
    }

    func flush(context: ChannelHandlerContext) {
        release(context)
        context.flush()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        release(context)
        context.close(mode: mode, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        held?.promise?.fail(ChannelError.ioOnClosedChannel)
        held = nil
    }

    private func release(_ context: ChannelHandlerContext) {
        guard let (frame, promise) = held else { return }
        held = nil
        context.write(wrapOutboundOut(frame), promise: promise)
    }
}

/// Puts an ``EndOfStream`` where frames leave a stream of HTTP/2, and nothing into a connection of HTTP/1.1.
final class EndOfStreamInstaller: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    func handlerAdded(context: ChannelHandlerContext) {
        // Streams are children of a connection, which is a child of the socket that listens.
        guard context.channel.parent?.parent != nil else { return }
        do {
            try context.pipeline.syncOperations.addHandler(EndOfStream(), position: .first)
        } catch {
            context.fireErrorCaught(error)
        }
    }
}

extension HTTP2Frame.FramePayload {
    /// Whether the frame has nothing but the end of its stream.
    fileprivate var isEmptyEnd: Bool {
        guard case .data(let data) = self else { return false }
        return data.endStream && data.data.readableBytes == 0 && data.paddingBytes == nil
    }

    /// The same frame as the last of its stream; for frames of content and headers.
    fileprivate var ending: HTTP2Frame.FramePayload {
        switch self {
        case .data(var data):
            data.endStream = true
            return .data(data)
        case .headers(var headers):
            headers.endStream = true
            return .headers(headers)
        default: return self
        }
    }
}
