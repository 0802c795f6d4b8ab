public import KubernetesAPI

/// `apps/v1` DaemonSet.
public struct DaemonSetKind: WorkloadKind {
    public init() {}

    public var type: any Resource.Type { DaemonSet.self }
    var emptyStatus: JSONObject { ["currentNumberScheduled": 0, "numberMisscheduled": 0, "desiredNumberScheduled": 0, "numberReady": 0] }
    public var emptyObject: JSONObject {
        [
            "spec": ["selector": nil, "template": ["metadata": [:], "spec": ["containers": nil]], "updateStrategy": [:]],
            "status": .object(emptyStatus),
        ]
    }

    /// How often the template changed, which `apps/v1` keeps in an annotation.
    private static let templateGeneration = "deprecated.daemonset.template.generation"

    public func applyDefaults(to object: inout JSONObject) {
        object.edit("spec") { spec in
            PodTemplateOwner.applyDefaults(to: &spec)
            spec.edit("updateStrategy") { strategy in
                strategy.setDefaultText("type", "RollingUpdate")
                guard strategy["type"]?.string == "RollingUpdate" else { return }
                strategy.edit("rollingUpdate") { update in
                    update.setDefault("maxUnavailable", 1)
                    update.setDefault("maxSurge", 0)
                }
            }
            spec.setDefault("revisionHistoryLimit", 10)
        }
        completeStatus(of: &object)
    }

    public func prepareForCreation(_ object: inout JSONObject) {
        object["status"] = .object(emptyStatus)
        setTemplateGeneration(of: &object, to: max(1, templateGeneration(of: object)))
    }

    public func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        object["status"] = old["status"] ?? .object(emptyStatus)
        let isChanged = object["spec"]?["template"] != old["spec"]?["template"]
        setTemplateGeneration(of: &object, to: templateGeneration(of: old) + (isChanged ? 1 : 0))
    }

    private func templateGeneration(of object: JSONObject) -> Int64 {
        Int64(object["metadata"]?["annotations"]?[Self.templateGeneration]?.string ?? "") ?? 0
    }

    private func setTemplateGeneration(of object: inout JSONObject, to generation: Int64) {
        object.edit("metadata") { $0.edit("annotations") { $0[Self.templateGeneration] = .string("\(generation)") } }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        spec.selector("selector")
        spec.add(PodTemplateOwner.selectorErrors(spec))
        if let selector = spec["selector"]?.object, PodTemplateOwner.isEmpty(selector) {
            spec.invalid("selector", "empty selector is invalid for daemonset")
        }
        let template = spec["template"]?.object ?? JSONObject()
        spec.add(PodTemplateRules.errors(in: template, at: spec.path.field("template")))
        spec.add(PodTemplateOwner.restartErrors(in: template, at: spec.path.field("template"), ownedBy: "DaemonSet"))
        spec.nonnegative("minReadySeconds")
        checkStrategy(&spec)
        spec.nonnegative("revisionHistoryLimit")
        return spec.errors
    }

    private func checkStrategy(_ spec: inout ObjectChecks) {
        var strategy = spec.part("updateStrategy")
        switch strategy.text("type") {
        case "OnDelete": break
        case "RollingUpdate":
            guard var update = strategy.inner("rollingUpdate") else {
                strategy.required("rollingUpdate")
                break
            }
            update.countOrPercentage("maxUnavailable")
            update.countOrPercentage("maxSurge")
            update.atMostAll("maxUnavailable")
            update.atMostAll("maxSurge")
            switch (update.isZero("maxUnavailable"), update.isZero("maxSurge")) {
            case (false, false): update.invalid("maxSurge", "may not be set when maxUnavailable is non-zero")
            case (true, true): update.required("maxUnavailable", "cannot be 0 when maxSurge is 0")
            default: break
            }
            strategy.add(update.errors)
        default: strategy.add([.notSupported(strategy.path, JSONValue.object(strategy.object).withGoFieldNames, ["RollingUpdate", "OnDelete"])])
        }
        spec.add(strategy.errors)
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        spec.immutable("selector", since: old["spec"])
        // Kubernetes looks through the spec of a changed object twice.
        return creationErrors(in: object) + creationErrors(in: object) + spec.errors
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var status = ObjectChecks(object["status"], at: FieldPath("status"))
        status.nonnegative(
            "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady", "observedGeneration", "updatedNumberScheduled",
            "numberAvailable", "numberUnavailable", "collisionCount")
        status.notDecremented("collisionCount", since: old["status"])
        return status.errors
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        if let old, !isNewGeneration(object, replacing: old) { return [] }
        return PodTemplateOwner.warnings(for: object)
    }

    public var columns: [TableColumn] {
        [
            .objectName,
            TableColumn("Desired", type: "integer", "The total number of nodes that should be running the daemon pod."),
            TableColumn("Current", type: "integer", "The number of nodes that are running at least 1 daemon pod and are supposed to run the daemon pod."),
            TableColumn("Ready", type: "integer", "The number of nodes that should be running the daemon pod and have one of its pods with a Ready Condition."),
            TableColumn("Up-to-date", type: "integer", "The total number of nodes that are running updated daemon pod"),
            TableColumn("Available", type: "integer", "The number of nodes that should be running the daemon pod and have one of its pods available"),
            TableColumn("Node Selector", "Labels of the nodes that the pods fit on"), .age, WorkloadTable.containers, WorkloadTable.images,
            WorkloadTable.selector,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let counts = ["desiredNumberScheduled", "currentNumberScheduled", "numberReady", "updatedNumberScheduled", "numberAvailable"]
        let nodes = (object["spec"]?["template"]?["spec"]?["nodeSelector"]?.object ?? JSONObject()).sortedByKey()
        let nodeSelector = nodes.map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: ",")
        return [WorkloadTable.name(of: object)] + counts.map { .integer(WorkloadTable.count(object, "status", $0)) }
            + [.string(nodeSelector.isEmpty ? "<none>" : nodeSelector), WorkloadTable.age(of: object, now: now)]
            + WorkloadTable.containerCells(of: object["spec"]?["template"]) + [WorkloadTable.selectorCell(object["spec"]?["selector"])]
    }
}
