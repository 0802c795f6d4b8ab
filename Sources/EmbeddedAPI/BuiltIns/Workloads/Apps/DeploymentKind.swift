public import KubernetesAPI

/// `apps/v1` Deployment.
public struct DeploymentKind: WorkloadKind {
    public init() {}

    public var type: any Resource.Type { Deployment.self }
    var emptyStatus: JSONObject { [:] }
    public var emptyObject: JSONObject {
        ["spec": ["selector": nil, "template": ["metadata": [:], "spec": ["containers": nil]], "strategy": [:]], "status": [:]]
    }

    /// Annotations count, too: the controller copies them to ReplicaSets.
    public func isNewGeneration(_ object: JSONObject, replacing old: JSONObject) -> Bool {
        object["spec"] != old["spec"] || annotations(object) != annotations(old)
    }

    private func annotations(_ object: JSONObject) -> JSONObject { object["metadata"]?["annotations"]?.object ?? JSONObject() }

    public func applyDefaults(to object: inout JSONObject) {
        object.edit("spec") { spec in
            spec.setDefault("replicas", 1)
            PodTemplateOwner.applyDefaults(to: &spec)
            spec.edit("strategy") { strategy in
                strategy.setDefaultText("type", "RollingUpdate")
                guard strategy["type"]?.string == "RollingUpdate" else { return }
                strategy.edit("rollingUpdate") { update in
                    update.setDefault("maxUnavailable", "25%")
                    update.setDefault("maxSurge", "25%")
                }
            }
            spec.setDefault("revisionHistoryLimit", 10)
            spec.setDefault("progressDeadlineSeconds", 600)
        }
        completeStatus(of: &object)
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        spec.nonnegative("replicas")
        PodTemplateOwner.checkSelector(&spec, of: "deployment")
        ReplicaSetKind.checkTemplate(&spec)
        checkStrategy(&spec)
        spec.nonnegative("minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds")
        if let deadline = spec.integer("progressDeadlineSeconds"), deadline <= spec.integer("minReadySeconds") ?? 0 {
            spec.invalid("progressDeadlineSeconds", "must be greater than minReadySeconds")
        }
        return spec.errors
    }

    private func checkStrategy(_ spec: inout ObjectChecks) {
        var strategy = spec.part("strategy")
        switch strategy.text("type") {
        case "Recreate":
            if strategy.has("rollingUpdate") { strategy.forbidden("rollingUpdate", "may not be specified when strategy `type` is 'Recreate'") }
        case "RollingUpdate":
            if var update = strategy.inner("rollingUpdate") {
                update.countOrPercentage("maxUnavailable")
                update.countOrPercentage("maxSurge")
                if update.isZero("maxUnavailable"), update.isZero("maxSurge") { update.invalid("maxUnavailable", "may not be 0 when `maxSurge` is 0") }
                update.atMostAll("maxUnavailable")
                strategy.add(update.errors)
            } else {
                strategy.required("rollingUpdate", "this should be defaulted and never be nil")
            }
        default:
            strategy.add([.notSupported(strategy.path, JSONValue.object(strategy.object).withGoFieldNames, ["Recreate", "RollingUpdate"])])
        }
        spec.add(strategy.errors)
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        spec.immutable("selector", since: old["spec"])
        return creationErrors(in: object) + spec.errors
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var status = ObjectChecks(object["status"], at: FieldPath("status"))
        status.nonnegative(
            "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas", "terminatingReplicas",
            "collisionCount")
        status.atMostReplicas("updatedReplicas", "readyReplicas", "availableReplicas")
        status.availableAreReady()
        status.notDecremented("collisionCount", since: old["status"])
        return status.errors
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        guard let old else { return PodTemplateOwner.nameWarnings(for: object) + PodTemplateOwner.warnings(for: object) }
        return isNewGeneration(object, replacing: old) ? PodTemplateOwner.warnings(for: object) : []
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Ready", "Number of the pod with ready state"),
            TableColumn("Up-to-date", "Total number of non-terminating pods targeted by this deployment that have the desired template spec."),
            TableColumn("Available", "Total number of available non-terminating pods (ready for at least minReadySeconds) targeted by this deployment."),
            .age, WorkloadTable.containers, WorkloadTable.images, WorkloadTable.selector,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        func status(_ field: String) -> Int64 { WorkloadTable.count(object, "status", field) }
        return [
            WorkloadTable.name(of: object), "\(status("readyReplicas"))/\(WorkloadTable.count(object, "spec", "replicas"))",
            .integer(status("updatedReplicas")), .integer(status("availableReplicas")), WorkloadTable.age(of: object, now: now),
        ] + WorkloadTable.containerCells(of: object["spec"]?["template"]) + [WorkloadTable.selectorCell(object["spec"]?["selector"])]
    }
}

/// Checks that the statuses of several workloads have in common.
extension ObjectChecks {
    mutating func atMostReplicas(_ fields: String...) {
        for field in fields where (integer(field) ?? 0) > integer("replicas") ?? 0 { invalid(field, "cannot be greater than status.replicas") }
    }

    mutating func availableAreReady(_ detail: String = "cannot be greater than readyReplicas") {
        if (integer("availableReplicas") ?? 0) > integer("readyReplicas") ?? 0 { invalid("availableReplicas", detail) }
    }

    mutating func notDecremented(_ field: String, since old: JSONValue?) {
        guard let before = old?[field]?.integer, (integer(field) ?? -1) < before else { return }
        add([FieldError(.invalid, at: path.field(field), value: .integer(integer(field) ?? 0), "cannot be decremented")])
    }
}
