import KubernetesAPI

extension JobStep {
    /// How a Job ends, before that is its state: first its pods have to end and to be counted.
    struct Outcome: Hashable {
        let isSuccess: Bool
        let reason: String
        let message: String

        init(isSuccess: Bool, _ reason: String, _ message: String) { (self.isSuccess, self.reason, self.message) = (isSuccess, reason, message) }

        var announcement: String { isSuccess ? "SuccessCriteriaMet" : "FailureTarget" }
        var state: String { isSuccess ? "Complete" : "Failed" }
    }

    /// What was decided before: it stays.
    var outcomeSoFar: Outcome? {
        for (type, isSuccess) in [("SuccessCriteriaMet", true), ("FailureTarget", false)] {
            guard let condition = status.condition(type), condition.status == "True" else { continue }
            return Outcome(isSuccess: isSuccess, condition.reason ?? "", condition.message ?? "")
        }
        return nil
    }

    /// Whether the Job has to end now, and not because all is done.
    mutating func outcome() -> Outcome? {
        func failure(_ reason: String, _ message: String) -> Outcome { Outcome(isSuccess: false, reason, message) }
        for pod in newlyFailed {
            if case .failJob(let why) = PodFailureVerdict(of: pod, by: spec.podFailurePolicy) { return failure("PodFailurePolicy", why) }
        }
        let limit = Int(spec.backoffLimit ?? 6)
        if failed > limit || restartsExceed(limit) { return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit") }
        if let seconds = spec.activeDeadlineSeconds, !job.isSuspended, let start = status.startTime {
            let deadline = start.advanced(by: .seconds(seconds))
            if deadline <= now { return failure("DeadlineExceeded", "Job was active longer than specified deadline") }
            lookAgain(at: deadline)
        }
        guard job.isIndexed, let completions else { return nil }
        if let most = spec.maxFailedIndexes, failedIndexes.count > most {
            return failure("MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes")
        }
        if failedIndexes.count > 0, failedIndexes.count + succeededIndexes.count >= completions { return failure("FailedIndexes", "Job has failed indexes") }
        return successByPolicy(below: completions)
    }

    private func successByPolicy(below completions: Int) -> Outcome? {
        for (position, rule) in (spec.successPolicy?.rules ?? []).enumerated() {
            let wanted = rule.succeededIndexes.map { CompletionIndexes(parsing: $0, below: completions).indexes }
            let done = wanted.map { $0.intersection(succeededIndexes.indexes).count } ?? succeededIndexes.count
            guard let needed = rule.succeededCount.map({ Int($0) }) ?? wanted?.count, done >= needed else { continue }
            return Outcome(isSuccess: true, "SuccessPolicy", "Matched rules at index \(position)")
        }
        return nil
    }

    /// Pods that are restarted in place count each restart.
    private func restartsExceed(_ limit: Int) -> Bool {
        guard spec.template.spec?.restartPolicy == "OnFailure" else { return false }
        let restarts = pods.filter { $0.phase == "Running" || $0.phase == "Pending" }.reduce(0) { sum, pod in
            ((pod.status?.initContainerStatuses ?? []) + (pod.status?.containerStatuses ?? [])).reduce(sum) { $0 + Int($1.restartCount) }
        }
        return limit == 0 ? restarts > 0 : restarts >= limit
    }

    /// Enough pods have succeeded, and none is left. Without `completions` that is one: the pods know when their work is done.
    func isComplete(active: Int) -> Bool {
        guard active == 0 else { return false }
        return completions.map { succeeded >= $0 } ?? (succeeded > 0)
    }

    mutating func lookAgain(at time: Time) { plan.checkAgain = min(plan.checkAgain ?? time, time) }

    /// Announces the end; once no pod is left and all are counted, that is the Job's state.
    mutating func finish(_ outcome: Outcome, active: Int) {
        status.setCondition(outcome.announcement, isTrue: true, outcome.reason, outcome.message, now)
        let uncounted = (status.uncountedTerminatedPods?.succeeded?.count ?? 0) + (status.uncountedTerminatedPods?.failed?.count ?? 0)
        guard active == 0, terminating.isEmpty, plan.delete.isEmpty, plan.forget.isEmpty, plan.removeFinalizers.isEmpty, uncounted == 0 else { return }
        if status.startTime == nil { status.startTime = now }
        status.setCondition(outcome.state, isTrue: true, outcome.reason, outcome.message, now)
        if outcome.isSuccess {
            status.completionTime = now
            plan.events.append(.normal("Completed", "Job completed"))
        } else {
            plan.events.append(.warning(outcome.reason, outcome.message))
        }
    }
}
