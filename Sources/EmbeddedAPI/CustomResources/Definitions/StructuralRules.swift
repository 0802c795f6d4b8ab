import KubernetesAPI

/// That a schema is structural: it gives every field a type, outside of `allOf`, `anyOf`, `oneOf` and `not`, which only check values.
///
/// - Note: <https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema>
struct StructuralRules {
    private enum Level { case root, item, field }
    private var errors: [FieldError] = []

    /// Sorted by their texts.
    static func errors(in schema: StructuralSchema, at path: FieldPath) -> [FieldError] {
        var rules = StructuralRules()
        rules.check(schema, .root, path)
        rules.checkCompleteness(of: schema, under: schema, path, path)
        return rules.errors.map { ("\($0)", $0) }.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }.map(\.1)
    }

    private mutating func fail(_ kind: FieldError.Kind, _ path: FieldPath, _ detail: String, value: JSONValue? = nil) {
        errors.append(FieldError(kind, at: path, value: value, detail))
    }

    private mutating func check(_ schema: StructuralSchema, _ level: Level, _ path: FieldPath) {
        if schema.type == "array", schema.items == nil { fail(.required, path.field("items"), "must be specified") }
        if let items = schema.items { check(items, .item, path.field("items")) }
        for name in schema.propertyNames {
            if let property = schema.properties[name] { check(property, .field, path.field("properties").key(name)) }
        }
        if schema.additionalProperties != nil {
            if level == .root { fail(.forbidden, path.field("additionalProperties"), "must not be used at the root") }
            if let values = schema.additionalProperties?.schema { check(values, .field, path.field("additionalProperties")) }
        }
        if schema.isIntOrString, schema.preservesUnknownFields {
            fail(.invalid, path.field("x-kubernetes-preserve-unknown-fields"), "must be false if x-kubernetes-int-or-string is true", value: true)
        }
        if schema.isIntOrString, schema.isEmbeddedResource {
            fail(.invalid, path.field("x-kubernetes-embedded-resource"), "must be false if x-kubernetes-int-or-string is true", value: true)
        }
        let skipsFirst = schema.allOf.first.map { Self.isIntOrString($0.json["anyOf"]) } ?? false
        checkValues(schema, skipsAnyOf: Self.isIntOrString(schema.json["anyOf"]), skipsFirstAnyOf: skipsFirst, path)
        checkType(of: schema, level, path)
        checkTypeAndMetadata(of: schema, level, path)
    }

    /// `anyOf: [{type: integer}, {type: string}]`, which may go with `x-kubernetes-int-or-string`.
    private static func isIntOrString(_ anyOf: JSONValue?) -> Bool { anyOf == [["type": "integer"], ["type": "string"]] }

    private mutating func checkType(of schema: StructuralSchema, _ level: Level, _ path: FieldPath) {
        let place = path.field("type")
        if schema.isEmbeddedResource, schema.type != "object" {
            let detail = "must be object if x-kubernetes-embedded-resource is true"
            if schema.type.isEmpty { fail(.required, place, detail) } else { fail(.invalid, place, detail, value: .string(schema.type)) }
        } else if schema.type.isEmpty, !schema.isIntOrString, !schema.preservesUnknownFields {
            switch level {
            case .root: fail(.required, place, "must not be empty at the root")
            case .item: fail(.required, place, "must not be empty for specified array items")
            case .field: fail(.required, place, "must not be empty for specified object fields")
            }
        }
        if schema.isEmbeddedResource, schema.additionalProperties != nil {
            fail(.forbidden, path.field("additionalProperties"), "must not be used if x-kubernetes-embedded-resource is set")
        }
        if level == .root, !schema.type.isEmpty, schema.type != "object" {
            fail(.invalid, place, "must be object at the root", value: .string(schema.type))
        }
    }

    private mutating func checkTypeAndMetadata(of schema: StructuralSchema, _ level: Level, _ path: FieldPath) {
        let isResource = level == .root || schema.isEmbeddedResource
        for name in ["kind", "apiVersion"] {
            guard isResource, let property = schema.properties[name], property.type != "string" else { continue }
            fail(.invalid, path.field("properties").key(name).field("type"), "must be string", value: .string(property.type))
        }
        if let metadata = schema.properties["metadata"] {
            let place = path.field("properties").key("metadata")
            if isResource, metadata.type != "object" { fail(.invalid, place.field("type"), "must be object", value: .string(metadata.type)) }
            if level == .root, !Self.restrictsNamesOnly(metadata) {
                fail(.forbidden, place, "must not specify anything other than name and generateName, but metadata is implicitly specified")
            }
        }
        if schema.isEmbeddedResource, !schema.preservesUnknownFields, schema.properties.isEmpty {
            let detail = "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"
            fail(.required, path.field("properties"), detail)
        }
    }

    private static func restrictsNamesOnly(_ metadata: StructuralSchema) -> Bool {
        guard Set(metadata.propertyNames).isSubset(of: ["name", "generateName"]) else { return false }
        return (metadata.json.object ?? JSONObject()).allSatisfy { ["type", "default", "properties"].contains($0.key) || $0.value.isZero }
    }

    // MARK: Inside allOf, anyOf, oneOf and not

    private mutating func checkValues(_ schema: StructuralSchema, skipsAnyOf: Bool, skipsFirstAnyOf: Bool, _ path: FieldPath) {
        if !skipsAnyOf {
            for (index, part) in schema.anyOf.enumerated() { checkNested(part, skipsAnyOf: false, path.field("anyOf").index(index)) }
        }
        for (index, part) in schema.allOf.enumerated() {
            checkNested(part, skipsAnyOf: skipsFirstAnyOf && index == 0, path.field("allOf").index(index))
        }
        for (index, part) in schema.oneOf.enumerated() { checkNested(part, skipsAnyOf: false, path.field("oneOf").index(index)) }
        if let not = schema.not { checkNested(not, skipsAnyOf: false, path.field("not")) }
        if case .failure(let error)? = schema.compiledPattern {
            fail(.invalid, path.field("pattern"), "must be a valid regular expression, but isn't: \(error.reason)", value: .string(schema.pattern))
        }
    }

    private mutating func checkNested(_ schema: StructuralSchema, skipsAnyOf: Bool, _ path: FieldPath) {
        checkValues(schema, skipsAnyOf: skipsAnyOf, skipsFirstAnyOf: false, path)
        if let items = schema.items { checkNested(items, skipsAnyOf: false, path.field("items")) }
        for name in schema.propertyNames {
            if let property = schema.properties[name] { checkNested(property, skipsAnyOf: false, path.field("properties").key(name)) }
        }
        for (keyword, isThere, word) in [
            ("type", !schema.type.isEmpty, "empty"),
            ("additionalProperties", schema.additionalProperties != nil, "undefined"),
            ("default", schema.defaultValue != nil, "undefined"),
            ("title", !(schema.json["title"]?.isZero ?? true), "empty"),
            ("description", !(schema.json["description"]?.isZero ?? true), "empty"),
            ("nullable", schema.isNullable, "false"),
            ("x-kubernetes-preserve-unknown-fields", schema.preservesUnknownFields, "false"),
            ("x-kubernetes-embedded-resource", schema.isEmbeddedResource, "false"),
            ("x-kubernetes-int-or-string", schema.isIntOrString, "false"),
            ("x-kubernetes-list-map-keys", !schema.listMapKeys.isEmpty, "empty"),
            ("x-kubernetes-list-type", schema.listTypeName != nil, "undefined"),
            ("x-kubernetes-map-type", schema.mapType != nil, "undefined"),
            ("x-kubernetes-validations", !schema.validations.isEmpty, "empty"),
        ] where isThere {
            fail(.forbidden, path.field(keyword), "must be \(word) to be structural")
        }
        if schema.properties["metadata"] != nil {
            fail(.forbidden, path.field("properties").key("metadata"), "must not be specified in a nested context")
        }
    }

    /// Every field and item that value checks name has a schema outside of them.
    private mutating func checkCompleteness(of values: StructuralSchema, under schema: StructuralSchema, _ path: FieldPath, _ valuePath: FieldPath) {
        if let not = values.not { checkNestedCompleteness(of: not, under: schema, path, valuePath.field("not")) }
        for (keyword, parts) in [("allOf", values.allOf), ("anyOf", values.anyOf), ("oneOf", values.oneOf)] {
            for (index, part) in parts.enumerated() {
                checkNestedCompleteness(of: part, under: schema, path, valuePath.field(keyword).index(index))
            }
        }
    }

    private mutating func checkNestedCompleteness(of values: StructuralSchema, under schema: StructuralSchema, _ path: FieldPath, _ valuePath: FieldPath) {
        checkCompleteness(of: values, under: schema, path, valuePath)
        if let items = values.items {
            if let known = schema.items {
                checkNestedCompleteness(of: items, under: known, path.field("items"), valuePath.field("items"))
            } else {
                fail(.required, path.field("items"), "because it is defined in \(valuePath.field("items"))")
            }
        }
        for name in values.propertyNames {
            guard let property = values.properties[name] else { continue }
            let (place, valuePlace) = (path.field("properties").key(name), valuePath.field("properties").key(name))
            if let known = schema.properties[name] {
                checkNestedCompleteness(of: property, under: known, place, valuePlace)
            } else {
                fail(.required, place, "because it is defined in \(valuePlace)")
            }
        }
    }
}
