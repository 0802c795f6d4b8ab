public import KubernetesAPI

/// Merge schemas of custom resources, from the structural schema of a CustomResourceDefinition.
extension MergeSchema {
    /// The type that `openAPIV3Schema` of a CustomResourceDefinition declares, with apiVersion, kind and metadata as every object has them.
    ///
    /// - Parameter schema: nil for a version without a schema, whose objects keep all fields.
    public static func customResource(_ schema: JSONObject?) -> MergeSchema {
        guard let schema else { return MergeSchema(MergeAtom(map: .init(fields: objectFields, of: .deduced))) }
        var reader = OpenAPIMergeReader()
        return MergeSchema(reader.atom(schema, isObject: true))
    }

    /// The fields that every Kubernetes object has.
    static let objectFields: [String: MergeAtom.Field] = [
        "apiVersion": .init(.string), "kind": .init(.string), "metadata": .init(.declared(ObjectMeta.self)),
    ]
}

/// Reads a structural schema. Structural schemas have no references, so their depth is that of the document.
private struct OpenAPIMergeReader {
    /// Whether a schema around this place keeps unknown fields. As in Kubernetes' own conversion, this holds for all that is inside it.
    private var preservesUnknownFields = false

    mutating func schema(_ schema: JSONObject) -> MergeSchema {
        let before = preservesUnknownFields
        defer { preservesUnknownFields = before }
        return MergeSchema(atom(schema))
    }

    /// - Parameter isObject: whether it is the schema of a whole Kubernetes object.
    mutating func atom(_ schema: JSONObject, isObject: Bool = false) -> MergeAtom {
        if schema["x-kubernetes-preserve-unknown-fields"]?.bool == true { preservesUnknownFields = true }
        let isObject = isObject || schema["x-kubernetes-embedded-resource"]?.bool == true
        switch schema["type"]?.string {
        case "object": return MergeAtom(map: map(schema, isObject: isObject))
        case "array": return MergeAtom(list: list(schema))
        case "integer", "number": return MergeAtom(scalar: .numeric)
        case "boolean": return MergeAtom(scalar: .boolean)
        case "string": return MergeAtom(scalar: .string)
        // No type means any, which is also how `x-kubernetes-int-or-string` looks.
        default: return MergeAtom(scalar: .untyped, list: list(schema), map: map(schema, isObject: isObject))
        }
    }

    private mutating func map(_ schema: JSONObject, isObject: Bool) -> MergeAtom.Map {
        let properties = schema["properties"]?.object ?? JSONObject()
        var fields: [String: MergeAtom.Field] = [:]
        for (name, property) in properties {
            guard let property = property.object else { continue }
            fields[name] = MergeAtom.Field(self.schema(property), default: property["default"])
        }
        var element: MergeSchema?
        switch schema["additionalProperties"] {
        case .object(let values): element = self.schema(values)
        case .bool(true): element = .deduced
        case .bool(false): element = nil
        default: element = preservesUnknownFields || properties.isEmpty && !isObject ? .deduced : nil
        }
        if isObject { fields.merge(MergeSchema.objectFields) { $1 } }
        return MergeAtom.Map(schema["x-kubernetes-map-type"]?.string == "atomic" ? .atomic : .granular, fields: fields, of: element)
    }

    private mutating func list(_ schema: JSONObject) -> MergeAtom.List {
        let element = schema["items"]?.object.map { self.schema($0) } ?? .untypedAtomic
        switch schema["x-kubernetes-list-type"]?.string {
        case "set": return MergeAtom.List(.associative(keys: []), of: element)
        case "map":
            let keys = schema["x-kubernetes-list-map-keys"]?.array?.compactMap(\.string) ?? []
            return MergeAtom.List(.associative(keys: keys), of: element)
        default: return MergeAtom.List(.atomic, of: element)
        }
    }
}
