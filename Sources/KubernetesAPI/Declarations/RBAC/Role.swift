#definitions("io.k8s.api.rbac.v1")

@resource(group: "rbac.authorization.k8s.io", version: "v1", plural: "roles", singular: "role", scope: "Namespaced")
struct Role {
    @listType("atomic")
    var rules: [PolicyRule]?
}

@resource(group: "rbac.authorization.k8s.io", version: "v1", plural: "clusterroles", singular: "clusterrole", scope: "Cluster")
struct ClusterRole {
    var aggregationRule: AggregationRule?
    @listType("atomic")
    var rules: [PolicyRule]?
}

struct AggregationRule {
    @listType("atomic")
    var clusterRoleSelectors: [LabelSelector]?
}

struct PolicyRule {
    @listType("atomic")
    var verbs: [String]
    @listType("atomic")
    var apiGroups: [String]?
    @listType("atomic")
    var nonResourceURLs: [String]?
    @listType("atomic")
    var resourceNames: [String]?
    @listType("atomic")
    var resources: [String]?
}

@resource(group: "rbac.authorization.k8s.io", version: "v1", plural: "rolebindings", singular: "rolebinding", scope: "Namespaced")
struct RoleBinding {
    var roleRef: RoleRef
    @listType("atomic")
    var subjects: [Subject]?
}

@resource(group: "rbac.authorization.k8s.io", version: "v1", plural: "clusterrolebindings", singular: "clusterrolebinding", scope: "Cluster")
struct ClusterRoleBinding {
    var roleRef: RoleRef
    @listType("atomic")
    var subjects: [Subject]?
}

@mapType("atomic")
struct RoleRef {
    var kind: String
    var name: String
    var apiGroup: String?
}

@mapType("atomic")
struct Subject {
    var kind: String
    var name: String
    var apiGroup: String?
    var namespace: String?
}
