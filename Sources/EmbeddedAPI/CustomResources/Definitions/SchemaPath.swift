import KubernetesAPI

/// Paths that name a field of a schema: `.spec.replicas`, `.labels['a.b']`, as `fieldPath` of rules and selectable fields use them.
enum SchemaPath {
    /// Where the path leads: its fields and keys, and the schema there (nil where any value is allowed).
    static func resolve(
        _ text: String, in schema: StructuralSchema, allowsBrackets: Bool = true
    ) throws(JSONPathError) -> (path: FieldPath, schema: StructuralSchema?) {
        var path = FieldPath()
        var current: StructuralSchema? = schema
        var tokens = tokens(of: text)[...]
        func enter(_ name: String) throws(JSONPathError) {
            guard let schema = current else { throw JSONPathError(reason: "does not refer to a valid field") }
            if !schema.properties.isEmpty || schema.json["properties"]?.object != nil {
                guard let next = schema.properties[name] else { throw JSONPathError(reason: "does not refer to a valid field") }
                path = path.field(name)
                current = next
            } else if schema.additionalProperties != nil {
                path = path.key(name)
                current = schema.additionalProperties?.schema
            } else {
                throw JSONPathError(reason: "does not refer to a valid field")
            }
        }
        while let token = tokens.popFirst() {
            switch token {
            case "[":
                guard allowsBrackets else { throw JSONPathError(reason: "array notation is not allowed") }
                guard let name = tokens.popFirst() else { throw JSONPathError(reason: "unexpected end of JSON path") }
                guard name.utf8.count >= 2, name.hasPrefix("'"), name.hasSuffix("'") else {
                    throw JSONPathError(reason: "expected single quoted string but got \(name)")
                }
                try enter(unescaped(String(name.dropFirst().dropLast())))
                guard let end = tokens.popFirst() else { throw JSONPathError(reason: "unexpected end of JSON path") }
                guard end == "]" else { throw JSONPathError(reason: "expected ] but got \(end)") }
            case ".":
                guard let name = tokens.popFirst() else { throw JSONPathError(reason: "unexpected end of JSON path") }
                try enter(name)
            default: throw JSONPathError(reason: "expected [ or . but got: \(token)")
            }
        }
        return (path, current)
    }

    /// `.`, `[`, `]`, texts in single quotes, and what is between them.
    private static func tokens(of text: String) -> [String] {
        var tokens: [String] = []
        var rest = text[...]
        while let first = rest.first {
            var end = rest.index(after: rest.startIndex)
            if first == "'" {
                var isEscaped = false
                while end < rest.endIndex, rest[end] != "'" || isEscaped {
                    isEscaped = rest[end] == "\\"
                    end = rest.index(after: end)
                }
                if end < rest.endIndex { end = rest.index(after: end) }
            } else if !".[]".contains(first) {
                end = rest.firstIndex { ".[]".contains($0) } ?? rest.endIndex
            }
            tokens.append(String(rest[..<end]))
            rest = rest[end...]
        }
        return tokens
    }

    private static func unescaped(_ text: String) -> String {
        var result = ""
        var isEscaped = false
        for character in text {
            if character == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            switch (isEscaped, character) {
            case (true, "n"): result.append("\n")
            case (true, "t"): result.append("\t")
            case (true, "r"): result.append("\r")
            default: result.append(character)
            }
            isEscaped = false
        }
        return result
    }
}
