#definitions("io.k8s.api.policy.v1")

@resource(group: "policy", version: "v1", plural: "poddisruptionbudgets", singular: "poddisruptionbudget", shortNames: ["pdb"], scope: "Namespaced",
    subresources: ["status"])
struct PodDisruptionBudget {
    var spec: PodDisruptionBudgetSpec?
    var status: PodDisruptionBudgetStatus?
}

struct PodDisruptionBudgetSpec {
    var maxUnavailable: IntOrString?
    var minAvailable: IntOrString?
    @patch("replace")
    var selector: LabelSelector?
    var unhealthyPodEvictionPolicy: String?
}

struct PodDisruptionBudgetStatus {
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [Condition]?
    var currentHealthy: Int32?
    var desiredHealthy: Int32?
    var disruptedPods: [String: Time]?
    var disruptionsAllowed: Int32?
    var expectedPods: Int32?
    var observedGeneration: Int64?
}

@resource(group: "policy", version: "v1", plural: "", singular: "", scope: "Namespaced")
struct Eviction {
    var deleteOptions: DeleteOptions?
}
