public import KubernetesAPI

/// How long a pod that is deleted has to end.
public enum PodDeletion {
    /// What a request to delete a pod does to it.
    public enum Outcome: Hashable, Sendable {
        /// The pod as it is stored now: marked as deleted. Whoever runs it ends it, and deletes it for good.
        case mark(JSONObject)
        /// The pod as it is answered with: it goes at once, or when its finalizers are gone.
        case remove(JSONObject)
        /// It is being deleted already, and no sooner because of this request.
        case wait
    }

    /// - Parameters:
    ///   - pod: as it is stored.
    ///   - requested: `gracePeriodSeconds` of the request.
    public static func outcome(for pod: JSONObject, requested: Int64?, now: Time) -> Outcome {
        var seconds = gracePeriodSeconds(of: pod, requested: requested)
        var metadata = pod["metadata"]?.object ?? JSONObject()
        var start = now
        if let text = metadata["deletionTimestamp"]?.string {
            // The period can only become shorter.
            guard let current = metadata["deletionGracePeriodSeconds"]?.integer, let requested, requested < current else { return .wait }
            seconds = max(requested, 0)
            if let end = try? Time(parsing: text) { start = end.advanced(by: .seconds(-current)) }
        } else {
            metadata["generation"] = .integer((metadata["generation"]?.integer ?? 0) + 1)
        }
        metadata["deletionTimestamp"] = .string(start.advanced(by: .seconds(seconds)).description)
        metadata["deletionGracePeriodSeconds"] = .integer(seconds)
        var marked = pod
        marked["metadata"] = .object(metadata)
        return seconds == 0 ? .remove(marked) : .mark(marked)
    }

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
