public import KubernetesAPI

/// The names that Jobs and their pods are marked with.
public enum JobMark {
    /// Keeps a pod until the Job has counted it.
    public static let finalizer = "batch.kubernetes.io/job-tracking"
    static let completionIndex = "batch.kubernetes.io/job-completion-index"
    /// How often the index failed before this pod.
    static let indexFailures = "batch.kubernetes.io/job-index-failure-count"
    static let indexIgnoredFailures = "batch.kubernetes.io/job-index-ignored-failure-count"
    static let controller = "kubernetes.io/job-controller"
}

extension Job {
    var isIndexed: Bool { spec?.completionMode == "Indexed" }
    var isSuspended: Bool { spec?.suspend == true }
    /// Complete or failed; no pod of it is looked at any more.
    public var isFinished: Bool { finishedAt != nil }

    /// When it became complete or failed; nil before that.
    var finishedAt: Time? {
        status?.conditions?.first { ($0.type == "Complete" || $0.type == "Failed") && $0.status == "True" }.map { $0.lastTransitionTime ?? .min }
    }

    /// Whether pods being deleted are waited for before they are replaced, and count as failed only once they have.
    var replacesOnlyFailedPods: Bool { spec?.podReplacementPolicy == "Failed" || spec?.podFailurePolicy != nil }
}

extension Pod {
    /// Which of an indexed Job's pods it is.
    var completionIndex: Int? { metadata[annotation: JobMark.completionIndex].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }
    var indexFailures: Int { metadata[annotation: JobMark.indexFailures].flatMap { Int($0) } ?? 0 }
    var indexIgnoredFailures: Int { metadata[annotation: JobMark.indexIgnoredFailures].flatMap { Int($0) } ?? 0 }
    var isTracked: Bool { metadata.hasFinalizer(JobMark.finalizer) }
}

extension JobStatus {
    func condition(_ type: String) -> JobCondition? { conditions?.first { $0.type == type } }
    func isTrue(_ type: String) -> Bool { condition(type)?.status == "True" }

    /// - Returns: whether that is news. A condition that would be false, and was not there, is not added.
    @discardableResult
    mutating func setCondition(_ type: String, isTrue: Bool, _ reason: String, _ message: String, _ now: Time) -> Bool {
        let value = isTrue ? "True" : "False"
        let present = condition(type)
        guard present?.status != value, isTrue || present != nil else { return false }
        let condition = JobCondition(type: type, status: value, lastProbeTime: now, lastTransitionTime: now, reason: reason, message: message)
        conditions = (conditions ?? []).filter { $0.type != type } + [condition]
        return true
    }
}
