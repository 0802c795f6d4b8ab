/// Why bytes are not a JSON text that Martlet takes (RFC 8259, and the limits of ``JSONLimits``).
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, as part of a sentence: `duplicate key "name"`.
    public let reason: String
    /// Where, in bytes from the start of the text.
    public let offset: Int

    public init(_ reason: String, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    public var description: String { "invalid JSON at byte \(offset): \(reason)" }
}

/// What a reader accepts at most. Every text that comes from outside is read under limits.
public struct JSONLimits: Sendable {
    /// How deep arrays and objects may be nested, 1...1,000; the deepest of Kubernetes' own objects stay below 100.
    public var depth: Int
    /// How long the text may be, in bytes.
    public var sizeBytes: Int

    public init(depth: Int = 512, sizeBytes: Int = 512 << 20) {
        self.depth = depth
        self.sizeBytes = sizeBytes
    }
}
