#definitions("io.k8s.api.autoscaling.v2")

/// Sets the number of a workload's pods by what metrics say.
@resource(
    group: "autoscaling", version: "v2", plural: "horizontalpodautoscalers", singular: "horizontalpodautoscaler", shortNames: ["hpa"],
    categories: ["all"], scope: "Namespaced", subresources: ["status"])
struct HorizontalPodAutoscaler {
    /// The workload, the limits and the metrics.
    var spec: HorizontalPodAutoscalerSpec
    /// What was last observed, and what was decided.
    var status: HorizontalPodAutoscalerStatus?
}

/// The workload, the limits and the metrics of an autoscaler.
struct HorizontalPodAutoscalerSpec {
    /// The workload. It must have a scale subresource.
    var scaleTargetRef: CrossVersionObjectReference
    /// The least number of pods. 1 by default; 0 only where that is enabled and a metric is of type Object or External.
    var minReplicas: Int32?
    /// The largest number of pods, not below minReplicas.
    var maxReplicas: Int32
    /// The metrics that decide. Each gives a number of pods, of which the largest counts. 80 percent of the cpu requests by default.
    @listType("atomic")
    var metrics: [MetricSpec]?
    /// How fast the number may go up and down.
    var behavior: HorizontalPodAutoscalerBehavior?
}

/// Refers to an object of the same namespace.
struct CrossVersionObjectReference {
    /// The object's API version, as GROUP/VERSION or VERSION.
    var apiVersion: String?
    /// The object's kind.
    var kind: String
    /// The object's name.
    var name: String
}

/// How fast the number of pods may change.
struct HorizontalPodAutoscalerBehavior {
    /// How it goes up. By default the faster of 4 pods or double the number in 15 seconds, without waiting.
    var scaleUp: HPAScalingRules?
    /// How it goes down. By default as far as needed, to the highest number that was wanted in the last 300 seconds.
    var scaleDown: HPAScalingRules?
}

/// How fast the number of pods may change in one direction.
struct HPAScalingRules {
    /// Seconds to look back on numbers that were wanted, of which the most careful is taken; from 0 to 3600. By default 0 for up, 300 for down.
    var stabilizationWindowSeconds: Int32?
    /// Limits on the change. At least one where this is set.
    @listType("atomic")
    var policies: [HPAScalingPolicy]?
    /// Which limit counts: Max, the one that allows most, the default; Min, the one that allows least; Disabled, no change in this direction.
    var selectPolicy: String?
    /// How far a metric may be from its target before anything changes, as a part of it: 0.05 is 5 percent. The cluster's own value by default, usually 0.1.
    var tolerance: Quantity?
}

/// A limit on how far the number of pods may change in a time.
struct HPAScalingPolicy {
    /// What value counts: Pods, or Percent of the pods there are.
    var type: String
    /// How much may change; greater than 0.
    var value: Int32
    /// In how many seconds it may change, from 1 to 1800.
    var periodSeconds: Int32
}

/// What was last observed by an autoscaler, and what it decided.
struct HorizontalPodAutoscalerStatus {
    /// The metadata.generation that this status is about.
    var observedGeneration: Int64?
    /// When the number of pods was last changed.
    var lastScaleTime: Time?
    /// The number of pods that there are.
    var currentReplicas: Int32?
    /// The number of pods that there should be.
    var desiredReplicas: Int32
    /// The metrics as last read.
    @listType("atomic")
    var currentMetrics: [MetricStatus]?
    /// The autoscaler's conditions: AbleToScale, ScalingActive and ScalingLimited.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [HorizontalPodAutoscalerCondition]?
}

/// One aspect of an autoscaler's state.
struct HorizontalPodAutoscalerCondition {
    /// Which aspect: AbleToScale, ScalingActive or ScalingLimited.
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
