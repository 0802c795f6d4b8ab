#definitions("io.k8s.api.autoscaling.v2")

@resource(group: "autoscaling", version: "v2", plural: "horizontalpodautoscalers", singular: "horizontalpodautoscaler", shortNames: ["hpa"],
    categories: ["all"], scope: "Namespaced", subresources: ["status"])
struct HorizontalPodAutoscaler {
    var spec: HorizontalPodAutoscalerSpec
    var status: HorizontalPodAutoscalerStatus?
}

struct HorizontalPodAutoscalerSpec {
    var maxReplicas: Int32
    var scaleTargetRef: CrossVersionObjectReference
    var behavior: HorizontalPodAutoscalerBehavior?
    @listType("atomic")
    var metrics: [MetricSpec]?
    var minReplicas: Int32?
}

struct CrossVersionObjectReference {
    var kind: String
    var name: String
    var apiVersion: String?
}

struct HorizontalPodAutoscalerBehavior {
    var scaleDown: HPAScalingRules?
    var scaleUp: HPAScalingRules?
}

struct HPAScalingRules {
    @listType("atomic")
    var policies: [HPAScalingPolicy]?
    var selectPolicy: String?
    var stabilizationWindowSeconds: Int32?
    var tolerance: Quantity?
}

struct HPAScalingPolicy {
    var periodSeconds: Int32
    var type: String
    var value: Int32
}

struct HorizontalPodAutoscalerStatus {
    var desiredReplicas: Int32
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [HorizontalPodAutoscalerCondition]?
    @listType("atomic")
    var currentMetrics: [MetricStatus]?
    var currentReplicas: Int32?
    var lastScaleTime: Time?
    var observedGeneration: Int64?
}

struct HorizontalPodAutoscalerCondition {
    var status: String
    var type: String
    var lastTransitionTime: Time?
    var message: String?
    var reason: String?
}
