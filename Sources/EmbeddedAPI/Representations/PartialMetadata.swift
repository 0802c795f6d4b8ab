public import KubernetesAPI

/// An object reduced to its metadata, for clients that need no more.
public enum PartialMetadata {
    /// - Parameter version: of `meta.k8s.io`: `v1` or `v1beta1`.
    public static func of(_ object: JSONObject, version: String = "v1") -> JSONObject {
        ["kind": "PartialObjectMetadata", "apiVersion": .string("meta.k8s.io/\(version)"), "metadata": object["metadata"] ?? [:]]
    }
}
