#definitions("io.k8s.api.core.v1")

struct AzureFilePersistentVolumeSource {
    var secretName: String
    var shareName: String
    var readOnly: Bool?
    var secretNamespace: String?
}

struct CephFSPersistentVolumeSource {
    @listType("atomic")
    var monitors: [String]
    var path: String?
    var readOnly: Bool?
    var secretFile: String?
    var secretRef: SecretReference?
    var user: String?
}

struct CinderPersistentVolumeSource {
    var volumeID: String
    var fsType: String?
    var readOnly: Bool?
    var secretRef: SecretReference?
}

struct FlexPersistentVolumeSource {
    var driver: String
    var fsType: String?
    var options: [String: String]?
    var readOnly: Bool?
    var secretRef: SecretReference?
}

struct GlusterfsPersistentVolumeSource {
    var endpoints: String
    var path: String
    var endpointsNamespace: String?
    var readOnly: Bool?
}

struct ISCSIPersistentVolumeSource {
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
    var secretRef: SecretReference?
}

struct RBDPersistentVolumeSource {
    var image: String
    @listType("atomic")
    var monitors: [String]
    var fsType: String?
    var keyring: String = "/etc/ceph/keyring"
    var pool: String = "rbd"
    var readOnly: Bool?
    var secretRef: SecretReference?
    var user: String = "admin"
}

struct ScaleIOPersistentVolumeSource {
    var gateway: String
    var secretRef: SecretReference
    var system: String
    var fsType: String = "xfs"
    var protectionDomain: String?
    var readOnly: Bool?
    var sslEnabled: Bool?
    var storageMode: String = "ThinProvisioned"
    var storagePool: String?
    var volumeName: String?
}

struct StorageOSPersistentVolumeSource {
    var fsType: String?
    var readOnly: Bool?
    var secretRef: ObjectReference?
    var volumeName: String?
    var volumeNamespace: String?
}
