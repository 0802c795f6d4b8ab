#definitions("io.k8s.api.core.v1")

/// Deprecated: an Azure file share.
struct AzureFilePersistentVolumeSource {
    /// The share's name.
    var shareName: String
    /// The Secret with the storage account's name and key.
    var secretName: String
    /// The Secret's namespace. That of the claim by default.
    var secretNamespace: String?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a CephFS file system.
struct CephFSPersistentVolumeSource {
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
    var secretRef: SecretReference?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: an OpenStack Cinder disk.
struct CinderPersistentVolumeSource {
    /// The disk's ID.
    var volumeID: String
    /// The file system to mount: ext4, xfs or another. ext4 by default.
    var fsType: String?
    /// The Secret to connect to OpenStack with.
    var secretRef: SecretReference?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a volume that a program on the node attaches.
struct FlexPersistentVolumeSource {
    /// The program's name.
    var driver: String
    /// The file system to mount. Decided by the program when not set.
    var fsType: String?
    /// Settings that the program understands.
    var options: [String: String]?
    /// The Secret that is given to the program.
    var secretRef: SecretReference?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a GlusterFS volume.
struct GlusterfsPersistentVolumeSource {
    /// The Endpoints object that lists the servers.
    var endpoints: String
    /// The namespace of that object. The claim's namespace by default.
    var endpointsNamespace: String?
    /// The volume's path.
    var path: String
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// An iSCSI disk that is attached to the node.
struct ISCSIPersistentVolumeSource {
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
    var secretRef: SecretReference?
    /// The file system to mount: ext4, xfs or another. ext4 by default.
    var fsType: String?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a Ceph block device.
struct RBDPersistentVolumeSource {
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
    var secretRef: SecretReference?
    /// The file system to mount: ext4, xfs or another. ext4 by default.
    var fsType: String?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}

/// Deprecated: a ScaleIO volume.
struct ScaleIOPersistentVolumeSource {
    /// The address of the ScaleIO gateway.
    var gateway: String
    /// The storage system's name.
    var system: String
    /// The Secret with the user's name and password.
    var secretRef: SecretReference
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
struct StorageOSPersistentVolumeSource {
    /// The volume's name.
    var volumeName: String?
    /// The volume's namespace in StorageOS. The claim's namespace by default.
    var volumeNamespace: String?
    /// The Secret with the StorageOS credentials.
    var secretRef: ObjectReference?
    /// The file system to mount. ext4 by default.
    var fsType: String?
    /// Whether it is mounted read-only. False by default.
    var readOnly: Bool?
}
