#definitions("io.k8s.api.apps.v1")

/// Keeps a number of pods running that have fixed names and storage of their own.
@resource(
    group: "apps", version: "v1", plural: "statefulsets", singular: "statefulset", shortNames: ["sts"], categories: ["all"], scope: "Namespaced",
    subresources: ["scale", "status"])
struct StatefulSet {
    /// What the StatefulSet should be.
    var spec: StatefulSetSpec?
    /// What was last observed of the StatefulSet.
    var status: StatefulSetStatus?
}

/// How many pods there should be, what they and their storage are and how they are replaced.
struct StatefulSetSpec {
    /// How many pods there should be, named NAME-0 and so on. 1 by default; 0 is allowed.
    var replicas: Int32?
    /// The labels of this StatefulSet's pods. The template must have them; cannot be changed.
    var selector: LabelSelector
    /// The headless Service that gives the pods DNS names, as POD.SERVICE.NAMESPACE.svc and the cluster's domain. It should exist first; cannot be changed.
    var serviceName: String?
    /// The pod to create. Each gets a fixed name and the claims that belong to it.
    var template: PodTemplateSpec
    /// Claims that each pod gets, named CLAIM-POD and kept when the pod is replaced. They win over volumes of the same name in the template.
    @listType("atomic")
    var volumeClaimTemplates: [PersistentVolumeClaim]?
    /// How pods are created and deleted: OrderedReady (one by one in order, each ready before the next; the default) or Parallel.
    var podManagementPolicy: String?
    /// How pods are replaced when the template changes.
    var updateStrategy: StatefulSetUpdateStrategy?
    /// Seconds that a new pod must be ready for before it counts as available. 0 by default.
    var minReadySeconds: Int32?
    /// How many old ControllerRevisions are kept to roll back to. 10 by default.
    var revisionHistoryLimit: Int32?
    /// What happens to the pods' claims when pods go. They are kept by default.
    var persistentVolumeClaimRetentionPolicy: StatefulSetPersistentVolumeClaimRetentionPolicy?
    /// How the pods are numbered. From 0 by default.
    var ordinals: StatefulSetOrdinals?
}

/// How pods of a StatefulSet are replaced.
struct StatefulSetUpdateStrategy {
    /// RollingUpdate (one by one from the highest number down, the default) or OnDelete (only when someone deletes a pod).
    var type: String?
    /// Settings of a rolling update. Only with that type.
    var rollingUpdate: RollingUpdateStatefulSetStrategy?
}

/// How far and how fast a rolling update goes.
struct RollingUpdateStatefulSetStrategy {
    /// Only pods with this number or a higher one are replaced. 0 by default, which means all.
    var partition: Int32?
    /// How many pods may be unavailable at a time, as a number or as a percentage of replicas, rounded up. 1 by default; not 0.
    var maxUnavailable: IntOrString?
}

/// What happens to the claims of pods that go.
struct StatefulSetPersistentVolumeClaimRetentionPolicy {
    /// What happens when the StatefulSet is deleted: Retain, the default, or Delete.
    var whenDeleted: String?
    /// What happens when replicas is lowered, to claims of pods beyond it: Retain, the default, or Delete.
    var whenScaled: String?
}

/// How pods of a StatefulSet are numbered.
struct StatefulSetOrdinals {
    /// The number of the first pod. 0 by default.
    var start: Int32?
}

/// What was last observed of a StatefulSet.
struct StatefulSetStatus {
    /// The metadata.generation that this status is about.
    var observedGeneration: Int64?
    /// The number of pods that were created.
    var replicas: Int32
    /// The number of pods that are ready.
    var readyReplicas: Int32?
    /// The number of pods of currentRevision.
    var currentReplicas: Int32?
    /// The number of pods of updateRevision.
    var updatedReplicas: Int32?
    /// The number of pods that have been ready for at least minReadySeconds.
    var availableReplicas: Int32?
    /// The revision that pods which are not yet replaced have.
    var currentRevision: String?
    /// The revision that pods get when they are replaced.
    var updateRevision: String?
    /// How often the name of a new ControllerRevision was taken. Goes into the hash for the next name.
    var collisionCount: Int32?
    /// The StatefulSet's conditions.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [StatefulSetCondition]?
}

/// One aspect of a StatefulSet's state.
struct StatefulSetCondition {
    /// Which aspect. Kubernetes itself sets none so far.
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
