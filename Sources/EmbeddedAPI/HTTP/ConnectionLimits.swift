import Glibc

/// What one client may cost the server, in time and in connections.
public struct ConnectionLimits: Sendable {
    /// How many connections are open at once; further ones wait in the backlog.
    public var connections: Int
    /// From the TCP connection to the first bytes after the TLS handshake.
    public var handshake: Duration = .seconds(10)
    /// How long a connection without a request stays open, and one on which no part of a begun request arrives.
    public var idle: Duration = .seconds(90)
    /// From the head of a request to the end of its body.
    public var body: Duration = .seconds(30)
    /// How long a client may leave a piece of a watch unread.
    public var unreadWatch: Duration = .seconds(30)

    /// The number of connections follows from how many files the process may have open: without one left, nothing could be accepted or stored.
    public init() {
        let keptForOthers = 128
        connections = max(16, min(4096, Self.fileLimit() - keptForOthers))
    }

    /// Raises the limit of open files to what this process is allowed.
    ///
    /// - Returns: the limit then.
    private static func fileLimit() -> Int {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0 else { return 1024 }
        let wanted = min(limit.rlim_max, 65536)
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = wanted
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }
}
