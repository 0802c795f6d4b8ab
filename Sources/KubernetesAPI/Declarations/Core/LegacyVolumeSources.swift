#definitions("io.k8s.api.core.v1")

struct AWSElasticBlockStoreVolumeSource {
    var volumeID: String
    var fsType: String?
    var partition: Int32?
    var readOnly: Bool?
}

struct AzureDiskVolumeSource {
    var diskName: String
    var diskURI: String
    var cachingMode: String = "ReadWrite"
    var fsType: String = "ext4"
    var kind: String = "Shared"
    var readOnly: Bool?
}

struct AzureFileVolumeSource {
    var secretName: String
    var shareName: String
    var readOnly: Bool?
}

struct CephFSVolumeSource {
    @listType("atomic")
    var monitors: [String]
    var path: String?
    var readOnly: Bool?
    var secretFile: String?
    var secretRef: LocalObjectReference?
    var user: String?
}

struct CinderVolumeSource {
    var volumeID: String
    var fsType: String?
    var readOnly: Bool?
    var secretRef: LocalObjectReference?
}

struct FCVolumeSource {
    var fsType: String?
    var lun: Int32?
    var readOnly: Bool?
    @listType("atomic")
    var targetWWNs: [String]?
    @listType("atomic")
    var wwids: [String]?
}

struct FlexVolumeSource {
    var driver: String
    var fsType: String?
    var options: [String: String]?
    var readOnly: Bool?
    var secretRef: LocalObjectReference?
}

struct FlockerVolumeSource {
    var datasetName: String?
    var datasetUUID: String?
}

struct GCEPersistentDiskVolumeSource {
    var pdName: String
    var fsType: String?
    var partition: Int32?
    var readOnly: Bool?
}

struct GitRepoVolumeSource {
    var repository: String
    var directory: String?
    var revision: String?
}

struct GlusterfsVolumeSource {
    var endpoints: String
    var path: String
    var readOnly: Bool?
}

struct ISCSIVolumeSource {
    var iqn: String
    var lun: Int32
    var targetPortal: String
    var chapAuthDiscovery: Bool?
    var chapAuthSession: Bool?
    var fsType: String?
    var initiatorName: String?
    var iscsiInterface: String = "default"
    @listType("atomic")
    var portals: [String]?
    var readOnly: Bool?
    var secretRef: LocalObjectReference?
}

struct PhotonPersistentDiskVolumeSource {
    var pdID: String
    var fsType: String?
}

struct PortworxVolumeSource {
    var volumeID: String
    var fsType: String?
    var readOnly: Bool?
}

struct QuobyteVolumeSource {
    var registry: String
    var volume: String
    var group: String?
    var readOnly: Bool?
    var tenant: String?
    var user: String?
}

struct RBDVolumeSource {
    var image: String
    @listType("atomic")
    var monitors: [String]
    var fsType: String?
    var keyring: String = "/etc/ceph/keyring"
    var pool: String = "rbd"
    var readOnly: Bool?
    var secretRef: LocalObjectReference?
    var user: String = "admin"
}

struct ScaleIOVolumeSource {
    var gateway: String
    var secretRef: LocalObjectReference
    var system: String
    var fsType: String = "xfs"
    var protectionDomain: String?
    var readOnly: Bool?
    var sslEnabled: Bool?
    var storageMode: String = "ThinProvisioned"
    var storagePool: String?
    var volumeName: String?
}

struct StorageOSVolumeSource {
    var fsType: String?
    var readOnly: Bool?
    var secretRef: LocalObjectReference?
    var volumeName: String?
    var volumeNamespace: String?
}

struct VsphereVirtualDiskVolumeSource {
    var volumePath: String
    var fsType: String?
    var storagePolicyID: String?
    var storagePolicyName: String?
}
