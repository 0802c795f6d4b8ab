import KubernetesAPI

/// Whatever is read as JSON is written and read back equal, in every layout.
@Sendable func fuzzJSON(_ bytes: UnsafeRawBufferPointer) {
    guard let value = try? JSONValue(parsing: bytes, limits: JSONLimits(sizeBytes: 1 << 20)) else { return }
    for text in [value.serialized(), value.serialized(indent: 4), value.serialized(sortedKeys: true)] {
        guard let again = try? JSONValue(parsing: text), again == value else { fatalError("not read back equal: \(value)") }
    }
}
