public import KubernetesAPI

/// What Kubernetes' job controller writes into the status of a job that is suspended, or was.
public enum SuspendedJobStatus {
    /// The status that `job` should have; nil where it has that already, or has nothing to do with suspension.
    ///
    /// A job that was never suspended is not looked at: it is for who runs its pods.
    public static func status(of job: JSONObject, now: Time) -> JSONObject? {
        guard !job.hasTrueCondition("Complete"), !job.hasTrueCondition("Failed"), job["metadata"]?["deletionTimestamp"].present == nil else { return nil }
        guard (job["spec"]?["managedBy"]?.string ?? controller) == controller else { return nil }
        let isSuspended = job["spec"]?["suspend"]?.bool == true
        let condition = job.condition("Suspended")
        let isKnown = condition?["status"]?.string == (isSuspended ? "True" : "False")
        guard !isKnown, isSuspended || condition != nil else { return nil }
        var status = job["status"]?.object ?? JSONObject()
        var conditions = (status["conditions"]?.array ?? []).filter { $0["type"]?.string != "Suspended" }
        conditions.append([
            "type": "Suspended", "status": isSuspended ? "True" : "False", "lastProbeTime": now.json, "lastTransitionTime": now.json,
            "reason": isSuspended ? "JobSuspended" : "JobResumed", "message": isSuspended ? "Job suspended" : "Job resumed",
        ])
        status["conditions"] = .array(conditions)
        if isSuspended {
            status.setDefault("terminating", 0)
            status.setDefault("uncountedTerminatedPods", [:])
            status.setDefault("ready", 0)
        } else {
            status["startTime"] = now.json
        }
        return status
    }

    /// Who writes the status of jobs that name nobody else.
    private static let controller = "kubernetes.io/job-controller"
}
