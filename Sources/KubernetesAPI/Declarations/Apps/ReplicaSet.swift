#definitions("io.k8s.api.apps.v1")

/// Keeps a number of equal pods running. Usually owned by a Deployment, which has one for each version of its template.
@resource(
    group: "apps", version: "v1", plural: "replicasets", singular: "replicaset", shortNames: ["rs"], categories: ["all"], scope: "Namespaced",
    subresources: ["scale", "status"])
struct ReplicaSet {
    /// What the ReplicaSet should be.
    var spec: ReplicaSetSpec?
    /// What was last observed of the ReplicaSet.
    var status: ReplicaSetStatus?
}

/// How many pods there should be, and what they are.
struct ReplicaSetSpec {
    /// How many pods there should be. 1 by default; 0 is allowed.
    var replicas: Int32?
    /// The labels of this ReplicaSet's pods. The template must have them; cannot be changed.
    var selector: LabelSelector
    /// The pod to create where one is missing.
    var template: PodTemplateSpec?
    /// Seconds that a new pod must be ready for before it counts as available. 0 by default.
    var minReadySeconds: Int32?
}

/// What was last observed of a ReplicaSet.
struct ReplicaSetStatus {
    /// The metadata.generation that this status is about.
    var observedGeneration: Int64?
    /// The number of pods that the ReplicaSet has, not counting those being terminated.
    var replicas: Int32
    /// The number of pods that have all the labels of the template.
    var fullyLabeledReplicas: Int32?
    /// The number of pods that are ready.
    var readyReplicas: Int32?
    /// The number of pods that have been ready for at least minReadySeconds.
    var availableReplicas: Int32?
    /// The number of pods that are being terminated.
    var terminatingReplicas: Int32?
    /// The ReplicaSet's conditions, such as ReplicaFailure.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [ReplicaSetCondition]?
}

/// One aspect of a ReplicaSet's state.
struct ReplicaSetCondition {
    /// Which aspect: ReplicaFailure, when pods cannot be created or deleted.
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
