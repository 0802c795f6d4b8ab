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
            value = try Self.plainJSON(bytes) ?? JSONValue(parsingYAML: bytes, duplicates: &duplicates)
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

    /// The value of a body that means the same as JSON and as YAML, as those of client libraries do: YAML's reader takes many times longer.
    ///
    /// Nil where the two may differ, and where it is no JSON: with characters that YAML refuses, merge keys, duplicate keys or fractions.
    private static func plainJSON(_ bytes: [UInt8]) -> JSONValue? {
        var previous: UInt8 = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x20...0x7E: break
            default: return nil
            }
            if byte == UInt8(ascii: "<"), previous == byte { return nil }
            previous = byte
        }
        guard let value = try? JSONValue(parsing: bytes), !value.hasFractions else { return nil }
        return value
    }
}

extension JSONValue {
    fileprivate var hasFractions: Bool {
        switch self {
        case .double: true
        case .array(let elements): elements.contains(where: \.hasFractions)
        case .object(let object): object.contains(where: \.value.hasFractions)
        default: false
        }
    }
}
