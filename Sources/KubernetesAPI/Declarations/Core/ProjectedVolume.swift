#definitions("io.k8s.api.core.v1")

struct ProjectedVolumeSource {
    var defaultMode: Int32?
    @listType("atomic")
    var sources: [VolumeProjection]?
}

struct VolumeProjection {
    var clusterTrustBundle: ClusterTrustBundleProjection?
    var configMap: ConfigMapProjection?
    var downwardAPI: DownwardAPIProjection?
    var podCertificate: PodCertificateProjection?
    var secret: SecretProjection?
    var serviceAccountToken: ServiceAccountTokenProjection?
}

struct ConfigMapProjection {
    @listType("atomic")
    var items: [KeyToPath]?
    var name: String?
    var optional: Bool?
}

struct SecretProjection {
    @listType("atomic")
    var items: [KeyToPath]?
    var name: String?
    var optional: Bool?
}

struct DownwardAPIProjection {
    @listType("atomic")
    var items: [DownwardAPIVolumeFile]?
}

struct ServiceAccountTokenProjection {
    var path: String
    var audience: String?
    var expirationSeconds: Int64?
}

struct ClusterTrustBundleProjection {
    var path: String
    var labelSelector: LabelSelector?
    var name: String?
    var optional: Bool?
    var signerName: String?
}

struct PodCertificateProjection {
    var keyType: String
    var signerName: String
    var certificateChainPath: String?
    var credentialBundlePath: String?
    var keyPath: String?
    var maxExpirationSeconds: Int32?
    var userAnnotations: [String: String]?
}
