public import KubernetesAPI

/// `batch/v1` Job.
public struct JobKind: WorkloadKind {
    public init() {}

    public var type: any Resource.Type { Job.self }
    var emptyStatus: JSONObject { [:] }
    public var emptyObject: JSONObject {
        ["spec": ["template": ["metadata": [:], "spec": ["containers": nil]]], "status": [:]]
    }

    public func applyDefaults(to object: inout JSONObject) {
        object.edit("spec") { spec in
            if spec["completions"].present == nil, spec["parallelism"].present == nil { spec["completions"] = 1 }
            spec.setDefault("parallelism", 1)
            spec.setDefault("backoffLimit", spec["backoffLimitPerIndex"].present == nil ? 6 : .integer(Int64(Int32.max)))
            PodTemplateOwner.applyDefaults(to: &spec)
            spec.setDefault("completionMode", "NonIndexed")
            spec.setDefault("suspend", false)
            let hasFailurePolicy = spec["podFailurePolicy"].present != nil
            if hasFailurePolicy {
                spec.edit("podFailurePolicy") { policy in
                    policy.editItems("rules") { rule in rule.editItems("onPodConditions") { $0.setDefaultText("status", "True") } }
                }
            }
            spec.setDefault("podReplacementPolicy", hasFailurePolicy ? "Failed" : "TerminatingOrFailed")
            spec.setDefault("manualSelector", false)
        }
        takeLabelsOfTemplate(&object)
        completeStatus(of: &object)
    }

    /// A job without labels has those of its pods.
    private func takeLabelsOfTemplate(_ object: inout JSONObject) {
        guard (object["metadata"]?["labels"]?.object ?? JSONObject()).isEmpty else { return }
        guard let labels = object["spec"]?["template"]?["metadata"]?["labels"]?.object, !labels.isEmpty else { return }
        object.edit("metadata") { $0["labels"] = .object(labels) }
    }

    /// Makes the selector and the labels of the pods from `metadata.uid`, which must be there.
    public func prepareForCreation(_ object: inout JSONObject) {
        object["status"] = .object(emptyStatus)
        if object["spec"]?["manualSelector"]?.bool != true { JobSelector.generate(in: &object) }
        takeLabelsOfTemplate(&object)
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        var errors = JobSelector.generatedErrors(in: object) + JobRules.errors(in: object)
        let name = object["metadata"]?["name"]?.string ?? ""
        if spec.text("completionMode") == "Indexed", let completions = spec.integer("completions"), completions > 0 {
            let hostname = "\(name)-\(completions - 1)"
            if !NameRule.dns1123Label.allows(hostname) {
                let detail = "will not able to create pod with invalid DNS label: \(hostname)"
                errors.append(FieldError(.invalid, at: FieldPath("metadata", "name"), value: .string(name), detail))
            }
        }
        return errors
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        JobRules.errors(in: object) + JobRules.immutabilityErrors(in: object, replacing: old)
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] { JobStatusRules.errors(in: object, replacing: old) }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        if let old, !isNewGeneration(object, replacing: old) { return [] }
        return (old == nil ? PodTemplateOwner.nameWarnings(for: object) : []) + JobRules.warnings(for: object["spec"], at: FieldPath("spec"))
    }

    public func selectableValues(of object: JSONObject) -> [String: String] {
        ["status.successful": "\(WorkloadTable.count(object, "status", "succeeded"))"]
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Status", "Status of the job."),
            TableColumn("Completions", "Completions specifies the desired number of successfully finished pods the job should be run with."),
            TableColumn("Duration", "Time required to complete the job."), .age, WorkloadTable.containers, WorkloadTable.images, WorkloadTable.selector,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        [
            WorkloadTable.name(of: object), .string(status(of: object)), .string(completions(of: object)), .string(duration(of: object, now: now)),
            WorkloadTable.age(of: object, now: now),
        ] + WorkloadTable.containerCells(of: object["spec"]?["template"]) + [WorkloadTable.selectorCell(object["spec"]?["selector"])]
    }

    private func status(of object: JSONObject) -> String {
        if object.hasTrueCondition("Complete") { return "Complete" }
        if object.hasTrueCondition("Failed") { return "Failed" }
        if object["metadata"]?["deletionTimestamp"].present != nil { return "Terminating" }
        return ["Suspended", "FailureTarget", "SuccessCriteriaMet"].first { object.hasTrueCondition($0) } ?? "Running"
    }

    private func completions(of object: JSONObject) -> String {
        let succeeded = WorkloadTable.count(object, "status", "succeeded")
        if let completions = object["spec"]?["completions"]?.integer { return "\(succeeded)/\(completions)" }
        let parallelism = WorkloadTable.count(object, "spec", "parallelism")
        return parallelism > 1 ? "\(succeeded)/1 of \(parallelism)" : "\(succeeded)/1"
    }

    private func duration(of object: JSONObject, now: Time) -> String {
        func time(_ field: String) -> Time? { object["status"]?[field].flatMap { Time(json: $0) } }
        guard let start = time("startTime") else { return "" }
        return Age.text(seconds: (time("completionTime") ?? now).secondsSince1970 - start.secondsSince1970)
    }
}
