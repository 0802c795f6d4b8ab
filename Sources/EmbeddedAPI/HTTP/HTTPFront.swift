import HTTPTypes
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle

/// The HTTP side of the server: TLS, HTTP/1.1 and HTTP/2, and nothing that knows Kubernetes.
struct HTTPFront: Sendable {
    let address: ListenAddress
    let certificates: ClusterCertificates
    let logger: Logger
    let respond: @Sendable (APIRequest) async -> APIResponse

    /// Serves until the task is cancelled.
    ///
    /// - Parameter onListening: called with the port once connections are accepted.
    func run(onListening: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try NIOSSLCertificate(bytes: Array(certificates.server.utf8), format: .pem))],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(certificates.serverKey.utf8), format: .pem)))
        tls.minimumTLSVersion = .tlsv12
        let respond = respond
        let server = try HTTPServerBuilder.http2Upgrade(tlsConfiguration: tls).buildServer(
            configuration: ServerConfiguration(address: .hostname(address.host, port: address.port), backlog: 1024),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger
        ) { request, writer, channel in
            try await Self.answer(request, writer, respond)
        } onServerRunning: { channel in
            await onListening(channel.localAddress?.port ?? 0)
        }
        let service = ServiceGroup(configuration: .init(services: [server], logger: logger))
        try await service.run()
    }

    private static func answer(_ request: Request, _ writer: consuming ResponseWriter, _ respond: @Sendable (APIRequest) async -> APIResponse) async throws {
        let body: [UInt8]
        if request.method == .get || request.method == .head, request.headers[.contentLength] == nil, request.headers[.transferEncoding] == nil {
            body = []
        } else if let read = try await self.body(of: request) {
            body = read
        } else {
            let response = RequestErrors.bodyTooLarge
            // The rest of the body is not waited for.
            try await send(response, of: request, writer, closing: true)
            return
        }
        let response = await respond(APIRequest(request, body: body))
        guard case .stream(let pieces, let timeout) = response.body else {
            try await send(response, of: request, writer, closing: false)
            return
        }
        try await stream(pieces, timeout, response, request, writer)
    }

    /// Nil when it is too large.
    private static func body(of request: Request) async throws -> [UInt8]? {
        let declared = request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard declared <= APIRequest.maximumBodyBytes else { return nil }
        var body: [UInt8] = []
        body.reserveCapacity(declared)
        for try await part in request.body {
            guard body.count + part.readableBytes <= APIRequest.maximumBodyBytes else { return nil }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }

    private static func head(of response: APIResponse) -> HTTPResponse {
        var head = HTTPResponse(status: .init(code: response.status))
        for (name, value) in response.headers {
            if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
        }
        return head
    }

    private static func send(_ response: APIResponse, of request: Request, _ writer: consuming ResponseWriter, closing: Bool) async throws {
        var head = head(of: response)
        guard case .bytes(let bytes) = response.body else { return }
        head.headerFields[.contentLength] = String(bytes.count)
        if closing { head.headerFields[.connection] = "close" }
        let isEmpty = bytes.isEmpty || request.method == .head
        try await writer.write(response: head, body: isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        if closing { throw BodyRefused() }
    }

    /// Ends the connection of a client that sends more than it may.
    private struct BodyRefused: Error {}

    private static func stream(
        _ pieces: any AsyncSequence<[UInt8], any Error> & Sendable, _ timeout: Duration, _ response: APIResponse, _ request: Request,
        _ writer: consuming ResponseWriter
    ) async throws {
        let body = ResponseBody { writer in
            let transferred = TransferredWriter(writer)
            do {
                // A client that goes away ends the stream, even one that has nothing to send.
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { for try await piece in pieces { try await transferred.write(piece) } }
                        group.addTask { try await Task.sleep(for: timeout) }
                        try await group.next()
                        group.cancelAll()
                    }
                }
            } catch is CancellationError {
                // The client is gone, or the server ends.
            }
            try await writer.finish(nil)
        }
        try await writer.write(response: head(of: response), body: body)
    }

    /// A writer in another task.
    ///
    /// Unchecked: one child task alone writes with it, and the task that made it waits for that one before it goes on with its own copy.
    private final class TransferredWriter: @unchecked Sendable {
        private var writer: any ResponseBodyWriter

        init(_ writer: any ResponseBodyWriter) { self.writer = writer }

        func write(_ bytes: [UInt8]) async throws { try await writer.write(ByteBuffer(bytes: bytes)) }
    }
}

extension APIRequest {
    init(_ request: Request, body: [UInt8]) {
        var headers: [String: [String]] = [:]
        for field in request.headers { headers[field.name.canonicalName, default: []].append(field.value) }
        let text = request.head.path ?? "/"
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            method: request.method.rawValue, path: String(parts.first ?? "/"), query: QueryParameters(parsing: parts.count > 1 ? String(parts[1]) : ""),
            headers: headers, body: body)
    }
}
