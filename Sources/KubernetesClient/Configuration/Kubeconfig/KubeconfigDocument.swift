import KubernetesAPI

/// Reads the one document of a kubeconfig, YAML or JSON.
///
/// - Returns: null for a file without any content, which kubectl takes as an empty kubeconfig.
func kubeconfigDocument(from bytes: [UInt8], file: String?) throws(ClientConfigurationError) -> JSONValue {
    // Far beyond any kubeconfig; most of all it bounds what aliases can expand to.
    let limits = YAMLLimits(sizeBytes: ConfigurationFile.kubeconfigLimit, documents: 16, depth: 64, nodes: 1_000_000, expandedBytes: 64 << 20)
    do throws(YAMLError) {
        let documents = try YAMLDocument.parse(bytes, limits: limits)
        if documents.count > 1 { throw YAMLError("a second document; kubectl would not read it", at: documents[1].start) }
        return documents.first?.value ?? .null
    } catch {
        let reason = withoutValues(of: bytes, line: error.position.line, error.reason)
        throw .invalid(file: file.map { "\($0):\(error.position)" } ?? "line \(error.position)", field: nil, reason: reason)
    }
}

/// A reason without the words that stand after the first colon or dash of the line it is about, and without names of aliases, anchors and tags. YAML's errors
/// quote names and scalars, and what looks like a name may be a password: `password: *pa55` is an alias for YAML.
private func withoutValues(of bytes: [UInt8], line: Int, _ reason: String) -> String {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: line, omittingEmptySubsequences: false)
    guard lines.indices.contains(line - 1) else { return reason }
    let text = String(decoding: lines[line - 1].prefix(64 << 10), as: UTF8.self)
    let value = text.firstRange(of: /:\s|-\s/).map { text[$0.upperBound...] } ?? Substring(text)
    let names = text.matches(of: /[*&!]+([^\s,\]}]+)/).map(\.output.1)
    let words = names + value.split { $0.isWhitespace || "\"'*&!,{}[]:".contains($0) }
    return words.filter { $0.count > 2 }.reduce(reason) { $0.replacing($1, with: "...") }
}

/// The bytes of a file for ``Kubeconfig/json``.
func kubeconfigBytes(of value: JSONValue) -> [UInt8] { value.yaml(sortedKeys: false) }
