public import KubernetesAPI

extension DiscoveredResource {
    /// The resources of the declared types that have a path of their own, each with all verbs and subresources that Kubernetes 1.36 gives it.
    public static func builtIns(_ scheme: Scheme = .kubernetesAPI) -> [DiscoveredResource] {
        scheme.resources.map { $0.resource }.filter { !$0.plural.isEmpty }.map { builtIn($0) }
    }

    /// A built-in resource with its verbs and subresources.
    public static func builtIn(_ definition: ResourceDefinition) -> DiscoveredResource {
        let verbs = verbs(of: definition)
        return DiscoveredResource(
            definition, verbs: verbs, subresources: definition.subresources.sorted().map { subresource($0, of: definition) },
            storageVersion: verbs == createOnly ? nil : storageVersion(of: definition))
    }

    /// Autoscalers of both versions are stored as v2.
    private static func storageVersion(of definition: ResourceDefinition) -> String {
        definition.plural == "horizontalpodautoscalers" ? "v2" : definition.version
    }

    private static let createOnly = ["create"]

    private static func verbs(of definition: ResourceDefinition) -> [String] {
        switch (definition.group, definition.plural) {
        case ("authentication.k8s.io", _), ("authorization.k8s.io", _), ("", "bindings"): createOnly
        // Namespaces are deleted one by one, since each deletion takes its time.
        case ("", "namespaces"): ["create", "delete", "get", "list", "patch", "update", "watch"]
        default: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
        }
    }

    private static func subresource(_ name: String, of definition: ResourceDefinition) -> Subresource {
        func own(_ kind: String, _ verbs: [String]) -> Subresource {
            Subresource(name, type: GroupVersion(group: definition.group, version: definition.version).kind(kind), verbs: verbs)
        }
        let kind = definition.kind
        switch name {
        case "scale": return Subresource(name, type: scale, namesGroup: true, verbs: readWrite)
        case "eviction":
            return Subresource(name, type: GroupVersionKind(group: "policy", version: "v1", kind: "Eviction"), namesGroup: true, verbs: createOnly)
        case "token":
            let type = GroupVersionKind(group: "authentication.k8s.io", version: "v1", kind: "TokenRequest")
            return Subresource(name, type: type, namesGroup: true, verbs: createOnly)
        case "binding": return own("Binding", createOnly)
        case "finalize": return own(kind, ["update"])
        case "log": return own(kind, ["get"])
        case "attach", "exec", "portforward": return own("\(kind)\(options[name] ?? "")", ["create", "get"])
        case "proxy": return own("\(kind)ProxyOptions", ["create", "delete", "get", "patch", "update"])
        default: return own(kind, readWrite)
        }
    }

    private static let options = ["attach": "AttachOptions", "exec": "ExecOptions", "portforward": "PortForwardOptions"]
}
