#definitions("io.k8s.api.core.v1")

/// A scope for names, and for rules on who may do what and use how much.
@resource(group: "", version: "v1", plural: "namespaces", singular: "namespace", shortNames: ["ns"], scope: "Cluster", subresources: ["finalize", "status"])
struct Namespace {
    /// How the namespace is to behave.
    var spec: NamespaceSpec?
    /// Whether the namespace is in use or on its way out.
    var status: NamespaceStatus?
}

/// How a namespace is to behave.
struct NamespaceSpec {
    /// Who must be done before the namespace goes away. The kubernetes finalizer waits until its contents are deleted.
    @listType("atomic")
    var finalizers: [String]?
}

/// What was last observed of a namespace.
struct NamespaceStatus {
    /// Active, or Terminating while its contents are being deleted.
    var phase: String?
    /// What hinders the deletion, such as NamespaceContentRemaining or NamespaceDeletionContentFailure.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [NamespaceCondition]?
}

/// One aspect of a namespace's deletion.
struct NamespaceCondition {
    /// Which aspect, such as NamespaceDeletionDiscoveryFailure, NamespaceContentRemaining or NamespaceFinalizersRemaining.
    var type: String
    /// Whether the condition holds: True, False or Unknown.
    var status: String
    /// When the status last changed from one value to another.
    var lastTransitionTime: Time?
    /// One CamelCase word for the cause of the last change.
    var reason: String?
    /// An explanation of the last change, for people.
    var message: String?
}
