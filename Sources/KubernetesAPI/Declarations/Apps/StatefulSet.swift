#definitions("io.k8s.api.apps.v1")

@resource(group: "apps", version: "v1", plural: "statefulsets", singular: "statefulset", shortNames: ["sts"], categories: ["all"], scope: "Namespaced",
    subresources: ["scale", "status"])
struct StatefulSet {
    var spec: StatefulSetSpec?
    var status: StatefulSetStatus?
}

struct StatefulSetSpec {
    var selector: LabelSelector
    var template: PodTemplateSpec
    var minReadySeconds: Int32?
    var ordinals: StatefulSetOrdinals?
    var persistentVolumeClaimRetentionPolicy: StatefulSetPersistentVolumeClaimRetentionPolicy?
    var podManagementPolicy: String?
    var replicas: Int32?
    var revisionHistoryLimit: Int32?
    var serviceName: String?
    var updateStrategy: StatefulSetUpdateStrategy?
    @listType("atomic")
    var volumeClaimTemplates: [PersistentVolumeClaim]?
}

struct StatefulSetUpdateStrategy {
    var rollingUpdate: RollingUpdateStatefulSetStrategy?
    var type: String?
}

struct RollingUpdateStatefulSetStrategy {
    var maxUnavailable: IntOrString?
    var partition: Int32?
}

struct StatefulSetPersistentVolumeClaimRetentionPolicy {
    var whenDeleted: String?
    var whenScaled: String?
}

struct StatefulSetOrdinals {
    var start: Int32?
}

struct StatefulSetStatus {
    var replicas: Int32
    var availableReplicas: Int32?
    var collisionCount: Int32?
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [StatefulSetCondition]?
    var currentReplicas: Int32?
    var currentRevision: String?
    var observedGeneration: Int64?
    var readyReplicas: Int32?
    var updateRevision: String?
    var updatedReplicas: Int32?
}

struct StatefulSetCondition {
    var status: String
    var type: String
    var lastTransitionTime: Time?
    var message: String?
    var reason: String?
}
