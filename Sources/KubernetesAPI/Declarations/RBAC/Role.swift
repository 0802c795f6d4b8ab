#definitions("io.k8s.api.rbac.v1")

/// Permissions in one namespace. A RoleBinding gives them to someone.
@resource(group: "rbac.authorization.k8s.io", version: "v1", plural: "roles", singular: "role", scope: "Namespaced")
struct Role {
    /// What is allowed. Rules only ever add permissions.
    @listType("atomic")
    var rules: [PolicyRule]?
}

/// Permissions in the whole cluster, or in single namespaces where a RoleBinding refers to it.
@resource(group: "rbac.authorization.k8s.io", version: "v1", plural: "clusterroles", singular: "clusterrole", scope: "Cluster")
struct ClusterRole {
    /// Other ClusterRoles whose rules make up this one. The rules here are then written by a controller.
    var aggregationRule: AggregationRule?
    /// What is allowed. Rules only ever add permissions.
    @listType("atomic")
    var rules: [PolicyRule]?
}

/// Which ClusterRoles another one is put together from.
struct AggregationRule {
    /// The labels of these ClusterRoles; each that matches one selector is included.
    @listType("atomic")
    var clusterRoleSelectors: [LabelSelector]?
}

/// Allows some actions on some resources, or on URLs that are no resources.
struct PolicyRule {
    /// The actions, such as get, list, watch, create, update, patch and delete; * means all.
    @listType("atomic")
    var verbs: [String]
    /// The API groups of the resources. An empty name is the core group, * means all.
    @listType("atomic")
    var apiGroups: [String]?
    /// The resources by their plural names, such as pods or pods/log; * means all.
    @listType("atomic")
    var resources: [String]?
    /// The names of single objects. All objects when empty; create and deletecollection cannot be restricted by name.
    @listType("atomic")
    var resourceNames: [String]?
    /// Paths such as /healthz, or with a * at the end such as /metrics/*. Only in ClusterRoles, and not together with resources.
    @listType("atomic")
    var nonResourceURLs: [String]?
}

/// Gives the permissions of a Role or ClusterRole to someone, in one namespace.
@resource(group: "rbac.authorization.k8s.io", version: "v1", plural: "rolebindings", singular: "rolebinding", scope: "Namespaced")
struct RoleBinding {
    /// Who gets the permissions.
    @listType("atomic")
    var subjects: [Subject]?
    /// The Role of this namespace, or the ClusterRole. Cannot be changed.
    var roleRef: RoleRef
}

/// Gives the permissions of a ClusterRole to someone, in the whole cluster.
@resource(group: "rbac.authorization.k8s.io", version: "v1", plural: "clusterrolebindings", singular: "clusterrolebinding", scope: "Cluster")
struct ClusterRoleBinding {
    /// Who gets the permissions.
    @listType("atomic")
    var subjects: [Subject]?
    /// The ClusterRole. Cannot be changed.
    var roleRef: RoleRef
}

/// The role that a binding gives.
@mapType("atomic")
struct RoleRef {
    /// The API group of the role: rbac.authorization.k8s.io.
    var apiGroup: String?
    /// Role or ClusterRole.
    var kind: String
    /// The role's name.
    var name: String
}

/// Someone who is given permissions.
@mapType("atomic")
struct Subject {
    /// User, Group or ServiceAccount.
    var kind: String
    /// The API group of the kind: empty for ServiceAccount, rbac.authorization.k8s.io for User and Group, which are also the defaults.
    var apiGroup: String?
    /// The name of the user, group or service account.
    var name: String
    /// The service account's namespace. Not allowed for User and Group.
    var namespace: String?
}
