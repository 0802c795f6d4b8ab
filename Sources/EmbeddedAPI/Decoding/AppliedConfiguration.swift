public import KubernetesAPI

/// The body of a server-side apply, YAML or JSON.
public struct AppliedConfiguration: Sendable {
    public let object: JSONObject
    private let duplicates: [YAMLDuplicateKey]

    /// - Throws: 400 where the body cannot be read.
    public init(_ bytes: [UInt8]) throws(Status) {
        var duplicates: [YAMLDuplicateKey] = []
        let value: JSONValue
        do throws(YAMLError) {
            if let json = Self.plainJSON(bytes) {
                value = json
            } else {
                value = try JSONValue(parsingYAML: bytes, duplicates: &duplicates).withWholeNumbersAsIntegers
            }
        } catch {
            throw .badRequest("error decoding YAML: error converting YAML to JSON: yaml: line \(error.position.line): \(error.reason)")
        }
        self.duplicates = duplicates
        guard let object = value.object ?? (value.isNull ? JSONObject() : nil) else {
            let reason = "json: cannot unmarshal \(value.goKind) into Go value of type map[string]interface {}"
            throw .badRequest("error decoding YAML: error unmarshaling JSON: while decoding JSON: \(reason)")
        }
        self.object = object
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

    /// What is to be said about duplicate keys. Kubernetes asks this after it has applied the configuration, so other errors come first.
    ///
    /// - Returns: the texts of warnings.
    /// - Throws: 400 under strict validation.
    public func checked(_ validation: FieldValidation) throws(Status) -> [String] {
        if duplicates.isEmpty || validation == .ignore { return [] }
        let lines = duplicates.map { "  \($0)" }.joined(separator: "\n")
        guard validation == .strict else { return duplicates.map(\.description) }
        throw .badRequest("error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n\(lines)")
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
