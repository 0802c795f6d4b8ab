import KubernetesAPI

/// What is wrong with a status that is written to a job: a controller must not say that a job is finished and take it back.
enum JobStatusRules {
    static func errors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var status = ObjectChecks(object["status"], at: FieldPath("status"))
        status.nonnegative("active", "succeeded", "failed", "ready", "terminating")
        checkUncounted(&status)
        checkConditions(&status, object)
        checkFinished(&status, object)
        checkIndexes(&status, object)
        if status.has("terminating"), status.integer("terminating") ?? 0 > 0, isFinished(object) {
            status.invalid("terminating", "terminating>0 is invalid for finished job")
        }
        if let ready = status.integer("ready"), ready > status.integer("active") ?? 0 { status.invalid("ready", "cannot set more ready pods than active") }
        checkSuccessCriteria(&status, object)
        checkTransition(&status, object, old)
        return status.errors
    }

    private static func isFinished(_ object: JSONObject) -> Bool { object.hasTrueCondition("Complete") || object.hasTrueCondition("Failed") }

    private static func checkUncounted(_ status: inout ObjectChecks) {
        guard let pods = status.inner("uncountedTerminatedPods") else { return }
        var seen: Set<String> = []
        for list in ["succeeded", "failed"] {
            for (index, value) in pods.elements(list).enumerated() {
                let (uid, path) = (value.string ?? "", pods.path.field(list).index(index))
                if uid.isEmpty {
                    status.add([FieldError(.invalid, at: path, value: "", "must not be empty")])
                } else if !seen.insert(uid).inserted {
                    status.add([FieldError(.duplicate, at: path, value: value)])
                }
            }
        }
    }

    private static func checkConditions(_ status: inout ObjectChecks, _ object: JSONObject) {
        let (isComplete, isFailed) = (object.hasTrueCondition("Complete"), object.hasTrueCondition("Failed"))
        if isComplete, isFailed { status.refuse("conditions", "cannot set Complete=True and Failed=true conditions") }
        if isComplete, object.hasTrueCondition("FailureTarget") { status.refuse("conditions", "cannot set Complete=True and FailureTarget=true conditions") }
        if status.has("completionTime"), !isComplete {
            status.invalid("completionTime", "cannot set completionTime when there is no Complete=True condition")
        }
        if !status.has("completionTime"), isComplete { status.required("completionTime", "completionTime is required for Complete jobs") }
        if let start = time(status, "startTime"), let completion = time(status, "completionTime"), completion < start {
            status.invalid("completionTime", "completionTime cannot be set before startTime")
        }
        if isFailed, !object.hasTrueCondition("FailureTarget") {
            status.refuse("conditions", "cannot set Failed=True condition without the FailureTarget=true condition")
        }
        if isComplete, !object.hasTrueCondition("SuccessCriteriaMet") {
            status.refuse("conditions", "cannot set Complete=True condition without the SuccessCriteriaMet=true condition")
        }
    }

    private static func time(_ status: ObjectChecks, _ field: String) -> Time? { status[field].flatMap { Time(json: $0) } }

    private static func checkFinished(_ status: inout ObjectChecks, _ object: JSONObject) {
        guard isFinished(object) else { return }
        if status.integer("active") ?? 0 > 0 { status.invalid("active", "active>0 is invalid for finished job") }
        if !status.has("startTime") { status.required("startTime", "startTime is required for finished job") }
        let pods = status["uncountedTerminatedPods"]
        if !(pods?["failed"]?.array ?? []).isEmpty || !(pods?["succeeded"]?.array ?? []).isEmpty {
            let detail = "uncountedTerminatedPods needs to be empty for finished job"
            status.add([FieldError(.invalid, at: status.path.field("uncountedTerminatedPods"), value: pods?.withGoFieldNames, detail)])
        }
    }

    private static func checkIndexes(_ status: inout ObjectChecks, _ object: JSONObject) {
        let spec = object["spec"]
        func ranges(_ field: String, _ status: inout ObjectChecks) -> IndexRanges? {
            guard let completions = spec?["completions"]?.integer, let text = status[field]?.string else { return nil }
            do throws(IndexRanges.Problem) {
                return try IndexRanges(parsing: text, below: completions)
            } catch {
                status.invalid(field, "error parsing \(field): \(error.text)")
                return nil
            }
        }
        let completed = ranges("completedIndexes", &status)
        let failed = spec?["backoffLimitPerIndex"].present == nil ? nil : ranges("failedIndexes", &status)
        if !status.text("completedIndexes").isEmpty, spec?["completionMode"]?.string != "Indexed" {
            status.invalid("completedIndexes", "cannot set non-empty completedIndexes when non-indexed completion mode")
        }
        if status.has("failedIndexes"), spec?["backoffLimitPerIndex"].present == nil {
            status.invalid("failedIndexes", "cannot set non-null failedIndexes when backoffLimitPerIndex is null")
        }
        if let completed, let failed, let index = completed.firstCommonIndex(with: failed) {
            status.invalid("failedIndexes", "failedIndexes and completedIndexes overlap at index: \(index)")
        }
    }

    private static func checkSuccessCriteria(_ status: inout ObjectChecks, _ object: JSONObject) {
        let isMet = object.hasTrueCondition("SuccessCriteriaMet")
        if isMet, object.hasTrueCondition("Failed") { status.refuse("conditions", "cannot set SuccessCriteriaMet=True and Failed=true conditions") }
        if isMet, object.hasTrueCondition("FailureTarget") {
            status.refuse("conditions", "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions")
        }
        if object["spec"]?["successPolicy"].present != nil, !isMet, object.hasTrueCondition("Complete") {
            status.refuse("conditions", "cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True")
        }
    }

    private static func checkTransition(_ status: inout ObjectChecks, _ object: JSONObject, _ old: JSONObject) {
        for type in ["Failed", "Complete", "FailureTarget"] where old.hasTrueCondition(type) && !object.hasTrueCondition(type) {
            status.refuse("conditions", "cannot disable the terminal \(type)=True condition")
        }
        let isIndexed = object["spec"]?["completionMode"]?.string == "Indexed"
        if status.integer("failed") ?? 0 < old["status"]?["failed"]?.integer ?? 0, !isIndexed || object["spec"]?["backoffLimitPerIndex"].present == nil {
            status.add([decrease("failed", of: status)])
        }
        // An indexed job may have fewer completions later, and then fewer successes.
        if status.integer("succeeded") ?? 0 < old["status"]?["succeeded"]?.integer ?? 0, !isIndexed { status.add([decrease("succeeded", of: status)]) }
        if let before = (old["status"]?["completionTime"]).present, let now = status["completionTime"], before != now {
            status.invalid("completionTime", "completionTime cannot be mutated")
        }
        if let before = (old["status"]?["startTime"]).present, before != status["startTime"], object["spec"]?["suspend"]?.bool != true {
            status.required("startTime", "startTime cannot be removed for unsuspended job")
        }
        if old.hasTrueCondition("SuccessCriteriaMet"), !object.hasTrueCondition("SuccessCriteriaMet") {
            status.refuse("conditions", "cannot disable the SuccessCriteriaMet=True condition")
        }
        if old.hasTrueCondition("Complete"), !old.hasTrueCondition("SuccessCriteriaMet"), object.hasTrueCondition("SuccessCriteriaMet") {
            status.refuse("conditions", "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions")
        }
    }

    private static func decrease(_ field: String, of status: ObjectChecks) -> FieldError {
        let value = JSONValue.integer(status.integer(field) ?? 0)
        return FieldError(.invalid, at: status.path.field(field), value: value, "cannot decrease the \(field) counter")
    }
}
