import KubernetesAPI

/// The schema of a custom resource as OpenAPI publishes it: with what every object has, and with the kind that it is for.
enum CustomResourceSchema {
    private static let conventions = "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md"

    static func document(_ schema: JSONValue, of resource: DiscoveredResource) -> JSONObject {
        var document = withTypeFields(completed(schema).object ?? JSONObject())
        document["type"] = "object"
        document["x-kubernetes-group-version-kind"] = [resource.definition.groupVersionKind.json]
        return document
    }

    static func list(of resource: DiscoveredResource, definition: String) -> JSONObject {
        let (kind, listKind) = (resource.definition.kind, resource.listKind)
        let type = resource.groupVersion.kind(listKind)
        var properties = typeFields
        properties["items"] = [
            "description": .string("List of \(resource.definition.plural). More info: \(conventions)"),
            "type": "array", "items": OpenAPIDefinitions.reference(definition),
        ]
        properties["metadata"] = [
            "description": "Standard list metadata.", "allOf": [OpenAPIDefinitions.reference(OpenAPIDefinitions.meta + "ListMeta")],
        ]
        return [
            "description": .string("\(listKind) is a list of \(kind)"), "type": "object", "required": ["items"], "properties": .object(properties),
            "x-kubernetes-group-version-kind": [type.json],
        ]
    }

    /// Adds to every embedded resource what it has besides its own fields.
    private static func completed(_ schema: JSONValue) -> JSONValue {
        guard case .object(var object) = schema else { return schema }
        if let properties = object["properties"]?.object {
            object["properties"] = .object(JSONObject(uniqueKeysWithValues: properties.map { ($0.key, completed($0.value)) }))
        }
        for key in ["items", "additionalProperties"] where object[key]?.object != nil { object[key] = object[key].map(completed) }
        if object["x-kubernetes-embedded-resource"]?.bool == true { object = withTypeFields(object) }
        return .object(object)
    }

    private static func withTypeFields(_ schema: JSONObject) -> JSONObject {
        var schema = schema
        var properties = schema["properties"]?.object ?? JSONObject()
        for (name, field) in typeFields { properties[name] = field }
        properties["metadata"] = [
            "description": .string("Standard object's metadata. More info: \(conventions)#metadata"),
            "allOf": [OpenAPIDefinitions.reference(OpenAPIDefinitions.meta + "ObjectMeta")],
        ]
        schema["properties"] = .object(properties)
        return schema
    }

    /// `apiVersion` and `kind` with the descriptions that every declared resource has.
    private static let typeFields: JSONObject = {
        let fields = ConfigMap.definition.fields.filter { ["apiVersion", "kind"].contains($0.name) }
        return JSONObject(uniqueKeysWithValues: fields.map { ($0.name, .object($0.schema.openAPI(.references))) })
    }()
}
