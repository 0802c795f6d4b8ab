#definitions("io.k8s.api.core.v1")

struct Volume {
    var name: String
    var awsElasticBlockStore: AWSElasticBlockStoreVolumeSource?
    var azureDisk: AzureDiskVolumeSource?
    var azureFile: AzureFileVolumeSource?
    var cephfs: CephFSVolumeSource?
    var cinder: CinderVolumeSource?
    var configMap: ConfigMapVolumeSource?
    var csi: CSIVolumeSource?
    var downwardAPI: DownwardAPIVolumeSource?
    var emptyDir: EmptyDirVolumeSource?
    var ephemeral: EphemeralVolumeSource?
    var fc: FCVolumeSource?
    var flexVolume: FlexVolumeSource?
    var flocker: FlockerVolumeSource?
    var gcePersistentDisk: GCEPersistentDiskVolumeSource?
    var gitRepo: GitRepoVolumeSource?
    var glusterfs: GlusterfsVolumeSource?
    var hostPath: HostPathVolumeSource?
    var image: ImageVolumeSource?
    var iscsi: ISCSIVolumeSource?
    var nfs: NFSVolumeSource?
    var persistentVolumeClaim: PersistentVolumeClaimVolumeSource?
    var photonPersistentDisk: PhotonPersistentDiskVolumeSource?
    var portworxVolume: PortworxVolumeSource?
    var projected: ProjectedVolumeSource?
    var quobyte: QuobyteVolumeSource?
    var rbd: RBDVolumeSource?
    var scaleIO: ScaleIOVolumeSource?
    var secret: SecretVolumeSource?
    var storageos: StorageOSVolumeSource?
    var vsphereVolume: VsphereVirtualDiskVolumeSource?
}

struct EmptyDirVolumeSource {
    var medium: String?
    var sizeLimit: Quantity?
}

struct HostPathVolumeSource {
    var path: String
    var type: String?
}

struct PersistentVolumeClaimVolumeSource {
    var claimName: String
    var readOnly: Bool?
}

struct EphemeralVolumeSource {
    var volumeClaimTemplate: PersistentVolumeClaimTemplate?
}

struct PersistentVolumeClaimTemplate {
    var spec: PersistentVolumeClaimSpec
    var metadata: ObjectMeta?
}

struct ConfigMapVolumeSource {
    var defaultMode: Int32?
    @listType("atomic")
    var items: [KeyToPath]?
    var name: String?
    var optional: Bool?
}

struct SecretVolumeSource {
    var defaultMode: Int32?
    @listType("atomic")
    var items: [KeyToPath]?
    var optional: Bool?
    var secretName: String?
}

struct KeyToPath {
    var key: String
    var path: String
    var mode: Int32?
}

struct DownwardAPIVolumeSource {
    var defaultMode: Int32?
    @listType("atomic")
    var items: [DownwardAPIVolumeFile]?
}

struct DownwardAPIVolumeFile {
    var path: String
    var fieldRef: ObjectFieldSelector?
    var mode: Int32?
    var resourceFieldRef: ResourceFieldSelector?
}

struct ImageVolumeSource {
    var pullPolicy: String?
    var reference: String?
}

struct CSIVolumeSource {
    var driver: String
    var fsType: String?
    var nodePublishSecretRef: LocalObjectReference?
    var readOnly: Bool?
    var volumeAttributes: [String: String]?
}

struct NFSVolumeSource {
    var path: String
    var server: String
    var readOnly: Bool?
}
