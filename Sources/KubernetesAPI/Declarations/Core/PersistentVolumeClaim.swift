#definitions("io.k8s.api.core.v1")

/// A request for storage. It is bound to a volume that fits, or one is provisioned for it.
@resource(
    group: "", version: "v1", plural: "persistentvolumeclaims", singular: "persistentvolumeclaim", shortNames: ["pvc"], scope: "Namespaced",
    subresources: ["status"])
struct PersistentVolumeClaim {
    /// What is asked for.
    var spec: PersistentVolumeClaimSpec?
    /// What was last observed of the claim.
    var status: PersistentVolumeClaimStatus?
}

/// What a claim asks for. Once it is bound, little but the size can be changed.
struct PersistentVolumeClaimSpec {
    /// How the volume must be mountable: ReadWriteOnce (by one node), ReadOnlyMany, ReadWriteMany or ReadWriteOncePod (by one pod).
    @listType("atomic")
    var accessModes: [String]?
    /// The size that the volume must have. It can be raised later if the storage class allows that.
    var resources: VolumeResourceRequirements?
    /// The StorageClass to get the volume from. The cluster's default class when not set; empty means only volumes without a class.
    var storageClassName: String?
    /// Filesystem, the default, or Block for a raw device.
    var volumeMode: String?
    /// The volume that the claim is bound to, or is to be bound to.
    var volumeName: String?
    /// The labels of volumes to choose from. Such claims are not provisioned for.
    var selector: LabelSelector?
    /// What to fill a new volume from: a VolumeSnapshot or another claim of the namespace. Kept equal to dataSourceRef for these.
    var dataSource: TypedLocalObjectReference?
    /// What to fill a new volume from: any object that a populator understands. In another namespace only where that is enabled and granted.
    var dataSourceRef: TypedObjectReference?
    /// The VolumeAttributesClass whose settings the CSI driver should give to the volume. Can be changed later.
    var volumeAttributesClassName: String?
}

/// What was last observed of a claim.
struct PersistentVolumeClaimStatus {
    /// Pending (no volume yet), Bound, or Lost (its volume is gone).
    var phase: String?
    /// The access modes of the bound volume.
    @listType("atomic")
    var accessModes: [String]?
    /// The real size of the bound volume.
    var capacity: [String: Quantity]?
    /// The claim's conditions, such as Resizing and FileSystemResizePending.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [PersistentVolumeClaimCondition]?
    /// The size that is being worked towards, which may be more than the capacity and is what quota counts.
    var allocatedResources: [String: Quantity]?
    /// How the change of size stands, such as ControllerResizeInProgress or NodeResizePending. Not set when there is none.
    @mapType("granular")
    var allocatedResourceStatuses: [String: String]?
    /// The VolumeAttributesClass that the volume has now.
    var currentVolumeAttributesClassName: String?
    /// How a change of the VolumeAttributesClass stands. Not set when there is none.
    var modifyVolumeStatus: ModifyVolumeStatus?
}

/// One aspect of a claim's state.
struct PersistentVolumeClaimCondition {
    /// Which aspect, such as Resizing, FileSystemResizePending, ControllerResizeError or ModifyingVolume.
    var type: String
    /// Whether the condition holds: True, False or Unknown.
    var status: String
    /// When the condition was last checked.
    var lastProbeTime: Time?
    /// When the status last changed from one value to another.
    var lastTransitionTime: Time?
    /// One CamelCase word for the cause of the last change.
    var reason: String?
    /// An explanation of the last change, for people.
    var message: String?
}

/// How large a volume must and may be.
struct VolumeResourceRequirements {
    /// The least size, under the key storage.
    var requests: [String: Quantity]?
    /// The largest size, under the key storage.
    var limits: [String: Quantity]?
}

/// How a change of a volume's VolumeAttributesClass stands.
struct ModifyVolumeStatus {
    /// Pending (the class is missing or the change is not yet possible), InProgress, or Infeasible (the driver refused it).
    var status: String
    /// The class that is being applied.
    var targetVolumeAttributesClassName: String?
}
