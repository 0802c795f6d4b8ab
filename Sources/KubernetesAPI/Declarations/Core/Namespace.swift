#definitions("io.k8s.api.core.v1")

@resource(group: "", version: "v1", plural: "namespaces", singular: "namespace", shortNames: ["ns"], scope: "Cluster", subresources: ["finalize", "status"])
struct Namespace {
    var spec: NamespaceSpec?
    var status: NamespaceStatus?
}

struct NamespaceSpec {
    @listType("atomic")
    var finalizers: [String]?
}

struct NamespaceStatus {
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [NamespaceCondition]?
    var phase: String?
}

struct NamespaceCondition {
    var status: String
    var type: String
    var lastTransitionTime: Time?
    var message: String?
    var reason: String?
}
