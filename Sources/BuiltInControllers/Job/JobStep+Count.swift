import KubernetesAPI

extension JobStep {
    /// How many pods the status lists at most as not yet counted.
    private static let mostUncounted = 500

    /// Takes pods into the status: those whose finalizer is gone into the counts, those that ended into the list of pods still to be counted.
    mutating func count(outcome: Outcome?) {
        let tracked = Set(pods.filter(\.isTracked).map(\.uid))
        var lists = status.uncountedTerminatedPods ?? UncountedTerminatedPods()
        let (succeededBefore, failedBefore) = (lists.succeeded ?? [], lists.failed ?? [])
        var (succeeded, failed) = (succeededBefore.filter(tracked.contains), failedBefore.filter(tracked.contains))
        status.succeeded = nonzero(Int(status.succeeded ?? 0) + succeededBefore.count - succeeded.count)
        status.failed = nonzero(Int(status.failed ?? 0) + failedBefore.count - failed.count)

        let forgotten = Set(plan.forget.map(\.uid))
        let known = Set(succeeded + failed)
        for pod in pods where pod.isTracked && !forgotten.contains(pod.uid) {
            guard isDone(with: pod, outcome: outcome) else { continue }
            guard succeeded.count + failed.count < Self.mostUncounted else { break }
            plan.removeFinalizers.append(pod)
            guard !known.contains(pod.uid) else { continue }
            let hasIndex = !job.isIndexed || pod.completionIndex.map { $0 < completions ?? 0 } ?? false
            if pod.phase == "Succeeded" {
                // An index that is listed as completed cannot be counted twice.
                if !job.isIndexed { succeeded.append(pod.uid) }
            } else if hasIndex, Self.hasFailed(pod, job) || outcome?.isSuccess == false, PodFailureVerdict(of: pod, by: spec.podFailurePolicy) != .ignore {
                failed.append(pod.uid)
            }
        }
        lists.succeeded = succeeded.isEmpty ? nil : succeeded
        lists.failed = failed.isEmpty ? nil : failed
        status.uncountedTerminatedPods = lists
        guard job.isIndexed else { return }
        status.completedIndexes = succeededIndexes.count == 0 ? nil : succeededIndexes.description
        status.succeeded = nonzero(succeededIndexes.count)
        // Said even where there is none.
        if spec.backoffLimitPerIndex != nil { status.failedIndexes = failedIndexes.description }
    }

    /// Whether nothing more is to be learnt from the pod.
    private func isDone(with pod: Pod, outcome: Outcome?) -> Bool {
        if job.metadata.isBeingDeleted || outcome != nil || pod.phase == "Succeeded" { return true }
        guard Self.hasFailed(pod, job) else { return false }
        return pod.completionIndex.flatMap { awaitingRetry[$0] }?.uid != pod.uid
    }
}
