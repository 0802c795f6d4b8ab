#definitions("io.k8s.api.apps.v1")

@resource(group: "apps", version: "v1", plural: "deployments", singular: "deployment", shortNames: ["deploy"], categories: ["all"], scope: "Namespaced",
    subresources: ["scale", "status"])
struct Deployment {
    var spec: DeploymentSpec?
    var status: DeploymentStatus?
}

struct DeploymentSpec {
    var selector: LabelSelector
    var template: PodTemplateSpec
    var minReadySeconds: Int32?
    var paused: Bool?
    var progressDeadlineSeconds: Int32?
    var replicas: Int32?
    var revisionHistoryLimit: Int32?
    @patch("retainKeys")
    var strategy: DeploymentStrategy?
}

struct DeploymentStrategy {
    var rollingUpdate: RollingUpdateDeployment?
    var type: String?
}

struct RollingUpdateDeployment {
    var maxSurge: IntOrString?
    var maxUnavailable: IntOrString?
}

struct DeploymentStatus {
    var availableReplicas: Int32?
    var collisionCount: Int32?
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [DeploymentCondition]?
    var observedGeneration: Int64?
    var readyReplicas: Int32?
    var replicas: Int32?
    var terminatingReplicas: Int32?
    var unavailableReplicas: Int32?
    var updatedReplicas: Int32?
}

struct DeploymentCondition {
    var status: String
    var type: String
    var lastTransitionTime: Time?
    var lastUpdateTime: Time?
    var message: String?
    var reason: String?
}
