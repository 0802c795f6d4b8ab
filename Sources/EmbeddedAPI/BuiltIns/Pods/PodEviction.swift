public import KubernetesAPI

/// The subresource `eviction`: deletes a pod unless a PodDisruptionBudget says no, as ``EvictionDecision`` tells.
public enum PodEviction {
    /// - Throws: ``Status`` (400) when the eviction names another pod.
    public static func check(_ eviction: JSONObject, name: String) throws(Status) {
        guard eviction["metadata"]?["name"]?.string ?? "" == name else {
            throw .badRequest("name in URL does not match name in Eviction object")
        }
    }
}
