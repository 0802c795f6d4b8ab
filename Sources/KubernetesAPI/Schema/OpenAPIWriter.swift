/// Writes schemas as OpenAPI v3.
struct OpenAPIWriter {
    let form: OpenAPIForm
    /// The types that are being written around this place, for types that contain themselves.
    private var enclosing: [ObjectIdentifier] = []

    init(form: OpenAPIForm) { self.form = form }

    func write(_ schema: Schema) -> JSONObject {
        var type = JSONObject()
        switch schema.type {
        case .structure(let structure):
            if form == .references { return reference(structure.definition.name, of: schema) }
            return write(structure, schema)
        case .time where form == .references: return reference(Self.metaPrefix + "Time", of: schema)
        case .microTime where form == .references: return reference(Self.metaPrefix + "MicroTime", of: schema)
        case .quantity where form == .references: return reference("io.k8s.apimachinery.pkg.api.resource.Quantity", of: schema)
        case .integerOrString where form == .references: return reference("io.k8s.apimachinery.pkg.util.intstr.IntOrString", of: schema)
        case .string: type["type"] = "string"
        case .boolean: type["type"] = "boolean"
        case .int32: type = ["type": "integer", "format": "int32"]
        case .int64: type = ["type": "integer", "format": "int64"]
        case .double: type = ["type": "number", "format": "double"]
        case .time, .microTime: type = ["type": "string", "format": "date-time"]
        case .duration: type = ["type": "string", "format": "duration"]
        case .base64: type = ["type": "string", "format": "byte"]
        case .enumeration(let cases):
            type["type"] = "string"
            type["enum"] = .array(cases.map { .string($0.value) })
        case .quantity:
            type["anyOf"] = [["type": "integer"], ["type": "string"]]
            type["pattern"] = .string(Self.quantityPattern)
            type["x-kubernetes-int-or-string"] = true
        case .integerOrString:
            type["anyOf"] = [["type": "integer"], ["type": "string"]]
            type["x-kubernetes-int-or-string"] = true
        case .any:
            if form == .structural { type["x-kubernetes-preserve-unknown-fields"] = true }
        case .anyObject:
            type["type"] = "object"
            if form == .structural { type["x-kubernetes-preserve-unknown-fields"] = true }
        case .array(let element):
            type["type"] = "array"
            type["items"] = .object(write(element))
        case .map(let element):
            type["type"] = "object"
            type["additionalProperties"] = .object(write(element))
        }
        return described(schema.fullDescription, schema.defaultValue, type, schema.keywords)
    }

    // MARK: Structures

    /// A structure in place.
    private func write(_ structure: any APIStruct.Type, _ schema: Schema) -> JSONObject {
        let description = schema.description.isEmpty ? structure.definition.description : schema.description
        if enclosing.contains(ObjectIdentifier(structure.definition)) {
            return described(description, schema.defaultValue, ["type": "object", "x-kubernetes-preserve-unknown-fields": true], schema.keywords)
        }
        var object = write(structure.definition, description: description, outer: schema.keywords)
        if let defaultValue = schema.defaultValue { object["default"] = defaultValue }
        return object
    }

    /// The object that a definition describes. `outer` are the keywords of the field that it is written for; they come after the type's own.
    func write(_ definition: StructDefinition, description: String, outer: [Schema.Keyword]) -> JSONObject {
        var writer = self
        writer.enclosing.append(ObjectIdentifier(definition))
        var object: JSONObject = ["type": "object"]
        let isObjectMeta = definition === ObjectMeta.definition
        let fields =
            form == .structural && isObjectMeta ? definition.fields.filter { Self.embeddedMetadataFields.contains($0.name) } : definition.fields
        // Of a complete object's metadata a structural schema may only restrict name and generateName; the API server knows the rest.
        let isCompleteObject = form == .structural && (enclosing.isEmpty || outer.contains(.embeddedResource))
        if !fields.isEmpty {
            var properties = JSONObject()
            for field in fields {
                let isMetadata = isCompleteObject && field.name == "metadata" && field.schema.isObjectMeta
                properties[field.name] = isMetadata ? ["type": "object"] : .object(writer.write(field.schema))
            }
            object["properties"] = .object(properties)
        }
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { object["required"] = .array(required) }
        return described(description, nil, object, definition.keywords + outer)
    }

    private static let embeddedMetadataFields: Set<String> = ["annotations", "finalizers", "labels", "name", "namespace"]

    /// A reference; OpenAPI v3.0 ignores what stands beside a `$ref`, so that goes around it.
    private func reference(_ name: String, of schema: Schema) -> JSONObject {
        let reference: JSONObject = ["$ref": .string("#/components/schemas/\(name)")]
        let outer = described(schema.description, schema.defaultValue, ["allOf": [.object(reference)]], schema.keywords)
        return outer.count == 1 ? reference : outer
    }

    // MARK: Keywords

    /// Puts description and default before the type, and the keywords after it.
    private func described(_ description: String, _ defaultValue: JSONValue?, _ type: JSONObject, _ keywords: [Schema.Keyword]) -> JSONObject {
        var object = JSONObject()
        if !description.isEmpty { object["description"] = .string(description) }
        for keyword in keywords { if case .title(let title) = keyword { object["title"] = .string(title) } }
        for (key, value) in type { object[key] = value }
        if let defaultValue { object["default"] = defaultValue }
        var rules: [JSONValue] = []
        for keyword in keywords { add(keyword, to: &object, &rules) }
        if !rules.isEmpty { object["x-kubernetes-validations"] = .array(rules) }
        return object
    }

    private func add(_ keyword: Schema.Keyword, to object: inout JSONObject, _ rules: inout [JSONValue]) {
        switch keyword {
        case .title, .items, .values: break
        case .format(let format): object["format"] = .string(format)
        case .example(let value): object["example"] = value
        case .minimum(let value): object["minimum"] = value
        case .maximum(let value): object["maximum"] = value
        case .exclusiveMinimum(let value):
            object["minimum"] = value
            object["exclusiveMinimum"] = true
        case .exclusiveMaximum(let value):
            object["maximum"] = value
            object["exclusiveMaximum"] = true
        case .multipleOf(let value): object["multipleOf"] = value
        case .minLength(let count): object["minLength"] = .integer(Int64(count))
        case .maxLength(let count): object["maxLength"] = .integer(Int64(count))
        case .pattern(let pattern): object["pattern"] = .string(pattern)
        case .minItems(let count): object["minItems"] = .integer(Int64(count))
        case .maxItems(let count): object["maxItems"] = .integer(Int64(count))
        case .minProperties(let count): object["minProperties"] = .integer(Int64(count))
        case .maxProperties(let count): object["maxProperties"] = .integer(Int64(count))
        case .nullable: object["nullable"] = true
        case .embeddedResource: object["x-kubernetes-embedded-resource"] = true
        case .preserveUnknownFields: object["x-kubernetes-preserve-unknown-fields"] = true
        case .listType(let type, let keys):
            object["x-kubernetes-list-type"] = .string(type)
            if !keys.isEmpty { object["x-kubernetes-list-map-keys"] = .array(keys.map { .string($0) }) }
        case .mapType(let type): object["x-kubernetes-map-type"] = .string(type)
        case .patch(let strategy, let key):
            // Not part of structural schemas: the API server does no strategic merge on custom resources.
            guard form == .references else { break }
            object["x-kubernetes-patch-strategy"] = .string(strategy)
            if let key { object["x-kubernetes-patch-merge-key"] = .string(key) }
        case .rule(let rule): rules.append(.object(rule.json))
        }
    }

    // MARK: Values and lists

    static let metaPrefix = "io.k8s.apimachinery.pkg.apis.meta.v1."

    /// What a quantity is as a string, as controller-gen writes it.
    static let quantityPattern =
        #"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$"#

    /// The definitions that ``OpenAPIForm/references`` refers to and that are no structs.
    static let valueDefinitions: [(String, JSONObject)] = [
        (metaPrefix + "Time", ["description": "A point in time in whole seconds (RFC 3339).", "type": "string", "format": "date-time"]),
        (metaPrefix + "MicroTime", ["description": "A point in time with microseconds (RFC 3339).", "type": "string", "format": "date-time"]),
        (
            "io.k8s.apimachinery.pkg.api.resource.Quantity",
            [
                "description": "A number with a suffix, such as 500m or 2Gi: n to E for powers of 1000, Ki to Ei for powers of 1024.",
                "oneOf": [["type": "string"], ["type": "number"]],
            ]
        ),
        (
            "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
            ["description": "An integer of 32 bits or a string.", "format": "int-or-string", "oneOf": [["type": "integer"], ["type": "string"]]]
        ),
    ]

    static func groupVersionKind(_ resource: ResourceDefinition, kind: String) -> JSONValue {
        ["group": .string(resource.group), "kind": .string(kind), "version": .string(resource.version)]
    }

    /// The definition of a resource's list.
    static func list(of name: String, _ resource: ResourceDefinition) -> JSONObject {
        let writer = OpenAPIWriter(form: .references)
        var properties = JSONObject()
        for field in StructDefinition.typeFields { properties[field.name] = .object(writer.write(field.schema)) }
        properties["metadata"] = .object(writer.reference(metaPrefix + "ListMeta", of: Schema(.any, description: "Standard list metadata.")))
        properties["items"] = ["description": "The objects.", "type": "array", "items": ["$ref": .string("#/components/schemas/\(name)")]]
        return [
            "description": .string("\(resource.listKind) is a list of objects of kind \(resource.kind)."), "type": "object", "properties": .object(properties),
            "required": ["items"], "x-kubernetes-group-version-kind": [groupVersionKind(resource, kind: resource.listKind)],
        ]
    }
}

extension Schema {
    fileprivate var isObjectMeta: Bool { if case .structure(let type) = type { type == ObjectMeta.self } else { false } }

    /// The description, with the values of an enumeration whose meanings are known, as the API server describes them.
    fileprivate var fullDescription: String {
        guard case .enumeration(let cases) = type, cases.contains(where: { !$0.description.isEmpty }) else { return description }
        let values = cases.map { $0.description.isEmpty ? " - `\"\($0.value)\"`" : " - `\"\($0.value)\"` \($0.description)" }
        return (description.isEmpty ? "" : description + "\n\n") + "Possible enum values:\n" + values.joined(separator: "\n")
    }
}

extension Schema.Rule {
    /// An entry of `x-kubernetes-validations`.
    var json: JSONObject {
        var object: JSONObject = ["rule": .string(rule)]
        object.set("message", message)
        object.set("messageExpression", messageExpression)
        object.set("reason", reason)
        object.set("fieldPath", fieldPath)
        object.set("optionalOldSelf", optionalOldSelf)
        return object
    }
}
