/// The answer to a request.
public struct APIResponse: Sendable {
    public enum Body: Sendable {
        case bytes([UInt8])
        /// Pieces that are sent as they come. The sequence ends when the server has nothing more to say; the task that reads it is cancelled when the client
        /// goes away, and after `timeout`.
        case stream(any AsyncSequence<[UInt8], any Error> & Sendable, timeout: Duration)
    }

    public var status: Int
    /// Names in any case; several of one name are sent as several headers.
    public var headers: [(name: String, value: String)]
    public var body: Body

    public init(status: Int = 200, headers: [(name: String, value: String)] = [], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer in plain text.
    static func text(_ text: String, status: Int = 200) -> APIResponse {
        APIResponse(
            status: status, headers: [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")], body: .bytes(Array(text.utf8)))
    }
}
