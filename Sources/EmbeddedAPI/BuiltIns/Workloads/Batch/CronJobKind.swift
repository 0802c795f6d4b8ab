public import KubernetesAPI

/// `batch/v1` CronJob.
public struct CronJobKind: WorkloadKind {
    public init() {}

    public var type: any Resource.Type { CronJob.self }
    var emptyStatus: JSONObject { [:] }
    public var emptyObject: JSONObject {
        [
            "spec": [
                "schedule": "", "jobTemplate": ["metadata": [:], "spec": ["template": ["metadata": [:], "spec": ["containers": nil]]]],
            ],
            "status": [:],
        ]
    }

    public func applyDefaults(to object: inout JSONObject) {
        object.edit("spec") { spec in
            spec.setDefault("schedule", "")
            spec.setDefaultText("concurrencyPolicy", "Allow")
            spec.setDefault("suspend", false)
            spec.edit("jobTemplate") { template in
                template.setDefault("metadata", [:])
                template.edit("spec") { PodTemplateOwner.applyDefaults(to: &$0) }
            }
            spec.setDefault("successfulJobsHistoryLimit", 3)
            spec.setDefault("failedJobsHistoryLimit", 1)
        }
        completeStatus(of: &object)
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        var errors = specErrors(in: object, replacing: nil)
        let name = object["metadata"]?["name"]?.string ?? ""
        // The controller appends 11 characters to make the names of jobs.
        if name.utf8.count > 52 {
            errors.append(FieldError(.invalid, at: FieldPath("metadata", "name"), value: .string(name), "must be no more than 52 characters"))
        }
        return errors
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] { specErrors(in: object, replacing: old) }

    private func specErrors(in object: JSONObject, replacing old: JSONObject?) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        checkSchedule(&spec, hadZone: (old?["spec"]?["schedule"]?.string ?? "").contains("TZ"))
        spec.nonnegative("startingDeadlineSeconds")
        if let zone = spec["timeZone"]?.string, old == nil || old?["spec"]?["timeZone"]?.string != zone {
            spec.invalid("timeZone", TimeZoneName.problems(of: zone))
        }
        let policies = ["Allow", "Forbid", "Replace"]
        if spec.text("concurrencyPolicy").isEmpty { spec.required("concurrencyPolicy") } else { spec.oneOf("concurrencyPolicy", policies) }
        var job = ObjectChecks(spec["jobTemplate"]?["spec"], at: spec.path.field("jobTemplate").field("spec"))
        JobRules.check(&job)
        if job.has("selector") { job.invalid("selector", "`selector` will be auto-generated") }
        if job["manualSelector"]?.bool == true { job.unsupported("manualSelector", ["nil", "false"]) }
        spec.add(job.errors)
        spec.nonnegative("successfulJobsHistoryLimit", "failedJobsHistoryLimit")
        return spec.errors
    }

    private func checkSchedule(_ spec: inout ObjectChecks, hadZone: Bool) {
        let schedule = spec.text("schedule")
        guard !schedule.isEmpty else { return spec.required("schedule") }
        if let problem = CronSchedule.problem(of: schedule) { spec.invalid("schedule", problem) }
        guard schedule.contains("TZ") else { return }
        if !hadZone {
            spec.invalid("schedule", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")
        } else if spec.has("timeZone") {
            spec.invalid("schedule", "cannot use both timeZone field and TZ or CRON_TZ in schedule")
        }
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        var warnings = old == nil ? PodTemplateOwner.nameWarnings(for: object) : []
        if old.map({ isNewGeneration(object, replacing: $0) }) ?? true {
            warnings += JobRules.warnings(for: object["spec"]?["jobTemplate"]?["spec"], at: FieldPath("spec", "jobTemplate", "spec"))
        }
        if object["spec"]?["schedule"]?.string?.contains("TZ") == true {
            let more = "use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details"
            warnings.append("cannot use TZ or CRON_TZ in spec.spec.schedule, \(more)")
        }
        return warnings
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Schedule", "The schedule in Cron format, see https://en.wikipedia.org/wiki/Cron."),
            TableColumn("Timezone", "The time zone name for the given schedule, see https://en.wikipedia.org/wiki/List_of_tz_database_time_zones."),
            TableColumn("Suspend", "This flag tells the controller to suspend subsequent executions, it does not apply to already started executions."),
            TableColumn("Active", type: "integer", "A list of pointers to currently running jobs."),
            TableColumn("Last Schedule", "Information when was the last time the job was successfully scheduled."), .age,
            WorkloadTable.containers, WorkloadTable.images, WorkloadTable.selector,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let (spec, status) = (object["spec"], object["status"])
        let suspend = spec?["suspend"]?.bool.map { $0 ? "True" : "False" } ?? "<unset>"
        let last = status?["lastScheduleTime"]?.string.map { Age.text(of: $0, now: now) } ?? "<none>"
        return [
            WorkloadTable.name(of: object), spec?["schedule"] ?? "", (spec?["timeZone"]).present ?? "<none>", .string(suspend),
            .integer(Int64(status?["active"]?.array?.count ?? 0)), .string(last), WorkloadTable.age(of: object, now: now),
        ] + WorkloadTable.containerCells(of: spec?["jobTemplate"]?["spec"]?["template"])
            + [WorkloadTable.selectorCell(spec?["jobTemplate"]?["spec"]?["selector"])]
    }
}
