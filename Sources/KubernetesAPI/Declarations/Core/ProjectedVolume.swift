#definitions("io.k8s.api.core.v1")

/// Several sources together in one directory of files.
struct ProjectedVolumeSource {
    /// The sources. No two may use the same path.
    @listType("atomic")
    var sources: [VolumeProjection]?
    /// The permission bits of the files, in JSON as a decimal number. 0644 by default.
    var defaultMode: Int32?
}

/// One source of a projected volume. Exactly one member must be set.
struct VolumeProjection {
    /// The keys of a ConfigMap.
    var configMap: ConfigMapProjection?
    /// The keys of a Secret.
    var secret: SecretProjection?
    /// Fields of the pod.
    var downwardAPI: DownwardAPIProjection?
    /// A token of the pod's service account.
    var serviceAccountToken: ServiceAccountTokenProjection?
    /// Certificates of authorities that the cluster trusts.
    var clusterTrustBundle: ClusterTrustBundleProjection?
    /// A private key and a certificate that is issued for the pod.
    var podCertificate: PodCertificateProjection?
}

/// The keys of a ConfigMap as files.
struct ConfigMapProjection {
    /// The ConfigMap's name, in the pod's namespace.
    var name: String?
    /// Keys to show and the paths to show them at. Without it, every key is a file of that name.
    @listType("atomic")
    var items: [KeyToPath]?
    /// Whether the ConfigMap and the keys named here may be missing. False by default.
    var optional: Bool?
}

/// The keys of a Secret as files.
struct SecretProjection {
    /// The Secret's name, in the pod's namespace.
    var name: String?
    /// Keys to show and the paths to show them at. Without it, every key is a file of that name.
    @listType("atomic")
    var items: [KeyToPath]?
    /// Whether the Secret and the keys named here may be missing. False by default.
    var optional: Bool?
}

/// Fields of the pod as files.
struct DownwardAPIProjection {
    /// The files.
    @listType("atomic")
    var items: [DownwardAPIVolumeFile]?
}

/// A token of the pod's service account as a file. It is renewed before it expires.
struct ServiceAccountTokenProjection {
    /// Whom the token is meant for, who must refuse it otherwise. The API server by default.
    var audience: String?
    /// How many seconds a token is valid. It is renewed after 80 percent of that, or 24 hours. At least 600; 3600 by default.
    var expirationSeconds: Int64?
    /// The file's path in the volume.
    var path: String
}

/// Certificates from ClusterTrustBundles as a file, without duplicates and in no particular order.
struct ClusterTrustBundleProjection {
    /// One bundle by name. Cannot be combined with signerName.
    var name: String?
    /// All bundles of this signer. Cannot be combined with name.
    var signerName: String?
    /// Which of the signer's bundles to take. None when not set, all when it is empty. Only with signerName.
    var labelSelector: LabelSelector?
    /// Whether the bundles may be missing; the file is then empty. False by default.
    var optional: Bool?
    /// The file's path in the volume.
    var path: String
}

/// A private key and a certificate for the pod as files. The kubelet makes the key, asks for the certificate and renews it.
struct PodCertificateProjection {
    /// The signer that issues the certificate.
    var signerName: String
    /// The kind of key: RSA3072, RSA4096, ECDSAP256, ECDSAP384, ECDSAP521 or ED25519.
    var keyType: String
    /// How many seconds the certificate may be valid, from 3600 to 7862400 (91 days). 86400 by default. The signer may choose less.
    var maxExpirationSeconds: Int32?
    /// The path of one file with the key and then the certificate chain, in PEM. Better than two files, since it changes at once.
    var credentialBundlePath: String?
    /// The path of a file with the key, in PEM.
    var keyPath: String?
    /// The path of a file with the certificate chain, in PEM.
    var certificateChainPath: String?
    /// Further information for the signer, copied into the certificate request. Keys carry a domain as prefix.
    var userAnnotations: [String: String]?
}
