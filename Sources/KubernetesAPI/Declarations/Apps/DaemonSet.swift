#definitions("io.k8s.api.apps.v1")

/// Keeps one pod running on every node, or on every node that fits.
@resource(
    group: "apps", version: "v1", plural: "daemonsets", singular: "daemonset", shortNames: ["ds"], categories: ["all"], scope: "Namespaced",
    subresources: ["status"])
struct DaemonSet {
    /// What the DaemonSet should be.
    var spec: DaemonSetSpec?
    /// What was last observed of the DaemonSet.
    var status: DaemonSetStatus?
}

/// What the pods are and how they are replaced.
struct DaemonSetSpec {
    /// The labels of this DaemonSet's pods. The template must have them; cannot be changed.
    var selector: LabelSelector
    /// The pod to create on every node that its node selector and affinity allow. Only restartPolicy Always is allowed.
    var template: PodTemplateSpec
    /// How pods are replaced when the template changes.
    var updateStrategy: DaemonSetUpdateStrategy?
    /// Seconds that a new pod must be ready for before it counts as available. 0 by default.
    var minReadySeconds: Int32?
    /// How many old ControllerRevisions are kept to roll back to. 10 by default.
    var revisionHistoryLimit: Int32?
}

/// How pods of a DaemonSet are replaced.
struct DaemonSetUpdateStrategy {
    /// RollingUpdate (node by node, the default) or OnDelete (only when someone deletes a pod).
    var type: String?
    /// Settings of a rolling update. Only with that type.
    var rollingUpdate: RollingUpdateDaemonSet?
}

/// How fast a rolling update goes.
struct RollingUpdateDaemonSet {
    /// On how many nodes the pod may be unavailable, as a number or as a percentage of the pods wanted, rounded up. 1 by default; not 0 when maxSurge is 0.
    var maxUnavailable: IntOrString?
    /// On how many nodes a new pod may run beside the old one, as a number or as a percentage of the pods wanted, rounded up. 0 by default.
    var maxSurge: IntOrString?
}

/// What was last observed of a DaemonSet.
struct DaemonSetStatus {
    /// The metadata.generation that this status is about.
    var observedGeneration: Int64?
    /// The number of nodes that should run the pod.
    var desiredNumberScheduled: Int32
    /// The number of nodes that should run the pod and do.
    var currentNumberScheduled: Int32
    /// The number of nodes that run the pod and should not.
    var numberMisscheduled: Int32
    /// The number of nodes that run a pod with the current template.
    var updatedNumberScheduled: Int32?
    /// The number of nodes that should run the pod and have one that is ready.
    var numberReady: Int32
    /// The number of nodes that should run the pod and have one that has been ready for at least minReadySeconds.
    var numberAvailable: Int32?
    /// The number of nodes that should run the pod and have none that is available.
    var numberUnavailable: Int32?
    /// How often the name of a new ControllerRevision was taken. Goes into the hash for the next name.
    var collisionCount: Int32?
    /// The DaemonSet's conditions.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [DaemonSetCondition]?
}

/// One aspect of a DaemonSet's state.
struct DaemonSetCondition {
    /// Which aspect. Kubernetes itself sets none so far.
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
