#definitions("io.k8s.api.core.v1")

/// Storage of the cluster, with a life of its own, that a claim can be bound to.
@resource(group: "", version: "v1", plural: "persistentvolumes", singular: "persistentvolume", shortNames: ["pv"], scope: "Cluster", subresources: ["status"])
struct PersistentVolume {
    /// What the volume is and how it may be used.
    var spec: PersistentVolumeSpec?
    /// What was last observed of the volume.
    var status: PersistentVolumeStatus?
}

/// What a volume is and how it may be used. Exactly one kind of storage must be set.
struct PersistentVolumeSpec {
    /// The volume's size, under the key storage.
    var capacity: [String: Quantity]?
    /// How it may be mounted: ReadWriteOnce (by one node), ReadOnlyMany, ReadWriteMany or ReadWriteOncePod (by one pod).
    @listType("atomic")
    var accessModes: [String]?
    /// Filesystem, the default, or Block for a raw device.
    var volumeMode: String?
    /// The StorageClass that the volume belongs to. Empty means none.
    var storageClassName: String?
    /// The VolumeAttributesClass whose settings apply to the volume, for CSI volumes.
    var volumeAttributesClassName: String?
    /// What happens once the claim is gone: Retain, Delete or the deprecated Recycle. Retain by default, Delete by default for provisioned volumes.
    var persistentVolumeReclaimPolicy: String?
    /// The claim that the volume is bound to, or reserved for.
    @mapType("granular")
    var claimRef: ObjectReference?
    /// The nodes that can reach the volume. Pods that use it are placed there.
    var nodeAffinity: VolumeNodeAffinity?
    /// Options for mounting, not checked: mounting fails when one is wrong.
    @listType("atomic")
    var mountOptions: [String]?
    /// A volume of a CSI driver.
    var csi: CSIPersistentVolumeSource?
    /// A disk or directory of one node.
    var local: LocalVolumeSource?
    /// A directory of an NFS server.
    var nfs: NFSVolumeSource?
    /// A directory of a node, for tests on one node only.
    var hostPath: HostPathVolumeSource?
    /// An iSCSI disk that is attached to the node.
    var iscsi: ISCSIPersistentVolumeSource?
    /// A Fibre Channel disk that is attached to the node.
    var fc: FCVolumeSource?
    /// Deprecated: an AWS EBS disk. Served by the CSI driver ebs.csi.aws.com.
    var awsElasticBlockStore: AWSElasticBlockStoreVolumeSource?
    /// Deprecated: an Azure disk. Served by the CSI driver disk.csi.azure.com.
    var azureDisk: AzureDiskVolumeSource?
    /// Deprecated: an Azure file share. Served by the CSI driver file.csi.azure.com.
    var azureFile: AzureFilePersistentVolumeSource?
    /// Deprecated: a CephFS file system. No longer supported.
    var cephfs: CephFSPersistentVolumeSource?
    /// Deprecated: an OpenStack Cinder disk. Served by the CSI driver cinder.csi.openstack.org.
    var cinder: CinderPersistentVolumeSource?
    /// Deprecated: a volume that a program on the node attaches. Use a CSI driver.
    var flexVolume: FlexPersistentVolumeSource?
    /// Deprecated: a Flocker dataset. No longer supported.
    var flocker: FlockerVolumeSource?
    /// Deprecated: a Google Compute Engine disk. Served by the CSI driver pd.csi.storage.gke.io.
    var gcePersistentDisk: GCEPersistentDiskVolumeSource?
    /// Deprecated: a GlusterFS volume. No longer supported.
    var glusterfs: GlusterfsPersistentVolumeSource?
    /// Deprecated: a Photon Controller disk. No longer supported.
    var photonPersistentDisk: PhotonPersistentDiskVolumeSource?
    /// Deprecated: a Portworx volume. Served by the CSI driver pxd.portworx.com.
    var portworxVolume: PortworxVolumeSource?
    /// Deprecated: a Quobyte volume. No longer supported.
    var quobyte: QuobyteVolumeSource?
    /// Deprecated: a Ceph block device. No longer supported.
    var rbd: RBDPersistentVolumeSource?
    /// Deprecated: a ScaleIO volume. No longer supported.
    var scaleIO: ScaleIOPersistentVolumeSource?
    /// Deprecated: a StorageOS volume. No longer supported.
    var storageos: StorageOSPersistentVolumeSource?
    /// Deprecated: a vSphere disk. Served by the CSI driver csi.vsphere.vmware.com.
    var vsphereVolume: VsphereVirtualDiskVolumeSource?
}

/// What was last observed of a volume.
struct PersistentVolumeStatus {
    /// Pending, Available, Bound, Released (its claim is gone, the storage not yet reclaimed) or Failed.
    var phase: String?
    /// An explanation of the phase, for people.
    var message: String?
    /// One CamelCase word for the cause of a failure.
    var reason: String?
    /// When the phase last changed.
    var lastPhaseTransitionTime: Time?
}

/// The nodes that can reach a volume.
struct VolumeNodeAffinity {
    /// What a node must fulfil.
    var required: NodeSelector?
}

/// A disk or directory of one node, which the volume's nodeAffinity must name.
struct LocalVolumeSource {
    /// The path on the node, of a directory or a block device.
    var path: String
    /// The file system to mount when the path is a block device, such as ext4 or xfs. Found out when not set.
    var fsType: String?
}

/// A volume that a CSI driver manages.
struct CSIPersistentVolumeSource {
    /// The name of the CSI driver.
    var driver: String
    /// What the driver calls the volume.
    var volumeHandle: String
    /// Whether the driver is told to publish the volume read-only. False by default.
    var readOnly: Bool?
    /// The file system to mount, such as ext4 or xfs.
    var fsType: String?
    /// Settings of the volume, as the driver gave them when it was created.
    var volumeAttributes: [String: String]?
    /// A Secret for attaching the volume to a node and detaching it.
    var controllerPublishSecretRef: SecretReference?
    /// A Secret for preparing the volume on a node.
    var nodeStageSecretRef: SecretReference?
    /// A Secret for mounting the volume for a pod.
    var nodePublishSecretRef: SecretReference?
    /// A Secret for making the volume larger.
    var controllerExpandSecretRef: SecretReference?
    /// A Secret for making the volume larger on a node.
    var nodeExpandSecretRef: SecretReference?
}
