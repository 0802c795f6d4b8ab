import KubernetesAPI

/// What a write to a subresource of a pod cannot change.
enum PodSubresourceMetadata {
    /// The metadata of `object`, with what belongs to the pod itself as in `old`.
    static func kept(of object: JSONObject, from old: JSONObject) -> JSONValue {
        var metadata = object["metadata"]?.object ?? JSONObject()
        for field in ["deletionTimestamp", "deletionGracePeriodSeconds", "generation", "labels", "annotations", "finalizers", "ownerReferences"] {
            metadata[field] = old["metadata"]?[field]
        }
        return .object(metadata)
    }

    static func isMirror(_ pod: JSONObject) -> Bool { pod["metadata"]?["annotations"]?[PodMetadataRules.mirrorKey] != nil }

    /// The place of an error that is about the whole pod, as Kubernetes prints it.
    static let whole = FieldPath([.key("")])
}
