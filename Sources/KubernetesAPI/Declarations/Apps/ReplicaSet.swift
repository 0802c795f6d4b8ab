#definitions("io.k8s.api.apps.v1")

@resource(group: "apps", version: "v1", plural: "replicasets", singular: "replicaset", shortNames: ["rs"], categories: ["all"], scope: "Namespaced",
    subresources: ["scale", "status"])
struct ReplicaSet {
    var spec: ReplicaSetSpec?
    var status: ReplicaSetStatus?
}

struct ReplicaSetSpec {
    var selector: LabelSelector
    var minReadySeconds: Int32?
    var replicas: Int32?
    var template: PodTemplateSpec?
}

struct ReplicaSetStatus {
    var replicas: Int32
    var availableReplicas: Int32?
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [ReplicaSetCondition]?
    var fullyLabeledReplicas: Int32?
    var observedGeneration: Int64?
    var readyReplicas: Int32?
    var terminatingReplicas: Int32?
}

struct ReplicaSetCondition {
    var status: String
    var type: String
    var lastTransitionTime: Time?
    var message: String?
    var reason: String?
}
