#definitions("io.k8s.api.autoscaling.v1")

/// Sets the number of a workload's pods by their use of the cpu. The older form of HorizontalPodAutoscaler, which keeps other metrics in annotations.
@definition("io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler")
@resource(
    group: "autoscaling", version: "v1", kind: "HorizontalPodAutoscaler", plural: "horizontalpodautoscalers", singular: "horizontalpodautoscaler",
    shortNames: ["hpa"], categories: ["all"], scope: "Namespaced", subresources: ["status"])
struct HorizontalPodAutoscalerV1 {
    /// The workload, the limits and the target.
    var spec: HorizontalPodAutoscalerV1Spec
    /// What was last observed, and what was decided.
    var status: HorizontalPodAutoscalerV1Status?
}

/// The workload, the limits and the target of an autoscaler.
@definition("io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec")
struct HorizontalPodAutoscalerV1Spec {
    /// The workload. It must have a scale subresource.
    var scaleTargetRef: CrossVersionObjectReferenceV1
    /// The least number of pods. 1 by default; 0 only where that is enabled and a metric is of type Object or External.
    var minReplicas: Int32?
    /// The largest number of pods, not below minReplicas.
    var maxReplicas: Int32
    /// The average use of the cpu, in percent of the requests, that the pods should have. 80 by default where there is no other metric.
    var targetCPUUtilizationPercentage: Int32?
}

/// Refers to an object of the same namespace.
@definition("io.k8s.api.autoscaling.v1.CrossVersionObjectReference")
@mapType("atomic")
struct CrossVersionObjectReferenceV1 {
    /// The object's API version, as GROUP/VERSION or VERSION.
    var apiVersion: String?
    /// The object's kind.
    var kind: String
    /// The object's name.
    var name: String
}

/// What was last observed by an autoscaler, and what it decided.
@definition("io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus")
struct HorizontalPodAutoscalerV1Status {
    /// The metadata.generation that this status is about.
    var observedGeneration: Int64?
    /// When the number of pods was last changed.
    var lastScaleTime: Time?
    /// The number of pods that there are.
    var currentReplicas: Int32
    /// The number of pods that there should be.
    var desiredReplicas: Int32
    /// The average use of the cpu of the pods, in percent of the requests.
    var currentCPUUtilizationPercentage: Int32?
}
