import KubernetesAPI

/// A Job with its pods while its next step is worked out.
struct JobStep {
    let job: Job
    let spec: JobSpec
    let now: Time
    /// All its pods, in the order of their indexes and names.
    let pods: [Pod]
    var plan: JobPlan
    var status: JobStatus

    let completions: Int?
    let active: [Pod]
    let terminating: [Pod]
    /// Those that the status has not counted: they have the finalizer, and are not in `uncountedTerminatedPods`.
    let newlyFailed: [Pod]
    /// Successes and failures, those included that the status has not counted yet.
    let succeeded: Int
    let failed: Int
    let succeededIndexes: CompletionIndexes
    let failedIndexes: CompletionIndexes
    /// The last failed pod of each index that will be tried again. It is kept until there is another: it tells how often the index failed.
    let awaitingRetry: [Int: Pod]

    init(_ job: Job, _ spec: JobSpec, pods: [Pod], plan: JobPlan, now: Time) {
        let ordered = pods.sorted { ($0.completionIndex ?? -1, $0.name) < ($1.completionIndex ?? -1, $1.name) }
        let status = job.status ?? JobStatus()
        let bound = job.isIndexed ? Int(spec.completions ?? 0) : .max
        func counts(_ pod: Pod) -> Bool { !job.isIndexed || pod.completionIndex.map { $0 < bound } ?? false }
        let uncounted = Set((status.uncountedTerminatedPods?.succeeded ?? []) + (status.uncountedTerminatedPods?.failed ?? []))
        let fresh = ordered.filter { $0.isTracked && !uncounted.contains($0.uid) && counts($0) }
        let failures = fresh.filter { Self.hasFailed($0, job) }
        let active = ordered.filter(\.isActive)
        // A pod without finalizer was counted, if not in this status, then in a newer one: it has succeeded in any case.
        let successes = ordered.filter { $0.phase == "Succeeded" && counts($0) }

        var (doneIndexes, lostIndexes) = (CompletionIndexes(), CompletionIndexes())
        var awaiting: [Int: Pod] = [:]
        if job.isIndexed {
            doneIndexes = CompletionIndexes(parsing: status.completedIndexes ?? "", below: bound)
            for pod in successes { pod.completionIndex.map { doneIndexes.insert($0) } }
            if let limit = spec.backoffLimitPerIndex {
                lostIndexes = CompletionIndexes(parsing: status.failedIndexes ?? "", below: bound)
                for pod in failures where Self.losesIndex(pod, limit: Int(limit), spec.podFailurePolicy) {
                    if let index = pod.completionIndex, !doneIndexes.contains(index) { lostIndexes.insert(index) }
                }
                let busy = Set(active.compactMap(\.completionIndex))
                for pod in failures {
                    guard let index = pod.completionIndex, !doneIndexes.contains(index), !lostIndexes.contains(index), !busy.contains(index) else { continue }
                    if let other = awaiting[index], (other.totalFailures, other.finishTime) > (pod.totalFailures, pod.finishTime) { continue }
                    awaiting[index] = pod
                }
            }
        }
        let countedFailures = failures.filter { PodFailureVerdict(of: $0, by: spec.podFailurePolicy) != .ignore }
        let freshSuccesses = fresh.count { $0.phase == "Succeeded" }
        let known = Int(status.succeeded ?? 0) + (status.uncountedTerminatedPods?.succeeded?.count ?? 0) + freshSuccesses

        (self.job, self.spec, self.now, self.plan, self.status, self.pods) = (job, spec, now, plan, status, ordered)
        completions = spec.completions.map { Int($0) }
        self.active = active
        terminating = ordered.filter(\.isTerminating)
        newlyFailed = failures
        succeeded = job.isIndexed ? doneIndexes.count : max(known, successes.count)
        failed = Int(status.failed ?? 0) + (status.uncountedTerminatedPods?.failed?.count ?? 0) + countedFailures.count
        (succeededIndexes, failedIndexes, awaitingRetry) = (doneIndexes, lostIndexes, awaiting)
    }

    /// A pod that is deleted from outside counts as failed at once, unless the Job waits for how it ends.
    static func hasFailed(_ pod: Pod, _ job: Job) -> Bool {
        pod.phase == "Failed" || (!job.replacesOnlyFailedPods && pod.metadata.isBeingDeleted && pod.phase != "Succeeded")
    }

    private static func losesIndex(_ pod: Pod, limit: Int, _ policy: PodFailurePolicy?) -> Bool {
        switch PodFailureVerdict(of: pod, by: policy) {
        case .failIndex: true
        case .ignore: false
        case .count, .failJob: pod.indexFailures >= limit
        }
    }

    mutating func advance() {
        if let mode = spec.completionMode, mode != "Indexed", mode != "NonIndexed" {
            plan.events.append(.warning("UnknownCompletionMode", "Skipped Job sync because completion mode is unknown"))
            return
        }
        if status.startTime == nil, !job.isSuspended { status.startTime = now }
        var remaining = active
        var outcome = outcomeSoFar ?? outcome()
        if outcome != nil {
            plan.delete = active
            remaining = []
        } else if !job.metadata.isBeingDeleted {
            remaining = managePods()
            if isComplete(active: remaining.count + plan.create.count) {
                outcome = Outcome(isSuccess: true, "CompletionsReached", "Reached expected number of succeeded pods")
            } else {
                noteSuspension()
            }
        }
        status.active = nonzero(remaining.count)
        status.ready = Int32(clamping: remaining.count(where: \.isReady))
        status.terminating = Int32(clamping: terminating.count)
        count(outcome: outcome)
        if let outcome { finish(outcome, active: remaining.count) }
        plan.counted = status
    }

    private mutating func noteSuspension() {
        if job.isSuspended {
            if status.setCondition("Suspended", isTrue: true, "JobSuspended", "Job suspended", now) {
                plan.events.append(.normal("Suspended", "Job suspended"))
            }
            // It starts anew when it is resumed, and so does its deadline.
            status.startTime = nil
        } else if status.setCondition("Suspended", isTrue: false, "JobResumed", "Job resumed", now) {
            plan.events.append(.normal("Resumed", "Job resumed"))
        }
    }
}

extension Pod {
    fileprivate var totalFailures: Int { indexFailures + indexIgnoredFailures }
}
