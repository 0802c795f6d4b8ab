#definitions("io.k8s.api.batch.v1")

@resource(group: "batch", version: "v1", plural: "jobs", singular: "job", categories: ["all"], scope: "Namespaced", subresources: ["status"])
struct Job {
    var spec: JobSpec?
    var status: JobStatus?
}

struct JobSpec {
    var template: PodTemplateSpec
    var activeDeadlineSeconds: Int64?
    var backoffLimit: Int32?
    var backoffLimitPerIndex: Int32?
    var completionMode: String?
    var completions: Int32?
    var managedBy: String?
    var manualSelector: Bool?
    var maxFailedIndexes: Int32?
    var parallelism: Int32?
    var podFailurePolicy: PodFailurePolicy?
    var podReplacementPolicy: String?
    var selector: LabelSelector?
    var successPolicy: SuccessPolicy?
    var suspend: Bool?
    var ttlSecondsAfterFinished: Int32?
}

struct PodFailurePolicy {
    @listType("atomic")
    var rules: [PodFailurePolicyRule]
}

struct PodFailurePolicyRule {
    var action: String
    var onExitCodes: PodFailurePolicyOnExitCodesRequirement?
    @listType("atomic")
    var onPodConditions: [PodFailurePolicyOnPodConditionsPattern]?
}

struct PodFailurePolicyOnExitCodesRequirement {
    var `operator`: String
    @listType("set")
    var values: [Int32]
    var containerName: String?
}

struct PodFailurePolicyOnPodConditionsPattern {
    var type: String
    var status: String?
}

struct SuccessPolicy {
    @listType("atomic")
    var rules: [SuccessPolicyRule]
}

struct SuccessPolicyRule {
    var succeededCount: Int32?
    var succeededIndexes: String?
}

struct JobStatus {
    var active: Int32?
    var completedIndexes: String?
    var completionTime: Time?
    @listType("atomic") @patch("merge", key: "type")
    var conditions: [JobCondition]?
    var failed: Int32?
    var failedIndexes: String?
    var ready: Int32?
    var startTime: Time?
    var succeeded: Int32?
    var terminating: Int32?
    var uncountedTerminatedPods: UncountedTerminatedPods?
}

struct JobCondition {
    var status: String
    var type: String
    var lastProbeTime: Time?
    var lastTransitionTime: Time?
    var message: String?
    var reason: String?
}

struct UncountedTerminatedPods {
    @listType("set")
    var failed: [String]?
    @listType("set")
    var succeeded: [String]?
}
