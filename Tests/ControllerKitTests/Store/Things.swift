import KubernetesAPI

@testable import ControllerKit

/// A config map as a test needs one.
func thing(
    _ name: String, version: Int, uid: String? = nil, namespace: String = "ns", labels: [String: String] = [:], owner: String? = nil
) -> ConfigMap {
    var metadata = ObjectMeta(name: name, namespace: namespace)
    metadata.uid = uid ?? "uid-\(name)"
    metadata.resourceVersion = "\(version)"
    if !labels.isEmpty { metadata.labels = labels }
    if let owner {
        metadata.ownerReferences = [OwnerReference(apiVersion: "apps/v1", kind: "ReplicaSet", name: owner, uid: "uid-\(owner)", controller: true)]
    }
    return ConfigMap(metadata: metadata)
}

extension StoreContents where Object == ConfigMap {
    /// `name@version` of everything, in the order of the names.
    var summary: [String] { objects.objects.map { "\($0.name)@\($0.resourceVersion ?? "")" }.sorted() }
}

extension Change where Object == ConfigMap {
    /// Such as `a: 1 → 2`; `-` where there is no such state.
    var summary: String { "\(key.name): \(old?.resourceVersion ?? "-") → \(new?.resourceVersion ?? "-")" }
}
