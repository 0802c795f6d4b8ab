import HTTPTypes
import HummingbirdCore
import NIOCore

/// One request over HTTP and its answer.
struct HTTPExchange: Sendable {
    let request: Request
    let limits: ConnectionLimits

    func answer(_ writer: consuming ResponseWriter, _ respond: @Sendable (APIRequest) async -> APIResponse) async throws {
        guard PercentEncoding.isValid(request.head.path ?? "/") else {
            try await send(.text("400 Bad Request: malformed request target\n", status: 400), writer)
            throw BodyRefused()
        }
        var body: [UInt8] = []
        if hasBody {
            // Who says so waits for a word before it sends a large body.
            if request.headers[.expect]?.lowercased() == "100-continue", isBodyAllowed { try await writer.writeInformationalHead(.init(status: .continue)) }
            var parts = request.body.makeAsyncIterator()
            guard let read = try await readBody(&parts) else {
                try await send(RequestErrors.bodyTooLarge, writer)
                // Closing at once would reset the connection, and with it the answer, while the client still sends.
                try await discardRest(&parts)
                throw BodyRefused()
            }
            body = read
        }
        let response = await respond(APIRequest(request, body: body))
        guard case .stream(let pieces, let timeout) = response.body else { return try await send(response, writer) }
        try await stream(pieces, timeout, response, writer)
    }

    // MARK: The request

    /// With HTTP/2 a body may come without a word of it in the head, but not with the methods that have none.
    private var hasBody: Bool {
        request.method != .get && request.method != .head || request.headers[.contentLength] != nil || request.headers[.transferEncoding] != nil
    }

    private var declaredBytes: Int { request.headers[.contentLength].flatMap { Int($0) } ?? 0 }

    private var isBodyAllowed: Bool { declaredBytes <= APIRequest.maximumBodyBytes }

    /// Nil when it is too large.
    private func readBody(_ parts: inout HummingbirdCore.RequestBody.AsyncIterator) async throws -> [UInt8]? {
        guard isBodyAllowed else { return nil }
        let deadline = ContinuousClock.now + limits.body
        var body: [UInt8] = []
        // What is only announced costs nothing yet.
        body.reserveCapacity(min(declaredBytes, 64 << 10))
        while let part = try await parts.next() {
            guard body.count + part.readableBytes <= APIRequest.maximumBodyBytes else { return nil }
            guard ContinuousClock.now < deadline else { throw BodyTooSlow() }
            body.append(contentsOf: part.readableBytesView)
        }
        return body
    }

    /// How much of a refused body is read.
    private static let maximumDiscardedBytes = 64 << 20

    private func discardRest(_ parts: inout HummingbirdCore.RequestBody.AsyncIterator) async throws {
        let deadline = ContinuousClock.now + limits.body
        var count = 0
        while count <= Self.maximumDiscardedBytes, ContinuousClock.now < deadline, let part = try await parts.next() { count += part.readableBytes }
    }

    /// Ends the connection of a client whose request was refused before it was read.
    private struct BodyRefused: Error {}

    /// Ends the connection of a client that takes too long; one that sends nothing at all is idle.
    private struct BodyTooSlow: Error {}

    // MARK: The answer

    private static func head(of response: APIResponse) -> HTTPResponse {
        var head = HTTPResponse(status: .init(code: response.status))
        for (name, value) in response.headers {
            if let name = HTTPField.Name(name) { head.headerFields.append(HTTPField(name: name, value: value)) }
        }
        return head
    }

    private func send(_ response: APIResponse, _ writer: consuming ResponseWriter) async throws {
        var head = Self.head(of: response)
        guard case .bytes(let bytes) = response.body else { return }
        head.headerFields[.contentLength] = String(bytes.count)
        let isEmpty = bytes.isEmpty || request.method == .head
        try await writer.write(response: head, body: isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func stream(
        _ pieces: any AsyncSequence<[UInt8], any Error> & Sendable, _ timeout: Duration, _ response: APIResponse, _ writer: consuming ResponseWriter
    ) async throws {
        let limits = limits
        let body = ResponseBody { writer in
            let stream = StreamWriter(writer)
            do {
                // A client that goes away ends the stream, even one that has nothing to send.
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { for try await piece in pieces { try await stream.write(piece) } }
                        group.addTask { try await stream.waitForEnd(after: timeout, unreadAtMost: limits.unreadWatch) }
                        try await group.next()
                        group.cancelAll()
                    }
                }
            } catch is CancellationError {
                // The client is gone, or the server ends.
            }
            // The end would wait behind a piece that nobody reads.
            guard stream.isRead else { throw StreamUnread() }
            try await writer.finish(nil)
        }
        try await writer.write(response: Self.head(of: response), body: body)
    }
}
