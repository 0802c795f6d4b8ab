#definitions("io.k8s.api.policy.v1")

/// How many of a set of pods may be taken down on purpose at the same time, such as when nodes are drained.
@resource(
    group: "policy", version: "v1", plural: "poddisruptionbudgets", singular: "poddisruptionbudget", shortNames: ["pdb"], scope: "Namespaced",
    subresources: ["status"])
struct PodDisruptionBudget {
    /// The pods and the limit.
    var spec: PodDisruptionBudgetSpec?
    /// What was last observed of the pods.
    var status: PodDisruptionBudgetStatus?
}

/// The pods and the limit. Only one of minAvailable and maxUnavailable may be set.
struct PodDisruptionBudgetSpec {
    /// The labels of the pods. An empty selector matches all pods of the namespace.
    @patch("replace")
    var selector: LabelSelector?
    /// How many pods must stay healthy, as a number or as a percentage of the expected pods, rounded up. 100% prevents all evictions.
    var minAvailable: IntOrString?
    /// How many pods may be unhealthy, as a number or as a percentage of the expected pods, rounded up. 0 prevents all evictions.
    var maxUnavailable: IntOrString?
    /// Which running pods that are not ready may be evicted: IfHealthyBudget, only when enough others are healthy, the default, or AlwaysAllow.
    var unhealthyPodEvictionPolicy: String?
}

/// What was last observed of the pods of a budget.
struct PodDisruptionBudgetStatus {
    /// The metadata.generation that this status is about.
    var observedGeneration: Int64?
    /// The number of pods that may be evicted now.
    var disruptionsAllowed: Int32?
    /// The number of healthy pods.
    var currentHealthy: Int32?
    /// The number of pods that must stay healthy.
    var desiredHealthy: Int32?
    /// The number of pods that the budget counts.
    var expectedPods: Int32?
    /// Pods that are to be evicted and not gone yet, by name, with the time of the request. They no longer count as healthy.
    var disruptedPods: [String: Time]?
    /// The budget's conditions. DisruptionAllowed says whether a pod may be evicted.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [Condition]?
}

/// Asks to delete a pod unless a PodDisruptionBudget forbids it. Created through the pod's eviction subresource, with the pod's name as its own.
@resource(group: "policy", version: "v1", plural: "", singular: "", scope: "Namespaced")
struct Eviction {
    /// Options for the deletion.
    var deleteOptions: DeleteOptions?
}
