#definitions("io.k8s.api.core.v1")

@resource(group: "", version: "v1", plural: "persistentvolumes", singular: "persistentvolume", shortNames: ["pv"], scope: "Cluster", subresources: ["status"])
struct PersistentVolume {
    var spec: PersistentVolumeSpec?
    var status: PersistentVolumeStatus?
}

struct PersistentVolumeSpec {
    @listType("atomic")
    var accessModes: [String]?
    var awsElasticBlockStore: AWSElasticBlockStoreVolumeSource?
    var azureDisk: AzureDiskVolumeSource?
    var azureFile: AzureFilePersistentVolumeSource?
    var capacity: [String: Quantity]?
    var cephfs: CephFSPersistentVolumeSource?
    var cinder: CinderPersistentVolumeSource?
    @mapType("granular")
    var claimRef: ObjectReference?
    var csi: CSIPersistentVolumeSource?
    var fc: FCVolumeSource?
    var flexVolume: FlexPersistentVolumeSource?
    var flocker: FlockerVolumeSource?
    var gcePersistentDisk: GCEPersistentDiskVolumeSource?
    var glusterfs: GlusterfsPersistentVolumeSource?
    var hostPath: HostPathVolumeSource?
    var iscsi: ISCSIPersistentVolumeSource?
    var local: LocalVolumeSource?
    @listType("atomic")
    var mountOptions: [String]?
    var nfs: NFSVolumeSource?
    var nodeAffinity: VolumeNodeAffinity?
    var persistentVolumeReclaimPolicy: String?
    var photonPersistentDisk: PhotonPersistentDiskVolumeSource?
    var portworxVolume: PortworxVolumeSource?
    var quobyte: QuobyteVolumeSource?
    var rbd: RBDPersistentVolumeSource?
    var scaleIO: ScaleIOPersistentVolumeSource?
    var storageClassName: String?
    var storageos: StorageOSPersistentVolumeSource?
    var volumeAttributesClassName: String?
    var volumeMode: String?
    var vsphereVolume: VsphereVirtualDiskVolumeSource?
}

struct PersistentVolumeStatus {
    var lastPhaseTransitionTime: Time?
    var message: String?
    var phase: String?
    var reason: String?
}

struct VolumeNodeAffinity {
    var required: NodeSelector?
}

struct LocalVolumeSource {
    var path: String
    var fsType: String?
}

struct CSIPersistentVolumeSource {
    var driver: String
    var volumeHandle: String
    var controllerExpandSecretRef: SecretReference?
    var controllerPublishSecretRef: SecretReference?
    var fsType: String?
    var nodeExpandSecretRef: SecretReference?
    var nodePublishSecretRef: SecretReference?
    var nodeStageSecretRef: SecretReference?
    var readOnly: Bool?
    var volumeAttributes: [String: String]?
}
