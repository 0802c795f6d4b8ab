import KubernetesAPI

/// A resource whose objects the loops look after.
struct WatchedResource: Hashable, Sendable {
    let resource: GroupResource
    let version: String
    let kind: String
    let isNamespaced: Bool

    var groupKind: GroupKind { GroupKind(group: resource.group, kind: kind) }
    var apiVersion: String { GroupVersion(group: resource.group, version: version).description }
}

extension WatchedResource {
    init(_ definition: ResourceDefinition) {
        self.init(
            resource: definition.groupResource, version: definition.version, kind: definition.kind, isNamespaced: definition.scope == .namespaced)
    }

    /// The resource of a CustomResourceDefinition; nil while it is not served.
    init?(customResourceDefinition definition: JSONObject) {
        guard DefinitionStatus.isEstablished(definition), let spec = definition["spec"]?.object else { return nil }
        let names = DefinitionNames(json: spec["names"])
        let storage = spec["versions"]?.array?.first { $0["storage"]?.bool ?? false }
        self.init(
            resource: GroupResource(group: spec["group"]?.string ?? "", resource: names.plural), version: storage?["name"]?.string ?? "", kind: names.kind,
            isNamespaced: spec["scope"]?.string == "Namespaced")
    }

    /// Whether objects of the resource are stored at all. Reviews are only answered.
    var isStored: Bool {
        switch resource.group {
        case "authentication.k8s.io", "authorization.k8s.io": false
        case "": resource.resource != "bindings" && resource.resource != "componentstatuses"
        default: true
        }
    }
}

/// Where one object stands: its resource, namespace and name.
struct ObjectAddress: Hashable, Sendable, CustomStringConvertible {
    let resource: GroupResource
    let key: ObjectKey

    init(_ resource: GroupResource, _ key: ObjectKey) {
        self.resource = resource
        self.key = key
    }

    init(_ resource: GroupResource, namespace: String = "", name: String) { self.init(resource, ObjectKey(namespace: namespace, name: name)) }

    var description: String { "\(resource) \(key)" }
}

extension GroupResource {
    static let namespaces = GroupResource(group: "", resource: "namespaces")
    static let persistentVolumes = GroupResource(group: "", resource: "persistentvolumes")
    static let persistentVolumeClaims = GroupResource(group: "", resource: "persistentvolumeclaims")
    static let pods = GroupResource(group: "", resource: "pods")
    static let events = GroupResource(group: "", resource: "events")
    static let newEvents = GroupResource(group: "events.k8s.io", resource: "events")
    static let configMaps = GroupResource(group: "", resource: "configmaps")
    static let serviceAccounts = GroupResource(group: "", resource: "serviceaccounts")
    static let clusterRoles = GroupResource(group: "rbac.authorization.k8s.io", resource: "clusterroles")
    static let customResourceDefinitions = GroupResource(group: "apiextensions.k8s.io", resource: "customresourcedefinitions")
    static let disruptionBudgets = GroupResource(group: "policy", resource: "poddisruptionbudgets")
    static let jobs = GroupResource(group: "batch", resource: "jobs")
    static let validatingAdmissionPolicies = GroupResource(group: "admissionregistration.k8s.io", resource: "validatingadmissionpolicies")
}
