#definitions("io.k8s.api.apps.v1")

/// Keeps a number of equal pods running, and replaces them step by step when their template changes.
@resource(
    group: "apps", version: "v1", plural: "deployments", singular: "deployment", shortNames: ["deploy"], categories: ["all"], scope: "Namespaced",
    subresources: ["scale", "status"])
struct Deployment {
    /// What the Deployment should be.
    var spec: DeploymentSpec?
    /// What was last observed of the Deployment.
    var status: DeploymentStatus?
}

/// How many pods there should be, what they are and how they are replaced.
struct DeploymentSpec {
    /// How many pods there should be. 1 by default; 0 is allowed.
    var replicas: Int32?
    /// The labels of this Deployment's pods. The template must have them; cannot be changed.
    var selector: LabelSelector
    /// The pod to create. Only restartPolicy Always is allowed.
    var template: PodTemplateSpec
    /// How pods are replaced by new ones.
    @patch("retainKeys")
    var strategy: DeploymentStrategy?
    /// Seconds that a new pod must be ready for before it counts as available. 0 by default.
    var minReadySeconds: Int32?
    /// How many old ReplicaSets are kept to roll back to. 10 by default.
    var revisionHistoryLimit: Int32?
    /// Whether changes of the template are not rolled out for now. False by default.
    var paused: Bool?
    /// Seconds without progress after which the condition Progressing turns False, with the reason ProgressDeadlineExceeded. 600 by default.
    var progressDeadlineSeconds: Int32?
}

/// How pods are replaced by new ones.
struct DeploymentStrategy {
    /// RollingUpdate (new pods come as old ones go, the default) or Recreate (all old pods end first).
    var type: String?
    /// Settings of a rolling update. Only with that type.
    var rollingUpdate: RollingUpdateDeployment?
}

/// How fast a rolling update goes.
struct RollingUpdateDeployment {
    /// How many pods may be unavailable, as a number or as a percentage of replicas, rounded down. 25% by default; not 0 when maxSurge is 0.
    var maxUnavailable: IntOrString?
    /// How many pods there may be beyond replicas, as a number or as a percentage of replicas, rounded up. 25% by default; not 0 when maxUnavailable is 0.
    var maxSurge: IntOrString?
}

/// What was last observed of a Deployment.
struct DeploymentStatus {
    /// The metadata.generation that this status is about.
    var observedGeneration: Int64?
    /// The number of pods that the Deployment has, old and new, not counting those being terminated.
    var replicas: Int32?
    /// The number of pods with the current template.
    var updatedReplicas: Int32?
    /// The number of pods that are ready.
    var readyReplicas: Int32?
    /// The number of pods that have been ready for at least minReadySeconds.
    var availableReplicas: Int32?
    /// The number of pods that are missing until the Deployment is fully available: not yet available or not yet created.
    var unavailableReplicas: Int32?
    /// The number of pods that are being terminated.
    var terminatingReplicas: Int32?
    /// The Deployment's conditions: Available, Progressing and ReplicaFailure.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [DeploymentCondition]?
    /// How often the name of a new ReplicaSet was taken. Goes into the hash for the next name.
    var collisionCount: Int32?
}

/// One aspect of a Deployment's state.
struct DeploymentCondition {
    /// Which aspect: Available, Progressing or ReplicaFailure.
    var type: String
    /// Whether the condition holds: True, False or Unknown.
    var status: String
    /// When the condition was last written.
    var lastUpdateTime: Time?
    /// When the status last changed from one value to another.
    var lastTransitionTime: Time?
    /// One CamelCase word for the cause of the last change.
    var reason: String?
    /// An explanation of the last change, for people.
    var message: String?
}
