#definitions("io.k8s.api.autoscaling.v2")

struct MetricSpec {
    var type: String
    var containerResource: ContainerResourceMetricSource?
    var external: ExternalMetricSource?
    var object: ObjectMetricSource?
    var pods: PodsMetricSource?
    var resource: ResourceMetricSource?
}

struct ResourceMetricSource {
    var name: String
    var target: MetricTarget
}

struct ContainerResourceMetricSource {
    var container: String
    var name: String
    var target: MetricTarget
}

struct PodsMetricSource {
    var metric: MetricIdentifier
    var target: MetricTarget
}

struct ObjectMetricSource {
    var describedObject: CrossVersionObjectReference
    var metric: MetricIdentifier
    var target: MetricTarget
}

struct ExternalMetricSource {
    var metric: MetricIdentifier
    var target: MetricTarget
}

struct MetricIdentifier {
    var name: String
    var selector: LabelSelector?
}

struct MetricTarget {
    var type: String
    var averageUtilization: Int32?
    var averageValue: Quantity?
    var value: Quantity?
}

struct MetricStatus {
    var type: String
    var containerResource: ContainerResourceMetricStatus?
    var external: ExternalMetricStatus?
    var object: ObjectMetricStatus?
    var pods: PodsMetricStatus?
    var resource: ResourceMetricStatus?
}

struct ResourceMetricStatus {
    var current: MetricValueStatus
    var name: String
}

struct ContainerResourceMetricStatus {
    var container: String
    var current: MetricValueStatus
    var name: String
}

struct PodsMetricStatus {
    var current: MetricValueStatus
    var metric: MetricIdentifier
}

struct ObjectMetricStatus {
    var current: MetricValueStatus
    var describedObject: CrossVersionObjectReference
    var metric: MetricIdentifier
}

struct ExternalMetricStatus {
    var current: MetricValueStatus
    var metric: MetricIdentifier
}

struct MetricValueStatus {
    var averageUtilization: Int32?
    var averageValue: Quantity?
    var value: Quantity?
}
