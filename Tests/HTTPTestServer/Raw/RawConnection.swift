import NIOCore

/// A TCP (or TLS) connection as bytes. One task reads at a time; the peer is held back while nobody does.
public final class RawConnection: Sendable {
    /// 1 for the first connection of its server, then counting up.
    public let id: Int
    private let channel: any Channel
    private let received: ReceivedBytes

    private init(id: Int, channel: any Channel) {
        self.id = id
        self.channel = channel
        received = ReceivedBytes(channel: channel)
    }

    /// Makes the connection of a channel that is being set up. Call on its event loop.
    ///
    /// - Parameter onActive: runs once the channel can be written to.
    static func attach(
        to channel: any Channel, id: Int, onActive: @escaping @Sendable (RawConnection) -> Void = { _ in }
    ) throws -> RawConnection {
        let connection = RawConnection(id: id, channel: channel)
        try channel.pipeline.syncOperations.addHandler(RawHandler(connection.received) { onActive(connection) })
        return connection
    }

    // MARK: Reading

    /// Whatever has arrived, at least one byte; `nil` when the peer has closed.
    public func read() async throws(TestServerError) -> [UInt8]? {
        try await received.take()
    }

    /// Exactly `count` bytes.
    public func read(count: Int) async throws(TestServerError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard let more = try await received.take(upTo: count - bytes.count) else {
                throw .closed("the peer sent \(bytes.count) of \(count) bytes")
            }
            bytes += more
        }
        return bytes
    }

    /// Everything up to and including `end`, such as the head of an HTTP/1.1 request. What follows stays for the next read.
    @discardableResult
    public func read(through end: String = "\r\n\r\n", limitBytes: Int = 1 << 20) async throws(TestServerError) -> String {
        String(decoding: try await received.take(through: Array(end.utf8), limit: limitBytes), as: UTF8.self)
    }

    /// Drops what the peer sends until it closes.
    public func readToEnd() async throws(TestServerError) {
        while try await received.take() != nil {}
    }

    // MARK: Writing

    /// Writes and waits until the socket has taken the bytes.
    public func write(_ bytes: some Collection<UInt8>) async throws(TestServerError) {
        do {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
        } catch {
            throw .closed("\(error)")
        }
    }

    public func write(_ text: String) async throws(TestServerError) {
        try await write(Array(text.utf8))
    }

    /// Writes in pieces of `size` bytes, each in a segment (or TLS record) of its own.
    public func write(_ text: String, inPiecesOf size: Int) async throws(TestServerError) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            try await write(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
    }

    // MARK: Ending

    /// Closes the connection in order: FIN, and with TLS close_notify.
    public func close() async {
        // It fails only when the channel is closed already.
        try? await channel.close().get()
    }

    /// Closes the connection with a TCP reset.
    public func abort() async {
        abortConnection(of: channel)
        try? await channel.closeFuture.get()
    }
}

private final class RawHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    private let received: ReceivedBytes
    private let onActive: @Sendable () -> Void

    init(_ received: ReceivedBytes, onActive: @escaping @Sendable () -> Void) {
        self.received = received
        self.onActive = onActive
    }

    func channelActive(context: ChannelHandlerContext) {
        onActive()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.append(unwrapInboundIn(data))
    }

    func read(context: ChannelHandlerContext) {
        if received.mayRead() { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        received.finish(.failure(.closed("\(error)")))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        received.finish()
        context.fireChannelInactive()
    }
}
