public import KubernetesAPI

/// How long a pod that is deleted has to end.
public enum PodDeletion {
    /// - Parameters:
    ///   - pod: as it is stored.
    ///   - requested: `gracePeriodSeconds` of the request.
    /// - Returns: seconds, for `metadata.deletionGracePeriodSeconds`; 0 for a pod that nobody runs.
    public static func gracePeriodSeconds(of pod: JSONObject, requested: Int64?) -> Int64 {
        let (spec, status) = (PodPart(pod["spec"]), PodPart(pod["status"]))
        if spec.text("nodeName").isEmpty || ["Failed", "Succeeded"].contains(status.text("phase")) { return 0 }
        let period = requested ?? spec.integer("terminationGracePeriodSeconds") ?? 0
        return period < 0 ? 1 : period
    }
}
