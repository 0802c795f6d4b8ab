import KubernetesAPI

/// The paths of a resource and what can be done there, with the parameters of each call. kubectl looks in them for `dryRun` and `fieldValidation`.
struct OpenAPIOperations {
    let resource: DiscoveredResource
    /// The name of the resource's definition.
    let definition: String
    /// The name of another type's definition; nil where it has none.
    let definitionName: (GroupVersionKind) -> String?

    init(resource: DiscoveredResource, definition: String, definitionName: @escaping (GroupVersionKind) -> String?) {
        self.resource = resource
        self.definition = definition
        self.definitionName = definitionName
    }

    var paths: [(String, JSONObject)] {
        let version = resource.groupVersion
        let root = version.group.isEmpty ? "/api/\(version.version)" : "/apis/\(version.group)/\(version.version)"
        let plural = resource.definition.plural
        let collection = resource.isNamespaced ? "\(root)/namespaces/{namespace}/\(plural)" : "\(root)/\(plural)"
        let type = resource.definition.groupVersionKind
        var paths: [(String, JSONObject)] = []
        func add(_ path: String, _ verbs: [(verb: String, method: String, name: String)], _ type: GroupVersionKind, _ schema: String?, suffix: String = "") {
            let calls = verbs.filter { (suffix.isEmpty ? resource.verbs : verbsOfSubresource(suffix)).contains($0.verb) }
            guard !calls.isEmpty else { return }
            var item = JSONObject()
            let isNamespaced = path.contains("{namespace}")
            for call in calls {
                let prefix = version.group.isEmpty ? "Core" : version.group.split(separator: ".").first.map { $0.capitalized } ?? ""
                let scope = isNamespaced ? "Namespaced" : ""
                let everywhere = resource.isNamespaced && !isNamespaced ? "ForAllNamespaces" : ""
                let id = "\(call.name)\(prefix)\(version.version.capitalized)\(scope)\(resource.definition.kind)\(suffix.capitalized)\(everywhere)"
                item[call.method] = .object(operation(call.verb, id: id, type, schema))
            }
            var parameters = [OpenAPIParameters.pretty]
            if isNamespaced { parameters.insert(OpenAPIParameters.namespace, at: 0) }
            if path.contains("{name}") { parameters.insert(OpenAPIParameters.name(of: resource.definition.kind), at: 0) }
            item["parameters"] = .array(parameters)
            paths.append((path, item))
        }
        add(
            collection, [("list", "get", "list"), ("create", "post", "create"), ("deletecollection", "delete", "deleteCollection")], type, definition)
        if resource.isNamespaced { add("\(root)/\(plural)", [("list", "get", "list")], type, definition) }
        let ofObject = [("get", "get", "read"), ("update", "put", "replace"), ("patch", "patch", "patch")].map { (verb: $0.0, method: $0.1, name: $0.2) }
        add("\(collection)/{name}", ofObject + [("delete", "delete", "delete")], type, definition)
        for subresource in resource.subresources {
            let schema = subresource.type == type ? definition : definitionName(subresource.type)
            let name = subresource.name
            add("\(collection)/{name}/\(name)", ofObject + [("create", "post", "create")], subresource.type, schema, suffix: name)
        }
        return paths
    }

    private func verbsOfSubresource(_ name: String) -> [String] { resource.subresources.first { $0.name == name }?.verbs ?? [] }

    private static let actions = [
        "get": "get", "list": "list", "create": "post", "update": "put", "patch": "patch", "delete": "delete", "deletecollection": "deletecollection",
    ]

    private func operation(_ verb: String, id: String, _ type: GroupVersionKind, _ schema: String?) -> JSONObject {
        var operation: JSONObject = ["tags": [.string(tag)], "operationId": .string(id)]
        let parameters = OpenAPIParameters.ofVerb[verb] ?? []
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        let answer = schema.map { OpenAPIDefinitions.reference(verb == "list" ? "\($0)List" : $0) }
        switch verb {
        case "create", "update": operation["requestBody"] = Self.body(["*/*"], answer)
        case "patch":
            let types = MediaTypes.patches(isCustom: resource.isCustom)
            operation["requestBody"] = Self.body(types, ["type": "object"])
        case "delete", "deletecollection":
            operation["requestBody"] = ["content": ["*/*": ["schema": OpenAPIDefinitions.reference(OpenAPIDefinitions.meta + "DeleteOptions")]]]
        default: break
        }
        let isDeletion = verb.hasPrefix("delete")
        let status = OpenAPIDefinitions.reference(OpenAPIDefinitions.meta + "Status")
        let content = Self.content(["application/json", "application/yaml"], isDeletion ? status : answer)
        var responses: JSONObject = ["200": ["description": "OK", "content": content]]
        if ["create", "update", "patch"].contains(verb) { responses["201"] = ["description": "Created", "content": content] }
        responses["401"] = ["description": "Unauthorized"]
        operation["responses"] = .object(responses)
        operation["x-kubernetes-action"] = .string(Self.actions[verb] ?? verb)
        operation["x-kubernetes-group-version-kind"] = type.json
        return operation
    }

    private var tag: String {
        let version = resource.groupVersion
        let group = version.group.isEmpty ? "core" : String(version.group.prefix { $0 != "." })
        return "\(group)_\(version.version)"
    }

    private static func body(_ types: [String], _ schema: JSONValue?) -> JSONValue { ["content": content(types, schema), "required": true] }

    private static func content(_ types: [String], _ schema: JSONValue?) -> JSONValue {
        .object(JSONObject(uniqueKeysWithValues: types.map { ($0, schema.map { ["schema": $0] } ?? [:]) }))
    }
}

extension StringProtocol {
    /// The text with its first letter in upper case.
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
