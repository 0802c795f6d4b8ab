#definitions("io.k8s.api.autoscaling.v1")

/// How many pods a workload has and should have. Read and written through the workload's scale subresource.
@resource(group: "autoscaling", version: "v1", plural: "", singular: "", scope: "Namespaced")
struct Scale {
    /// How many pods there should be.
    var spec: ScaleSpec?
    /// How many pods there are.
    var status: ScaleStatus?
}

/// How many pods a workload should have.
struct ScaleSpec {
    /// The number of pods that there should be.
    var replicas: Int32?
}

/// How many pods a workload has.
struct ScaleStatus {
    /// The number of pods that there are.
    var replicas: Int32
    /// The labels of the pods, as the text of a label selector.
    var selector: String?
}
