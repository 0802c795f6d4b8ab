import KubernetesAPI

/// The body of a server-side apply: YAML or JSON, complete with type and name.
struct ApplyBody: Sendable {
    let configuration: JSONObject
    let name: String
    let warnings: [String]

    /// - Parameter name: of the path, which the body has to have.
    /// - Throws: ``Status`` of 400.
    init(_ bytes: [UInt8], name: String, validation: FieldValidation) throws(Status) {
        var duplicates: [YAMLDuplicateKey] = []
        let value: JSONValue
        do throws(YAMLError) {
            value = try JSONValue(parsingYAML: bytes, duplicates: &duplicates)
        } catch {
            throw .badRequest("error decoding YAML: yaml: line \(error.position.line): \(error.reason)")
        }
        guard let object = value.withWholeNumbersAsIntegers.object else {
            throw .badRequest("error decoding YAML: json: cannot unmarshal \(value.goKind) into Go value of type map[string]interface {}")
        }
        let problems = duplicates.map { "\($0)" }
        let text = problems.isEmpty ? [] : ["yaml: unmarshal errors:\n" + problems.map { "  \($0)" }.joined(separator: "\n")]
        warnings = try validation.judge(text) { .badRequest("error strict decoding YAML: error converting YAML to JSON: \($0)") }
        let given = object.objectName
        guard !given.isEmpty else { throw .badRequest("the name of the object (\(name) based on URL) was undeterminable: name must be provided") }
        guard given == name else { throw .badRequest("the name of the object (\(given)) does not match the name on the URL (\(name))") }
        configuration = object
        self.name = name
    }
}
