#definitions("io.k8s.api.core.v1")

/// Storage that containers of a pod can mount. Exactly one member besides name says what it is; with none it is an emptyDir.
struct Volume {
    /// The volume's name: a DNS label, unique in the pod.
    var name: String
    /// A directory that is empty at first and deleted with the pod.
    var emptyDir: EmptyDirVolumeSource?
    /// The keys of a ConfigMap as files.
    var configMap: ConfigMapVolumeSource?
    /// The keys of a Secret as files.
    var secret: SecretVolumeSource?
    /// Fields of the pod as files.
    var downwardAPI: DownwardAPIVolumeSource?
    /// Several sources together in one directory.
    var projected: ProjectedVolumeSource?
    /// The persistent volume that a PersistentVolumeClaim of the namespace is bound to.
    var persistentVolumeClaim: PersistentVolumeClaimVolumeSource?
    /// A persistent volume that is created for this pod and deleted with it.
    var ephemeral: EphemeralVolumeSource?
    /// A file or directory of the node. It gives the pod a way into the node, so use it with care.
    var hostPath: HostPathVolumeSource?
    /// The files of an OCI image or artifact, read-only.
    var image: ImageVolumeSource?
    /// A volume that a CSI driver provides for this pod alone.
    var csi: CSIVolumeSource?
    /// A directory of an NFS server.
    var nfs: NFSVolumeSource?
    /// An iSCSI disk that is attached to the node.
    var iscsi: ISCSIVolumeSource?
    /// A Fibre Channel disk that is attached to the node.
    var fc: FCVolumeSource?
    /// Deprecated: an AWS EBS disk. Served by the CSI driver ebs.csi.aws.com.
    var awsElasticBlockStore: AWSElasticBlockStoreVolumeSource?
    /// Deprecated: an Azure disk. Served by the CSI driver disk.csi.azure.com.
    var azureDisk: AzureDiskVolumeSource?
    /// Deprecated: an Azure file share. Served by the CSI driver file.csi.azure.com.
    var azureFile: AzureFileVolumeSource?
    /// Deprecated: a CephFS file system. No longer supported.
    var cephfs: CephFSVolumeSource?
    /// Deprecated: an OpenStack Cinder disk. Served by the CSI driver cinder.csi.openstack.org.
    var cinder: CinderVolumeSource?
    /// Deprecated: a volume that a program on the node attaches. Use a CSI driver.
    var flexVolume: FlexVolumeSource?
    /// Deprecated: a Flocker dataset. No longer supported.
    var flocker: FlockerVolumeSource?
    /// Deprecated: a Google Compute Engine disk. Served by the CSI driver pd.csi.storage.gke.io.
    var gcePersistentDisk: GCEPersistentDiskVolumeSource?
    /// Deprecated: a Git repository, cloned into an empty directory. Clone into an emptyDir in an init container instead.
    var gitRepo: GitRepoVolumeSource?
    /// Deprecated: a GlusterFS volume. No longer supported.
    var glusterfs: GlusterfsVolumeSource?
    /// Deprecated: a Photon Controller disk. No longer supported.
    var photonPersistentDisk: PhotonPersistentDiskVolumeSource?
    /// Deprecated: a Portworx volume. Served by the CSI driver pxd.portworx.com.
    var portworxVolume: PortworxVolumeSource?
    /// Deprecated: a Quobyte volume. No longer supported.
    var quobyte: QuobyteVolumeSource?
    /// Deprecated: a Ceph block device. No longer supported.
    var rbd: RBDVolumeSource?
    /// Deprecated: a ScaleIO volume. No longer supported.
    var scaleIO: ScaleIOVolumeSource?
    /// Deprecated: a StorageOS volume. No longer supported.
    var storageos: StorageOSVolumeSource?
    /// Deprecated: a vSphere disk. Served by the CSI driver csi.vsphere.vmware.com.
    var vsphereVolume: VsphereVirtualDiskVolumeSource?
}

/// A directory that lives as long as its pod. It survives restarts of containers.
struct EmptyDirVolumeSource {
    /// Where it is stored: empty for the node's default medium, Memory for a tmpfs that counts as memory of the containers.
    var medium: String?
    /// How much it may hold before the pod is evicted; for Memory also the size of the tmpfs. No limit by default.
    var sizeLimit: Quantity?
}

/// A file or directory of the node.
struct HostPathVolumeSource {
    /// The path on the node. A symbolic link is followed.
    var path: String
    /// What is checked before mounting: empty (nothing, the default), DirectoryOrCreate, Directory, FileOrCreate, File, Socket, CharDevice or BlockDevice.
    var type: String?
}

/// Refers to a PersistentVolumeClaim.
struct PersistentVolumeClaimVolumeSource {
    /// The claim's name, in the pod's namespace.
    var claimName: String
    /// Whether mounts of the volume are read-only. False by default.
    var readOnly: Bool?
}

/// A volume that is created for one pod by way of a claim.
struct EphemeralVolumeSource {
    /// The claim to create. It is named after the pod and the volume, as POD-VOLUME, and owned by the pod. Required.
    var volumeClaimTemplate: PersistentVolumeClaimTemplate?
}

/// A PersistentVolumeClaim to create for a pod.
struct PersistentVolumeClaimTemplate {
    /// Labels and annotations for the claim. No other metadata is allowed.
    var metadata: ObjectMeta?
    /// What the claim asks for.
    var spec: PersistentVolumeClaimSpec
}

/// A ConfigMap as a directory of files that are updated when it changes.
struct ConfigMapVolumeSource {
    /// The ConfigMap's name, in the pod's namespace.
    var name: String?
    /// Keys to show and the paths to show them at. Without it, every key is a file of that name.
    @listType("atomic")
    var items: [KeyToPath]?
    /// The permission bits of the files, in JSON as a decimal number. 0644 by default.
    var defaultMode: Int32?
    /// Whether the ConfigMap and the keys named here may be missing. False by default.
    var optional: Bool?
}

/// A Secret as a directory of files, kept in memory and updated when it changes.
struct SecretVolumeSource {
    /// The Secret's name, in the pod's namespace.
    var secretName: String?
    /// Keys to show and the paths to show them at. Without it, every key is a file of that name.
    @listType("atomic")
    var items: [KeyToPath]?
    /// The permission bits of the files, in JSON as a decimal number. 0644 by default.
    var defaultMode: Int32?
    /// Whether the Secret and the keys named here may be missing. False by default.
    var optional: Bool?
}

/// Shows a key as a file.
struct KeyToPath {
    /// The key.
    var key: String
    /// The file's path in the volume, relative and without a .. step.
    var path: String
    /// The file's permission bits, in JSON as a decimal number. The volume's defaultMode by default.
    var mode: Int32?
}

/// Fields of the pod as a directory of files that are updated when they change.
struct DownwardAPIVolumeSource {
    /// The files.
    @listType("atomic")
    var items: [DownwardAPIVolumeFile]?
    /// The permission bits of the files, in JSON as a decimal number. 0644 by default.
    var defaultMode: Int32?
}

/// A file with a field of the pod. Exactly one of fieldRef and resourceFieldRef must be set.
struct DownwardAPIVolumeFile {
    /// The file's path in the volume, relative and without a .. step.
    var path: String
    /// The pod's field: its name, namespace, uid, labels or annotations.
    var fieldRef: ObjectFieldSelector?
    /// A resource limit or request of a container.
    var resourceFieldRef: ResourceFieldSelector?
    /// The file's permission bits, in JSON as a decimal number. The volume's defaultMode by default.
    var mode: Int32?
}

/// An OCI image or artifact whose files are the volume.
struct ImageVolumeSource {
    /// The image, written as for a container. It is pulled when the pod starts.
    var reference: String?
    /// When to pull it: Always, IfNotPresent or Never. Always by default for the tag latest, IfNotPresent for others.
    var pullPolicy: String?
}

/// A volume that a CSI driver provides for the time that a pod lives.
struct CSIVolumeSource {
    /// The name of the CSI driver, as registered in the cluster.
    var driver: String
    /// Whether the volume is mounted read-only. False by default.
    var readOnly: Bool?
    /// The file system to mount, such as ext4 or xfs. Decided by the driver when empty.
    var fsType: String?
    /// Settings that the driver understands.
    var volumeAttributes: [String: String]?
    /// A Secret in the pod's namespace with what the driver needs to mount the volume.
    var nodePublishSecretRef: LocalObjectReference?
}

/// A directory that an NFS server exports.
struct NFSVolumeSource {
    /// The server's host name or IP address.
    var server: String
    /// The directory that it exports.
    var path: String
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}
