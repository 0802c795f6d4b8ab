#definitions("io.k8s.api.batch.v1")

@resource(group: "batch", version: "v1", plural: "cronjobs", singular: "cronjob", shortNames: ["cj"], categories: ["all"], scope: "Namespaced",
    subresources: ["status"])
struct CronJob {
    var spec: CronJobSpec
    var status: CronJobStatus?
}

struct CronJobSpec {
    var jobTemplate: JobTemplateSpec
    var schedule: String
    var concurrencyPolicy: String?
    var failedJobsHistoryLimit: Int32?
    var startingDeadlineSeconds: Int64?
    var successfulJobsHistoryLimit: Int32?
    var suspend: Bool?
    var timeZone: String?
}

struct JobTemplateSpec {
    var metadata: ObjectMeta?
    var spec: JobSpec?
}

struct CronJobStatus {
    @listType("atomic")
    var active: [ObjectReference]?
    var lastScheduleTime: Time?
    var lastSuccessfulTime: Time?
}
