/// HTTP/2 settings of the server, and how much it remembers.
public struct ServerLimits: Sendable {
    /// SETTINGS_MAX_CONCURRENT_STREAMS.
    public var maxConcurrentStreams: Int
    /// The window for request bodies on each stream, in bytes: what a client may send before the handler reads.
    public var initialWindowSizeBytes: Int
    /// SETTINGS_MAX_FRAME_SIZE, 16384...16777215 bytes.
    public var maxFrameSizeBytes: Int
    /// How many requests ``ServerObservations/requests`` keeps.
    public var requestLogLimit: Int

    public init(
        maxConcurrentStreams: Int = 100, initialWindowSizeBytes: Int = 65535, maxFrameSizeBytes: Int = 16384, requestLogLimit: Int = 10_000
    ) {
        self.maxConcurrentStreams = maxConcurrentStreams
        self.initialWindowSizeBytes = initialWindowSizeBytes
        self.maxFrameSizeBytes = maxFrameSizeBytes
        self.requestLogLimit = requestLogLimit
    }
}
