#definitions("io.k8s.api.apps.v1")

@resource(group: "apps", version: "v1", plural: "daemonsets", singular: "daemonset", shortNames: ["ds"], categories: ["all"], scope: "Namespaced",
    subresources: ["status"])
struct DaemonSet {
    var spec: DaemonSetSpec?
    var status: DaemonSetStatus?
}

struct DaemonSetSpec {
    var selector: LabelSelector
    var template: PodTemplateSpec
    var minReadySeconds: Int32?
    var revisionHistoryLimit: Int32?
    var updateStrategy: DaemonSetUpdateStrategy?
}

struct DaemonSetUpdateStrategy {
    var rollingUpdate: RollingUpdateDaemonSet?
    var type: String?
}

struct RollingUpdateDaemonSet {
    var maxSurge: IntOrString?
    var maxUnavailable: IntOrString?
}

struct DaemonSetStatus {
    var currentNumberScheduled: Int32
    var desiredNumberScheduled: Int32
    var numberMisscheduled: Int32
    var numberReady: Int32
    var collisionCount: Int32?
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [DaemonSetCondition]?
    var numberAvailable: Int32?
    var numberUnavailable: Int32?
    var observedGeneration: Int64?
    var updatedNumberScheduled: Int32?
}

struct DaemonSetCondition {
    var status: String
    var type: String
    var lastTransitionTime: Time?
    var message: String?
    var reason: String?
}
