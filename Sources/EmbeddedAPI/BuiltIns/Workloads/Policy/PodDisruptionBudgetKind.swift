public import KubernetesAPI

/// `policy/v1` PodDisruptionBudget.
public struct PodDisruptionBudgetKind: WorkloadKind {
    public init() {}

    public var type: any Resource.Type { PodDisruptionBudget.self }
    public var allowsUnconditionalUpdate: Bool { false }
    var emptyStatus: JSONObject { ["disruptionsAllowed": 0, "currentHealthy": 0, "desiredHealthy": 0, "expectedPods": 0] }
    public var emptyObject: JSONObject { ["spec": [:], "status": .object(emptyStatus)] }

    public func applyDefaults(to object: inout JSONObject) {
        object.setDefault("spec", [:])
        completeStatus(of: &object)
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        if spec.has("minAvailable"), spec.has("maxUnavailable") {
            let value = JSONValue.object(spec.object).withGoFieldNames
            spec.add([FieldError(.invalid, at: spec.path, value: value, "minAvailable and maxUnavailable cannot be both set")])
        }
        for field in ["minAvailable", "maxUnavailable"] {
            spec.countOrPercentage(field)
            spec.atMostAll(field)
        }
        spec.selector("selector")
        spec.oneOf("unhealthyPodEvictionPolicy", ["AlwaysAllow", "IfHealthyBudget"])
        return spec.errors
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var status = ObjectChecks(object["status"], at: FieldPath("status"))
        status.add(ConditionRules.errors(in: status.elements("conditions"), at: status.path.field("conditions")))
        status.nonnegative("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")
        return status.errors
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Min Available", "The minimum number of pods that must be available."),
            TableColumn("Max Unavailable", "The maximum number of pods that may be unavailable."),
            TableColumn("Allowed Disruptions", type: "integer", "Calculated number of pods that may be disrupted at this time."), .age,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        func text(_ field: String) -> JSONValue {
            .string((object["spec"]?[field]).present.flatMap { IntOrString(json: $0)?.description } ?? "N/A")
        }
        return [
            WorkloadTable.name(of: object), text("minAvailable"), text("maxUnavailable"),
            .integer(WorkloadTable.count(object, "status", "disruptionsAllowed")), WorkloadTable.age(of: object, now: now),
        ]
    }
}
