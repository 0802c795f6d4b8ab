import KubernetesAPI

/// Whatever is read as YAML is written and read back equal, and every position that is claimed can be asked for.
@Sendable func fuzzYAML(_ bytes: UnsafeRawBufferPointer) {
    guard let documents = try? YAMLDocument.parse(Array(bytes)) else { return }
    for document in documents {
        _ = document.closestPosition(to: FieldPath("spec", "containers").index(0).field("name"))
        guard let again = try? JSONValue(parsingYAML: document.value.yaml()) else { fatalError("not read back: \(document.value)") }
        guard again == document.value else { fatalError("read back as \(again): \(document.value)") }
    }
}
