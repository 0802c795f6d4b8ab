#definitions("io.k8s.api.batch.v1")

/// Creates a Job at certain times.
@resource(
    group: "batch", version: "v1", plural: "cronjobs", singular: "cronjob", shortNames: ["cj"], categories: ["all"], scope: "Namespaced",
    subresources: ["status"])
struct CronJob {
    /// What the CronJob should do.
    var spec: CronJobSpec
    /// What was last observed of the CronJob.
    var status: CronJobStatus?
}

/// When Jobs are created, and what they are.
struct CronJobSpec {
    /// The times, in cron format: minute, hour, day of month, month, day of week, or a name such as @daily.
    var schedule: String
    /// The time zone of the schedule, such as Europe/Zurich. That of the controller by default, usually UTC.
    var timeZone: String?
    /// The Job to create.
    var jobTemplate: JobTemplateSpec
    /// What happens when the previous Job still runs: Allow both (default), Forbid the new one or Replace the old one.
    var concurrencyPolicy: String?
    /// How many seconds late a Job may be started before that time counts as missed. No limit by default.
    var startingDeadlineSeconds: Int64?
    /// Whether no new Jobs are created for now. Those that run are not touched. False by default.
    var suspend: Bool?
    /// How many Jobs that succeeded are kept. 3 by default.
    var successfulJobsHistoryLimit: Int32?
    /// How many Jobs that failed are kept. 1 by default.
    var failedJobsHistoryLimit: Int32?
}

/// The Job to create.
struct JobTemplateSpec {
    /// Labels, annotations and other metadata to give to the Jobs.
    var metadata: ObjectMeta?
    /// What the Jobs should do.
    var spec: JobSpec?
}

/// What was last observed of a CronJob.
struct CronJobStatus {
    /// The Jobs that run now.
    @listType("atomic")
    var active: [ObjectReference]?
    /// When a Job was last due and created.
    var lastScheduleTime: Time?
    /// When a Job last succeeded.
    var lastSuccessfulTime: Time?
}
