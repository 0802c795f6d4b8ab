import KubernetesAPI

/// The body of a server-side apply: YAML or JSON, complete with type and name.
struct ApplyBody: Sendable {
    let configuration: JSONObject
    let name: String
    let warnings: [String]

    /// - Parameters:
    ///   - name: of the path, taken over where the body has none.
    ///   - namespace: of the path, likewise; empty for resources without namespaces.
    /// - Throws: ``Status`` of 400.
    init(_ bytes: [UInt8], name: String, namespace: String, resource: ServedResource, validation: FieldValidation) throws(Status) {
        var duplicates: [YAMLDuplicateKey] = []
        let value: JSONValue
        do throws(YAMLError) {
            value = try JSONValue(parsingYAML: bytes, duplicates: &duplicates)
        } catch {
            throw .badRequest("error decoding YAML: yaml: line \(error.position.line): \(error.reason)")
        }
        guard var object = value.withWholeNumbersAsIntegers.object else {
            throw .badRequest("error decoding YAML: json: cannot unmarshal \(value.goKind) into Go value of type map[string]interface {}")
        }
        let problems = duplicates.map { "\($0)" }
        let text = problems.isEmpty ? [] : ["yaml: unmarshal errors:\n" + problems.map { "  \($0)" }.joined(separator: "\n")]
        warnings = try validation.judge(text) { .badRequest("error strict decoding YAML: error converting YAML to JSON: \($0)") }
        var metadata = object.metadata
        let given = metadata["name"]?.string ?? ""
        if given.isEmpty {
            metadata["name"] = .string(name)
        } else if given != name {
            throw .badRequest("metadata.name does not match the name on the URL")
        }
        if resource.isNamespaced, (metadata["namespace"]?.string ?? "").isEmpty { metadata["namespace"] = .string(namespace) }
        object["metadata"] = .object(metadata)
        configuration = object
        self.name = name
    }
}
