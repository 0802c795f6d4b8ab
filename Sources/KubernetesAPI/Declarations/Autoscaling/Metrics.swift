#definitions("io.k8s.api.autoscaling.v2")

/// A metric and its target. The member that type names must be set.
struct MetricSpec {
    /// Where the metric comes from: Resource, ContainerResource, Pods, Object or External.
    var type: String
    /// How much of a resource the pods use.
    var resource: ResourceMetricSource?
    /// How much of a resource one container of the pods uses.
    var containerResource: ContainerResourceMetricSource?
    /// A metric that each of the pods has.
    var pods: PodsMetricSource?
    /// A metric of one object.
    var object: ObjectMetricSource?
    /// A metric from outside the cluster.
    var external: ExternalMetricSource?
}

/// How much of a resource pods may use, on average.
struct ResourceMetricSource {
    /// The resource: cpu or memory.
    var name: String
    /// The target, a utilization in percent of the requests or an average for each pod.
    var target: MetricTarget
}

/// How much of a resource one container of each pod may use, on average.
struct ContainerResourceMetricSource {
    /// The resource: cpu or memory.
    var name: String
    /// The container's name.
    var container: String
    /// The target, a utilization in percent of the requests or an average for each pod.
    var target: MetricTarget
}

/// A metric of each pod, whose average counts.
struct PodsMetricSource {
    /// The metric.
    var metric: MetricIdentifier
    /// The target, an average for each pod.
    var target: MetricTarget
}

/// A metric of one object.
struct ObjectMetricSource {
    /// The object.
    var describedObject: CrossVersionObjectReference
    /// The metric.
    var metric: MetricIdentifier
    /// The target, a value or an average for each pod.
    var target: MetricTarget
}

/// A metric from outside the cluster.
struct ExternalMetricSource {
    /// The metric.
    var metric: MetricIdentifier
    /// The target, a value or an average for each pod.
    var target: MetricTarget
}

/// Names a metric.
struct MetricIdentifier {
    /// The metric's name.
    var name: String
    /// The labels of the series that are meant. Decided by the name alone when not set.
    var selector: LabelSelector?
}

/// The target of a metric.
struct MetricTarget {
    /// What the target is: Utilization, Value or AverageValue. The member of that name must be set.
    var type: String
    /// The value that the metric should have.
    var value: Quantity?
    /// The average for each pod that the metric should have.
    var averageValue: Quantity?
    /// The average use for each pod, in percent of its requests. Only for Resource and ContainerResource.
    var averageUtilization: Int32?
}

/// A metric as last read. The member that type names is set.
struct MetricStatus {
    /// Where the metric comes from: Resource, ContainerResource, Pods, Object or External.
    var type: String
    /// How much of a resource the pods use.
    var resource: ResourceMetricStatus?
    /// How much of a resource one container of the pods uses.
    var containerResource: ContainerResourceMetricStatus?
    /// A metric that each of the pods has.
    var pods: PodsMetricStatus?
    /// A metric of one object.
    var object: ObjectMetricStatus?
    /// A metric from outside the cluster.
    var external: ExternalMetricStatus?
}

/// How much of a resource pods use.
struct ResourceMetricStatus {
    /// The resource: cpu or memory.
    var name: String
    /// The value.
    var current: MetricValueStatus
}

/// How much of a resource one container of each pod uses.
struct ContainerResourceMetricStatus {
    /// The resource: cpu or memory.
    var name: String
    /// The container's name.
    var container: String
    /// The value.
    var current: MetricValueStatus
}

/// A metric of each pod, as last read.
struct PodsMetricStatus {
    /// The metric.
    var metric: MetricIdentifier
    /// The value.
    var current: MetricValueStatus
}

/// A metric of one object, as last read.
struct ObjectMetricStatus {
    /// The object.
    var describedObject: CrossVersionObjectReference
    /// The metric.
    var metric: MetricIdentifier
    /// The value.
    var current: MetricValueStatus
}

/// A metric from outside the cluster, as last read.
struct ExternalMetricStatus {
    /// The metric.
    var metric: MetricIdentifier
    /// The value.
    var current: MetricValueStatus
}

/// The value of a metric.
struct MetricValueStatus {
    /// The metric's value.
    var value: Quantity?
    /// The average for each pod.
    var averageValue: Quantity?
    /// The average use for each pod, in percent of its requests.
    var averageUtilization: Int32?
}
