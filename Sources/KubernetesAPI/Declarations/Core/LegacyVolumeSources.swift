#definitions("io.k8s.api.core.v1")

/// Deprecated: an AWS EBS disk.
struct AWSElasticBlockStoreVolumeSource {
    /// The disk's ID.
    var volumeID: String
    /// The file system to mount: ext4, xfs or another. ext4 by default.
    var fsType: String?
    /// The number of the partition to mount. The whole disk by default.
    var partition: Int32?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: an Azure disk.
struct AzureDiskVolumeSource {
    /// The disk's name.
    var diskName: String
    /// The disk's URI.
    var diskURI: String
    /// How the disk is kept: Shared (several blob disks for each storage account, the default), Dedicated (one) or Managed.
    var kind: String = "Shared"
    /// How the host caches: None, ReadOnly or ReadWrite. ReadWrite by default.
    var cachingMode: String = "ReadWrite"
    /// The file system to mount. ext4 by default.
    var fsType: String = "ext4"
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: an Azure file share.
struct AzureFileVolumeSource {
    /// The share's name.
    var shareName: String
    /// The Secret with the storage account's name and key.
    var secretName: String
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a CephFS file system.
struct CephFSVolumeSource {
    /// The Ceph monitors.
    @listType("atomic")
    var monitors: [String]
    /// The directory to mount. / by default.
    var path: String?
    /// The Ceph user. admin by default.
    var user: String?
    /// The path of the user's key ring. /etc/ceph/user.secret by default.
    var secretFile: String?
    /// The Secret to authenticate with, instead of secretFile.
    var secretRef: LocalObjectReference?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: an OpenStack Cinder disk.
struct CinderVolumeSource {
    /// The disk's ID.
    var volumeID: String
    /// The file system to mount: ext4, xfs or another. ext4 by default.
    var fsType: String?
    /// The Secret to connect to OpenStack with.
    var secretRef: LocalObjectReference?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// A Fibre Channel disk that is attached to the node. Either targetWWNs with lun or wwids must be set.
struct FCVolumeSource {
    /// World wide names of the targets.
    @listType("atomic")
    var targetWWNs: [String]?
    /// The logical unit number on the targets.
    var lun: Int32?
    /// World wide identifiers of the volume.
    @listType("atomic")
    var wwids: [String]?
    /// The file system to mount: ext4, xfs or another. ext4 by default.
    var fsType: String?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a volume that a program on the node attaches.
struct FlexVolumeSource {
    /// The program's name.
    var driver: String
    /// The file system to mount. Decided by the program when not set.
    var fsType: String?
    /// Settings that the program understands.
    var options: [String: String]?
    /// The Secret that is given to the program.
    var secretRef: LocalObjectReference?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a Flocker dataset. Exactly one member should be set.
struct FlockerVolumeSource {
    /// The dataset's name.
    var datasetName: String?
    /// The dataset's ID.
    var datasetUUID: String?
}

/// Deprecated: a Google Compute Engine disk.
struct GCEPersistentDiskVolumeSource {
    /// The disk's name.
    var pdName: String
    /// The file system to mount: ext4, xfs or another. ext4 by default.
    var fsType: String?
    /// The number of the partition to mount. The whole disk by default.
    var partition: Int32?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a Git repository, cloned into an empty directory.
struct GitRepoVolumeSource {
    /// The URL of the repository.
    var repository: String
    /// The commit to check out.
    var revision: String?
    /// The directory to clone into, relative and without a .. step; a dot means the volume itself. A directory named after the repository by default.
    var directory: String?
}

/// Deprecated: a GlusterFS volume.
struct GlusterfsVolumeSource {
    /// The Endpoints object that lists the servers.
    var endpoints: String
    /// The volume's path.
    var path: String
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// An iSCSI disk that is attached to the node.
struct ISCSIVolumeSource {
    /// The target's IP address, with a port unless it is 3260.
    var targetPortal: String
    /// The target's qualified name.
    var iqn: String
    /// The logical unit number on the target.
    var lun: Int32
    /// Further addresses of the target, for several paths to it.
    @listType("atomic")
    var portals: [String]?
    /// The iSCSI interface that is used. default by default, which is TCP.
    var iscsiInterface: String = "default"
    /// A name for the initiator. A new interface is made for it.
    var initiatorName: String?
    /// Whether discovery uses CHAP. False by default.
    var chapAuthDiscovery: Bool?
    /// Whether sessions use CHAP. False by default.
    var chapAuthSession: Bool?
    /// The Secret with the CHAP credentials.
    var secretRef: LocalObjectReference?
    /// The file system to mount: ext4, xfs or another. ext4 by default.
    var fsType: String?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a Photon Controller disk.
struct PhotonPersistentDiskVolumeSource {
    /// The disk's ID.
    var pdID: String
    /// The file system to mount. ext4 by default.
    var fsType: String?
}

/// Deprecated: a Portworx volume.
struct PortworxVolumeSource {
    /// The volume's ID.
    var volumeID: String
    /// The file system to mount: ext4 or xfs. ext4 by default.
    var fsType: String?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a Quobyte volume.
struct QuobyteVolumeSource {
    /// The registry services, as HOST:PORT, separated by commas.
    var registry: String
    /// The volume's name.
    var volume: String
    /// The tenant that owns the volume.
    var tenant: String?
    /// The user to mount as. The service account's user by default.
    var user: String?
    /// The group to mount as. None by default.
    var group: String?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a Ceph block device.
struct RBDVolumeSource {
    /// The Ceph monitors.
    @listType("atomic")
    var monitors: [String]
    /// The image's name.
    var image: String
    /// The pool that holds the image. rbd by default.
    var pool: String = "rbd"
    /// The Ceph user. admin by default.
    var user: String = "admin"
    /// The path of the user's key ring. /etc/ceph/keyring by default.
    var keyring: String = "/etc/ceph/keyring"
    /// The Secret to authenticate with, instead of keyring.
    var secretRef: LocalObjectReference?
    /// The file system to mount: ext4, xfs or another. ext4 by default.
    var fsType: String?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a ScaleIO volume.
struct ScaleIOVolumeSource {
    /// The address of the ScaleIO gateway.
    var gateway: String
    /// The storage system's name.
    var system: String
    /// The Secret with the user's name and password.
    var secretRef: LocalObjectReference
    /// Whether the gateway is reached over TLS. False by default.
    var sslEnabled: Bool?
    /// The protection domain's name.
    var protectionDomain: String?
    /// The storage pool in that domain.
    var storagePool: String?
    /// ThickProvisioned or ThinProvisioned. ThinProvisioned by default.
    var storageMode: String = "ThinProvisioned"
    /// The volume's name.
    var volumeName: String?
    /// The file system to mount. xfs by default.
    var fsType: String = "xfs"
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a StorageOS volume.
struct StorageOSVolumeSource {
    /// The volume's name.
    var volumeName: String?
    /// The volume's namespace in StorageOS. The pod's namespace by default.
    var volumeNamespace: String?
    /// The Secret with the StorageOS credentials.
    var secretRef: LocalObjectReference?
    /// The file system to mount. ext4 by default.
    var fsType: String?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a vSphere disk.
struct VsphereVirtualDiskVolumeSource {
    /// The path of the disk.
    var volumePath: String
    /// The file system to mount. ext4 by default.
    var fsType: String?
    /// The storage policy's name.
    var storagePolicyName: String?
    /// The storage policy's ID.
    var storagePolicyID: String?
}
