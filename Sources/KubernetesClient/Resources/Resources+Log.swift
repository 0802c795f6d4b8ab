import HTTPTransport
import KubernetesAPI

/// Which part of a container's log to read.
public struct LogOptions: Sendable {
    /// nil when the pod has only one container.
    public var container: String?
    /// Goes on with what is written later, until the container ends.
    public var follow: Bool
    /// The log of the container's run before this one.
    public var previous: Bool
    public var sinceSeconds: Int?
    /// Only so many of the last lines.
    public var tailLines: Int?
    /// Stops after so many bytes, in the middle of a line if need be.
    public var limitBytes: Int?
    /// Begins each line with its RFC 3339 time.
    public var timestamps: Bool

    public init(
        container: String? = nil, follow: Bool = false, previous: Bool = false, sinceSeconds: Int? = nil, tailLines: Int? = nil, limitBytes: Int? = nil,
        timestamps: Bool = false
    ) {
        self.container = container
        self.follow = follow
        self.previous = previous
        self.sinceSeconds = sinceSeconds
        self.tailLines = tailLines
        self.limitBytes = limitBytes
        self.timestamps = timestamps
    }
}

extension Resources where Object == Pod {
    /// The log of a container, as bytes in the pieces in which they come; the server is held back while nobody reads, and dropping the body ends a
    /// followed log.
    ///
    /// Reading the body throws ``HTTPTransport/HTTPTransportError``.
    public func log(of name: String, _ options: LogOptions = LogOptions()) async throws -> HTTPBody {
        var query = Query()
        query.add("container", options.container)
        query.add("follow", options.follow)
        query.add("previous", options.previous)
        query.add("sinceSeconds", options.sinceSeconds.map(String.init))
        query.add("tailLines", options.tailLines.map(String.init))
        query.add("limitBytes", options.limitBytes.map(String.init))
        query.add("timestamps", options.timestamps)
        let call = Call(method: .get, path: try path(name, "log"), query: query, accept: "*/*", isStream: true)
        return try await client.send(call).body
    }
}
