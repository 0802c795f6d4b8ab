#definitions("io.k8s.api.core.v1")

@resource(group: "", version: "v1", plural: "persistentvolumeclaims", singular: "persistentvolumeclaim", shortNames: ["pvc"], scope: "Namespaced",
    subresources: ["status"])
struct PersistentVolumeClaim {
    var spec: PersistentVolumeClaimSpec?
    var status: PersistentVolumeClaimStatus?
}

struct PersistentVolumeClaimSpec {
    @listType("atomic")
    var accessModes: [String]?
    var dataSource: TypedLocalObjectReference?
    var dataSourceRef: TypedObjectReference?
    var resources: VolumeResourceRequirements?
    var selector: LabelSelector?
    var storageClassName: String?
    var volumeAttributesClassName: String?
    var volumeMode: String?
    var volumeName: String?
}

struct PersistentVolumeClaimStatus {
    @listType("atomic")
    var accessModes: [String]?
    @mapType("granular")
    var allocatedResourceStatuses: [String: String]?
    var allocatedResources: [String: Quantity]?
    var capacity: [String: Quantity]?
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [PersistentVolumeClaimCondition]?
    var currentVolumeAttributesClassName: String?
    var modifyVolumeStatus: ModifyVolumeStatus?
    var phase: String?
}

struct PersistentVolumeClaimCondition {
    var status: String
    var type: String
    var lastProbeTime: Time?
    var lastTransitionTime: Time?
    var message: String?
    var reason: String?
}

struct VolumeResourceRequirements {
    var limits: [String: Quantity]?
    var requests: [String: Quantity]?
}

struct ModifyVolumeStatus {
    var status: String
    var targetVolumeAttributesClassName: String?
}
