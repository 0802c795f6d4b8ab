/// A key that stands in its map already.
public struct YAMLDuplicateKey: Hashable, Sendable, CustomStringConvertible {
    public let key: String
    /// The line of its value, from 1.
    public let line: Int

    public init(key: String, line: Int) {
        self.key = key
        self.line = line
    }

    /// The words of go-yaml.
    public var description: String { "line \(line): key \(key.quotedAsGo) already set in map" }
}

extension JSONValue {
    /// Reads the first document of a YAML text as Kubernetes reads a body: of duplicate keys the last one counts, and a text without a document is null.
    ///
    /// - Parameter duplicates: takes the duplicate keys in the order of their lines.
    public init(parsingYAML bytes: [UInt8], limits: YAMLLimits = YAMLLimits(), duplicates: inout [YAMLDuplicateKey]) throws(YAMLError) {
        let (documents, found) = try YAMLDocument.parsePassingOverDuplicates(bytes, limits: limits)
        self = documents.first?.value ?? .null
        duplicates = found.sorted { $0.line < $1.line }
    }
}
