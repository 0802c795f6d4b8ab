import KubernetesAPI

/// What single keywords of a schema may be, and how they go together.
struct SchemaKeywordRules {
    private var errors: [FieldError] = []
    private static let types = ["array", "boolean", "integer", "number", "object", "string"]

    /// What holds for a schema because of where it stands.
    private struct Place {
        /// Why defaults are forbidden; nil where they are allowed.
        var forbidsDefaults: String?
        var isInsideMetadata = false
    }

    static func errors(in schema: StructuralSchema, at path: FieldPath) -> [FieldError] {
        var rules = SchemaKeywordRules()
        rules.check(schema, path, Place(), isRoot: true)
        return rules.errors
    }

    private mutating func fail(_ kind: FieldError.Kind, _ path: FieldPath, _ detail: String, value: JSONValue? = nil) {
        errors.append(FieldError(kind, at: path, value: value, detail))
    }

    private mutating func failType(of schema: StructuralSchema, _ path: FieldPath, _ detail: String) {
        if schema.type.isEmpty {
            fail(.required, path.field("type"), detail)
        } else {
            fail(.invalid, path.field("type"), detail, value: .string(schema.type))
        }
    }

    private mutating func check(_ schema: StructuralSchema, _ path: FieldPath, _ place: Place, isRoot: Bool = false) {
        checkKeywords(schema, path, place)
        if schema.requiresUniqueItems {
            fail(.forbidden, path.field("uniqueItems"), "uniqueItems cannot be set to true since the runtime complexity becomes quadratic")
        }
        if let additional = schema.additionalProperties {
            let additionalPath = path.field("additionalProperties")
            var isFree = false
            if case .allowed(true) = additional { isFree = true }
            if !schema.properties.isEmpty, !isFree { fail(.forbidden, additionalPath, "additionalProperties and properties are mutual exclusive") }
            if let values = additional.schema {
                var inner = place
                if place.isInsideMetadata { inner.forbidsDefaults = " inside additionalProperties applying to object metadata" }
                check(values, additionalPath, inner)
            }
        }
        for name in schema.propertyNames {
            guard let property = schema.properties[name] else { continue }
            var inner = place
            if isRoot || schema.isEmbeddedResource, ["metadata", "kind", "apiVersion"].contains(name) {
                inner.isInsideMetadata = true
                if isRoot { inner.forbidsDefaults = " in top-level \(name)" }
            }
            check(property, path.field("properties").key(name), inner)
        }
        if let not = schema.not { check(not, path.field("not"), place) }
        for (keyword, parts) in [("allOf", schema.allOf), ("oneOf", schema.oneOf), ("anyOf", schema.anyOf)] {
            for (index, part) in parts.enumerated() { check(part, path.field(keyword).index(index), place) }
        }
        if let items = schema.items { check(items, path.field("items"), place) }
        if schema.json["x-kubernetes-preserve-unknown-fields"]?.bool == false {
            fail(.invalid, path.field("x-kubernetes-preserve-unknown-fields"), "must be true or undefined", value: false)
        }
        checkMapType(schema, path)
        checkListType(schema, path)
        checkListMap(schema, path)
        for (index, rule) in schema.validations.enumerated() { check(rule, schema, path.field("x-kubernetes-validations").index(index)) }
    }

    private mutating func checkKeywords(_ schema: StructuralSchema, _ path: FieldPath, _ place: Place) {
        if !schema.type.isEmpty, !Self.types.contains(schema.type) {
            errors.append(.notSupported(path.field("type"), .string(schema.type), Self.types))
        }
        if schema.defaultValue != nil, let reason = place.forbidsDefaults { fail(.forbidden, path.field("default"), "must not be set\(reason)") }
        for keyword in ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"] {
            guard let value = schema.json[keyword], !value.isNull, keyword != "id" || value != "", keyword != "definitions" || !value.isZero,
                keyword != "patternProperties" || !value.isZero
            else { continue }
            fail(.forbidden, path.field(keyword), "\(keyword) is not supported")
        }
        if schema.type == "null" { fail(.forbidden, path.field("type"), "type cannot be set to null, use nullable as an alternative") }
        if !(schema.json["items"]?.array ?? []).isEmpty { fail(.forbidden, path.field("items"), "items must be a schema object and not an array") }
        if place.isInsideMetadata, schema.isEmbeddedResource {
            fail(.forbidden, path.field("x-kubernetes-embedded-resource"), "must not be used inside of resource meta")
        }
    }

    private mutating func checkMapType(_ schema: StructuralSchema, _ path: FieldPath) {
        guard let mapType = schema.mapType else { return }
        if schema.type != "object" {
            let detail = "must be object if x-kubernetes-map-type is specified"
            failType(of: schema, path, detail)
        }
        if mapType != "atomic", mapType != "granular" {
            errors.append(.notSupported(path.field("x-kubernetes-map-type"), .string(mapType), ["atomic", "granular"]))
        }
    }

    private mutating func checkListType(_ schema: StructuralSchema, _ path: FieldPath) {
        if let name = schema.listTypeName {
            if schema.type != "array" {
                let detail = "must be array if x-kubernetes-list-type is specified"
                failType(of: schema, path, detail)
            } else if name == "set", let items = schema.items {
                let detail = "must be atomic as item of a list with x-kubernetes-list-type=set"
                // Kubernetes prints the list type of the items in both cases.
                let printed = items.listTypeName.map { JSONValue.string($0) } ?? .null
                if items.type == "array", let inner = items.listTypeName, inner != "atomic" {
                    fail(.invalid, path.field("items").field("x-kubernetes-list-type"), detail, value: printed)
                }
                if items.type == "object", items.mapType != "atomic" {
                    fail(.invalid, path.field("items").field("x-kubernetes-map-type"), detail, value: printed)
                }
            }
            if schema.listType == nil { errors.append(.notSupported(path.field("x-kubernetes-list-type"), .string(name), ["atomic", "set", "map"])) }
        }
        guard !schema.listMapKeys.isEmpty, schema.listTypeName != "map" else { return }
        let detail = "must be map if x-kubernetes-list-map-keys is non-empty"
        if let name = schema.listTypeName {
            fail(.invalid, path.field("x-kubernetes-list-type"), detail, value: .string(name))
        } else {
            fail(.required, path.field("x-kubernetes-list-type"), detail)
        }
    }

    private mutating func checkListMap(_ schema: StructuralSchema, _ path: FieldPath) {
        guard schema.listType == .map || schema.listType == .set else { return }
        let (itemsPath, keysPath) = (path.field("items"), path.field("x-kubernetes-list-map-keys"))
        let isMap = schema.listType == .map
        if isMap {
            if schema.listMapKeys.isEmpty { fail(.required, keysPath, "must not be empty if x-kubernetes-list-type is map") }
            if schema.items == nil { fail(.required, itemsPath, "must have a schema if x-kubernetes-list-type is map") }
            if let items = schema.items, items.type != "object" {
                fail(.invalid, itemsPath.field("type"), "must be object if parent array's x-kubernetes-list-type is map", value: .string(items.type))
            }
        }
        guard let items = schema.items else { return }
        if isMap, items.type == "object" {
            let printed = JSONValue.array(schema.listMapKeys.map { .string($0) })
            var seen: Set<String> = []
            for key in schema.listMapKeys {
                if let property = items.properties[key] {
                    if property.type == "array" || property.type == "object" {
                        let detail = "must be a scalar type if parent array's x-kubernetes-list-type is map"
                        fail(.invalid, itemsPath.field("properties").key(key).field("type"), detail, value: .string(items.type))
                    }
                } else {
                    fail(.invalid, keysPath, "entries must all be names of item properties", value: printed)
                }
                if !seen.insert(key).inserted { fail(.invalid, keysPath, "must not contain duplicate entries", value: printed) }
            }
        }
        if items.isNullable {
            fail(.forbidden, itemsPath.field("nullable"), "cannot be nullable when x-kubernetes-list-type is \(isMap ? "map" : "set")")
        }
        guard isMap else { return }
        let required = Set(items.requiredProperties)
        for key in schema.listMapKeys {
            guard let property = items.properties[key] else { continue }
            let place = itemsPath.field("properties").key(key)
            if !required.contains(key), property.defaultValue == nil {
                fail(
                    .required, place.field("default"),
                    "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property")
            }
            if property.isNullable {
                fail(.forbidden, place.field("nullable"), "this property is in x-kubernetes-list-map-keys, so it cannot be nullable")
            }
        }
    }

    private mutating func check(_ rule: ValidationRule, _ schema: StructuralSchema, _ path: FieldPath) {
        func isBlank(_ text: some StringProtocol) -> Bool { text.allSatisfy(\.isWhitespace) }
        func hasLineBreak(_ text: some StringProtocol) -> Bool { text.unicodeScalars.contains { $0 == "\n" || $0 == "\r" } }
        let message = rule.message.trimmingWhitespace
        if isBlank(rule.rule) {
            fail(.required, path.field("rule"), "rule is not specified")
        } else if !rule.message.isEmpty, isBlank(rule.message) {
            fail(.invalid, path.field("message"), "must be non-empty if specified", value: .string(rule.message))
        } else if hasLineBreak(message) {
            fail(.invalid, path.field("message"), "must not contain line breaks", value: .string(rule.message))
        } else if hasLineBreak(rule.rule.trimmingWhitespace), message.isEmpty {
            fail(.required, path.field("message"), "message must be specified if rule contains line breaks")
        }
        if !rule.messageExpression.isEmpty, isBlank(rule.messageExpression) {
            fail(.required, path.field("messageExpression"), "messageExpression must be non-empty if specified")
        }
        let reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"]
        if let reason = rule.reason, !reasons.contains(reason) { errors.append(.notSupported(path.field("reason"), .string(reason), reasons)) }
        guard !rule.fieldPath.isEmpty else { return }
        let place = path.field("fieldPath")
        if isBlank(rule.fieldPath) { fail(.invalid, place, "must be non-empty if specified", value: .string(rule.fieldPath)) }
        if hasLineBreak(rule.fieldPath) { fail(.invalid, place, "must not contain line breaks", value: .string(rule.fieldPath)) }
        if (try? SchemaPath.resolve(rule.fieldPath, in: schema)) == nil {
            fail(.invalid, place, "must be a valid path", value: .string(rule.fieldPath))
        }
    }
}

extension String {
    var trimmingWhitespace: Substring {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return text
    }
}
