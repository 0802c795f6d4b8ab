/// What the YAML reader accepts at most. Every text that comes from outside is read under limits.
public struct YAMLLimits: Sendable {
    /// How long the text may be, in bytes; at most 4 GiB count.
    public var sizeBytes: Int
    /// How many documents the text may have, empty ones included.
    public var documents: Int
    /// How deep maps and lists may be nested once aliases stand for what they name, 1...1,000.
    public var depth: Int
    /// How many values and keys all documents may have together, each alias counted as all that it names.
    public var nodes: Int
    /// How much text keys and values may have together, each alias counted as all that it names, in bytes.
    public var expandedBytes: Int

    public init(sizeBytes: Int = 64 << 20, documents: Int = 100_000, depth: Int = 512, nodes: Int = 10_000_000, expandedBytes: Int = 256 << 20) {
        self.sizeBytes = sizeBytes
        self.documents = documents
        self.depth = depth
        self.nodes = nodes
        self.expandedBytes = expandedBytes
    }

    /// How many `%TAG` directives a text may have: libyaml compares each with all others, and no manifest needs one.
    static let tagDirectives = 64

    /// The largest share of a document's nodes that aliases may make, by the number of its nodes: 0.99 for documents of up to 400,000 nodes,
    /// 0.1 from 4,000,000 on. The rule of go-yaml v2, so that kubectl and we refuse the same documents.
    static func aliasShare(ofNodes nodes: Int) -> Double {
        let low = 400_000.0, high = 4_000_000.0
        return 0.99 - 0.89 * (min(max(Double(nodes), low), high) - low) / (high - low)
    }
}
