/// Finds what does not fit a schema, with paths, after ``SchemaChecker/accepts(_:)`` has said that something does not.
struct ProblemSearch {
    let checker: SchemaChecker
    private(set) var problems: [InvalidObjectError.Problem] = []
    private(set) var isTruncated = false
    /// The fields of the structures met so far, by the structure's position.
    private var fieldsByStructure: [Int32: [String: Int32]] = [:]

    init(checker: SchemaChecker) { self.checker = checker }

    mutating func visit(_ json: JSONValue, node position: Int32, at path: FieldPath) {
        if isTruncated { return }
        let node = checker.nodes[Int(position)]
        switch (node.check, json) {
        case (.array, .array(let elements)):
            for (index, element) in elements.enumerated() { visit(element, node: node.index, at: path.index(index)) }
        case (.map, .object(let members)):
            for member in members.members { visit(member.value, node: node.index, at: path.key(member.key)) }
        case (.structure, .object(let members)):
            let fields = fieldsByStructure[node.index] ?? self.fields(of: checker.structures[Int(node.index)])
            fieldsByStructure[node.index] = fields
            for member in members.members {
                if let field = fields[member.key] { visit(member.value, node: field, at: path.field(member.key)) }
            }
        default:
            if !checker.acceptsScalar(json, node) { add(path, found: found(json, node), expected: expected(node)) }
        }
    }

    /// Adds a resource's wrong apiVersion or kind.
    mutating func checkType(of json: JSONValue, at path: FieldPath) {
        guard let resource = checker.resource, case .object(let members) = json else { return }
        for (name, expected) in [("apiVersion", resource.apiVersion), ("kind", resource.kind)] {
            if let found = members[name]?.string, found != expected { add(path.field(name), found: quoted(found), expected: quoted(expected)) }
        }
    }

    private mutating func add(_ path: FieldPath, found: String, expected: String) {
        if problems.count == SchemaChecker.problemLimit {
            isTruncated = true
        } else {
            problems.append(InvalidObjectError.Problem(path: path, found: found, expected: expected))
        }
    }

    private func fields(of structure: SchemaChecker.Structure) -> [String: Int32] {
        var fields: [String: Int32] = [:]
        for slot in checker.slots[structure.start...(structure.start + structure.mask)] where slot.nameLength >= 0 {
            let name = checker.names[Int(slot.nameStart)..<Int(slot.nameStart + slot.nameLength)]
            fields[String(decoding: name, as: UTF8.self)] = slot.node
        }
        return fields
    }

    /// The value itself is shown only where it cannot be a secret: not for plain strings and base64.
    private func found(_ json: JSONValue, _ node: SchemaChecker.Node) -> String {
        switch (node.check, json) {
        case (.enumeration, .string(let text)), (.time, .string(let text)), (.microTime, .string(let text)), (.duration, .string(let text)),
            (.quantity, .string(let text)):
            quoted(text)
        case (.int32, .integer), (.int32, .double), (.int64, .double), (.integerOrString, .integer), (.integerOrString, .double): json.description
        default: json.typeName
        }
    }

    private func quoted(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(64)
        return JSONValue.string(String(String.UnicodeScalarView(shown)) + (shown.endIndex < text.unicodeScalars.endIndex ? "…" : "")).description
    }

    private func expected(_ node: SchemaChecker.Node) -> String {
        switch node.check {
        case .any: "any value"
        case .string: "a string"
        case .boolean: "a boolean"
        case .int32: "an integer of 32 bits"
        case .int64: "an integer of 64 bits"
        case .double: "a number"
        case .time, .microTime: "a time such as \"2026-01-31T09:30:00Z\" (RFC 3339)"
        case .duration: "a duration such as \"1h30m\""
        case .quantity: "a quantity such as \"500m\" or \"2Gi\""
        case .integerOrString: "an integer of 32 bits or a string"
        case .base64: "a base64 string"
        case .enumeration: "one of \(checker.enumerations[Int(node.index)].map { quoted($0) }.joined(separator: ", "))"
        case .array: "an array"
        case .anyObject, .map, .structure: "an object"
        }
    }
}
