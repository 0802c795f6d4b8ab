public import KubernetesAPI

/// The objects that every cluster has from its first moment.
public enum SystemObjects {
    public static let namespaceNames = ["default", "kube-node-lease", "kube-public", "kube-system"]

    /// A namespace as one sends it to be created.
    public static func namespace(_ name: String) -> JSONObject { ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]] }

    /// The service account that pods of a namespace run as when they name none.
    public static func serviceAccount(in namespace: String) -> JSONObject {
        ["apiVersion": "v1", "kind": "ServiceAccount", "metadata": ["name": "default", "namespace": .string(namespace)]]
    }

    /// The config map by which pods of a namespace know the server's certificate.
    ///
    /// - Parameter certificateAuthority: PEM.
    public static func rootCertificates(in namespace: String, certificateAuthority: String) -> JSONObject {
        [
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": [
                "name": .string(rootCertificatesName), "namespace": .string(namespace),
                "annotations": ["kubernetes.io/description": .string(rootCertificatesDescription)],
            ],
            "data": ["ca.crt": .string(certificateAuthority)],
        ]
    }

    static let serviceAccountName = "default"
    static let rootCertificatesName = "kube-root-ca.crt"
    private static let rootCertificatesDescription =
        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or "
        + "kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters."

    /// The service `kubernetes` in `default`, by which pods find the API.
    ///
    /// - Parameter port: where the server listens.
    public static func apiService(port: Int, clusterIP: String = "10.96.0.1") -> JSONObject {
        [
            "apiVersion": "v1", "kind": "Service",
            "metadata": ["name": "kubernetes", "namespace": "default", "labels": ["component": "apiserver", "provider": "kubernetes"]],
            "spec": [
                "clusterIP": .string(clusterIP), "clusterIPs": [.string(clusterIP)], "internalTrafficPolicy": "Cluster", "ipFamilies": ["IPv4"],
                "ipFamilyPolicy": "SingleStack",
                "ports": [["name": "https", "port": 443, "protocol": "TCP", "targetPort": .integer(Int64(port))]],
                "sessionAffinity": "None", "type": "ClusterIP",
            ],
        ]
    }
}
