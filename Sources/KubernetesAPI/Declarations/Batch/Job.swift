#definitions("io.k8s.api.batch.v1")

/// Runs pods until a number of them have succeeded.
@resource(group: "batch", version: "v1", plural: "jobs", singular: "job", categories: ["all"], scope: "Namespaced", subresources: ["status"])
struct Job {
    /// What the Job should do.
    var spec: JobSpec?
    /// What was last observed of the Job.
    var status: JobStatus?
}

/// What pods a Job runs, how many, and when it has succeeded or failed.
struct JobSpec {
    /// How many pods run at the same time, at most. 1 by default; 0 pauses the Job.
    var parallelism: Int32?
    /// How many pods must succeed. 1 by default; when not set but parallelism is, one success ends the Job once all of its pods have ended.
    var completions: Int32?
    /// NonIndexed (any pods, the default) or Indexed, where every number from 0 to completions - 1 must succeed. Pods find theirs in JOB_COMPLETION_INDEX.
    var completionMode: String?
    /// The pod to run. Its restartPolicy must be Never or OnFailure.
    var template: PodTemplateSpec
    /// Seconds, counted from the Job's start, after which its pods are stopped and it has failed. No limit by default. It starts anew when a suspended Job is
    /// resumed.
    var activeDeadlineSeconds: Int64?
    /// How many failures, of pods or of containers that are restarted, are accepted before the Job fails. 6 by default, or no limit with backoffLimitPerIndex.
    var backoffLimit: Int32?
    /// How many failures of one index are accepted before that index fails. Only with Indexed and restartPolicy Never.
    var backoffLimitPerIndex: Int32?
    /// How many failed indexes are accepted; one more makes the Job fail. No limit by default. Only with backoffLimitPerIndex.
    var maxFailedIndexes: Int32?
    /// Rules for what a failed pod means. Only with restartPolicy Never; without it, each failure counts towards backoffLimit.
    var podFailurePolicy: PodFailurePolicy?
    /// When the Job has succeeded although not all indexes have. Only with Indexed.
    var successPolicy: SuccessPolicy?
    /// When a pod is replaced: TerminatingOrFailed, as soon as it is on its way out, or Failed, only once it has ended. The latter is required with
    /// podFailurePolicy.
    var podReplacementPolicy: String?
    /// Whether the Job is on hold: no pods are created, and those that run are deleted. False by default.
    var suspend: Bool?
    /// Seconds after its end when the Job is deleted. 0 deletes it at once; kept for good when not set.
    var ttlSecondsAfterFinished: Int32?
    /// The labels of the Job's pods. Usually filled in; see manualSelector.
    var selector: LabelSelector?
    /// Whether selector and the labels in template are used as given, instead of unique ones that are generated. False by default.
    var manualSelector: Bool?
    /// The controller that looks after the Job, as DOMAIN/NAME. Kubernetes' own when not set or kubernetes.io/job-controller; cannot be changed.
    var managedBy: String?
}

/// What failed pods mean for a Job.
struct PodFailurePolicy {
    /// The rules, at most 20. The first that matches applies; a failure that none matches counts towards backoffLimit.
    @listType("atomic")
    var rules: [PodFailurePolicyRule]
}

/// What a certain kind of failure means. Exactly one of onExitCodes and onPodConditions must be set.
struct PodFailurePolicyRule {
    /// FailJob ends the Job, FailIndex fails the pod's index, Ignore starts another pod without counting, Count counts towards backoffLimit.
    var action: String
    /// Exit codes of containers that the rule matches.
    var onExitCodes: PodFailurePolicyOnExitCodesRequirement?
    /// Pod conditions of which one must be there for the rule to match; at most 20.
    @listType("atomic")
    var onPodConditions: [PodFailurePolicyOnPodConditionsPattern]?
}

/// Matches the exit codes of containers that failed.
struct PodFailurePolicyOnExitCodesRequirement {
    /// The container whose exit code counts. Any container when not set.
    var containerName: String?
    /// In when an exit code must be one of the values, NotIn when one must be none of them. Exit code 0 never matches.
    var `operator`: String
    /// The exit codes, in ascending order without duplicates, at most 255. 0 is not allowed with In.
    @listType("set")
    var values: [Int32]
}

/// Matches a condition of a pod.
struct PodFailurePolicyOnPodConditionsPattern {
    /// The condition's type.
    var type: String
    /// The status that it must have: True, False or Unknown. True by default.
    var status: String?
}

/// When a Job has succeeded although not all of its indexes have.
struct SuccessPolicy {
    /// The rules, from 1 to 20. When one is met, the Job has succeeded and the pods that still run are stopped.
    @listType("atomic")
    var rules: [SuccessPolicyRule]
}

/// Indexes that are enough for a Job to succeed. At least one member must be set.
struct SuccessPolicyRule {
    /// The indexes of which all must succeed, or succeededCount of them, as in 0,2-4.
    var succeededIndexes: String?
    /// How many of succeededIndexes, or of all indexes, must succeed.
    var succeededCount: Int32?
}

/// What was last observed of a Job.
struct JobStatus {
    /// When the Job was started, or last resumed after being suspended.
    var startTime: Time?
    /// When the Job succeeded. Not set for Jobs that fail.
    var completionTime: Time?
    /// The Job's conditions: Suspended, SuccessCriteriaMet, FailureTarget, Complete or Failed. The last two are final.
    @listType("atomic") @patch("merge", key: "type")
    var conditions: [JobCondition]?
    /// The number of pods that are pending or running and not being terminated.
    var active: Int32?
    /// The number of active pods that are ready.
    var ready: Int32?
    /// The number of pods that are being terminated and have not ended.
    var terminating: Int32?
    /// The number of pods that succeeded.
    var succeeded: Int32?
    /// The number of pods that failed.
    var failed: Int32?
    /// The indexes that succeeded, as in 1,3-5,7. Only with Indexed.
    var completedIndexes: String?
    /// The indexes that failed, in the same form. Only with backoffLimitPerIndex.
    var failedIndexes: String?
    /// Pods that have ended but are not yet part of the counts here, so that each is counted once.
    var uncountedTerminatedPods: UncountedTerminatedPods?
}

/// One aspect of a Job's state.
struct JobCondition {
    /// Which aspect: Suspended, SuccessCriteriaMet, FailureTarget, Complete or Failed.
    var type: String
    /// Whether the condition holds: True, False or Unknown.
    var status: String
    /// When the condition was last checked.
    var lastProbeTime: Time?
    /// When the status last changed from one value to another.
    var lastTransitionTime: Time?
    /// One CamelCase word for the cause of the last change.
    var reason: String?
    /// An explanation of the last change, for people.
    var message: String?
}

/// Pods of a Job that have ended and are yet to be counted.
struct UncountedTerminatedPods {
    /// The uids of pods that succeeded.
    @listType("set")
    var succeeded: [String]?
    /// The uids of pods that failed.
    @listType("set")
    var failed: [String]?
}
