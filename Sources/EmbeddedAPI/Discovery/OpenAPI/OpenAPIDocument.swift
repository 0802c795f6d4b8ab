import KubernetesAPI

/// Makes the OpenAPI v3 document of one group version, which is what `kubectl explain`, `kubectl apply` and `kubectl diff` read.
struct OpenAPIDocument {
    let version: APIDirectory.Version
    /// The definitions of all declared types.
    let declared: OpenAPIDefinitions

    init(_ version: APIDirectory.Version, declared: OpenAPIDefinitions = .kubernetesAPI) {
        self.version = version
        self.declared = declared
    }

    var json: JSONObject {
        var paths: [(String, JSONValue)] = []
        var definitions = JSONObject()
        var roots: Set<String> = [OpenAPIDefinitions.meta + "Status"]
        for resource in version.resources where !resource.verbs.isEmpty {
            var name = OpenAPIDefinitions.meta + "Status"
            if let schema = resource.schema {
                name = Self.definitionName(of: resource)
                definitions[name] = .object(CustomResourceSchema.document(schema, of: resource))
                definitions["\(name)List"] = .object(CustomResourceSchema.list(of: resource, definition: name))
                roots.formUnion([OpenAPIDefinitions.meta + "ObjectMeta", OpenAPIDefinitions.meta + "ListMeta"])
            } else if let declaredName = declared.name(of: resource.definition.groupVersionKind) {
                name = declaredName
                roots.insert(name)
                if resource.verbs.contains("list") { roots.insert("\(name)List") }
            }
            if resource.verbs.contains("delete") { roots.insert(OpenAPIDefinitions.meta + "DeleteOptions") }
            let operations = OpenAPIOperations(resource: resource, definition: name) { type in
                let name = declared.name(of: type)
                if let name { roots.insert(name) }
                return name
            }
            paths += operations.paths.map { ($0, .object($1)) }
        }
        for (name, definition) in declared.reachable(from: roots) { definitions[name] = definition }
        return [
            "openapi": "3.0.0", "info": ["title": "Kubernetes", "version": .string(ServerVersion.gitVersion)],
            "paths": .object(JSONObject(uniqueKeysWithValues: paths).sortedByKey()), "components": ["schemas": .object(definitions.sortedByKey())],
        ]
    }

    /// The name of a custom resource's definition: the group's parts in reverse, as in Java: `com.example.v1.Widget`.
    private static func definitionName(of resource: DiscoveredResource) -> String {
        let group = resource.definition.group.split(separator: ".").reversed().joined(separator: ".")
        return "\(group).\(resource.definition.version).\(resource.definition.kind)"
    }
}
