public import KubernetesAPI

/// `autoscaling/v2` HorizontalPodAutoscaler.
public struct HorizontalPodAutoscalerKind: WorkloadKind {
    public init() {}

    public var type: any Resource.Type { HorizontalPodAutoscaler.self }
    public var hasGeneration: Bool { false }
    var emptyStatus: JSONObject { ["desiredReplicas": 0, "currentMetrics": nil] }
    public var emptyObject: JSONObject {
        ["spec": ["scaleTargetRef": ["kind": "", "name": ""], "maxReplicas": 0], "status": .object(emptyStatus)]
    }

    public func applyDefaults(to object: inout JSONObject) {
        object.edit("spec") { spec in
            spec.edit("scaleTargetRef") { target in
                target.setDefault("kind", "")
                target.setDefault("name", "")
            }
            spec.setDefault("minReplicas", 1)
            spec.setDefault("maxReplicas", 0)
            if (spec["metrics"]?.array ?? []).isEmpty {
                spec["metrics"] = [["type": "Resource", "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 80]]]]
            }
            guard spec["behavior"].present != nil else { return }
            spec.edit("behavior") { behavior in
                behavior.edit("scaleUp") { rules in
                    rules.setDefault("stabilizationWindowSeconds", 0)
                    rules.setDefault("selectPolicy", "Max")
                    rules.setDefault(
                        "policies",
                        [["type": "Pods", "value": 4, "periodSeconds": 15], ["type": "Percent", "value": 100, "periodSeconds": 15]])
                }
                behavior.edit("scaleDown") { rules in
                    rules.setDefault("selectPolicy", "Max")
                    rules.setDefault("policies", [["type": "Percent", "value": 100, "periodSeconds": 15]])
                }
            }
        }
        completeStatus(of: &object)
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] { AutoscalerRules.errors(in: object) }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var status = ObjectChecks(object["status"], at: FieldPath("status"))
        status.nonnegative("currentReplicas", "desiredReplicas")
        return status.errors
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Reference", "scaleTargetRef points to the target resource to scale."),
            TableColumn("Targets", "metrics contains the specifications for which to use to calculate the desired replica count."),
            TableColumn("MinPods", "minReplicas is the lower limit for the number of replicas to which the autoscaler can scale down."),
            TableColumn("MaxPods", "maxReplicas is the upper limit for the number of replicas to which the autoscaler can scale up."),
            TableColumn("Replicas", "currentReplicas is current number of replicas of pods managed by this autoscaler."), .age,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let (spec, target) = (object["spec"], object["spec"]?["scaleTargetRef"])
        return [
            WorkloadTable.name(of: object), "\(target?["kind"]?.string ?? "")/\(target?["name"]?.string ?? "")",
            .string(AutoscalerMetrics.text(spec?["metrics"]?.array ?? [], current: object["status"]?["currentMetrics"]?.array ?? [])),
            .string(spec?["minReplicas"]?.integer.map { "\($0)" } ?? "<unset>"), .integer(WorkloadTable.count(object, "spec", "maxReplicas")),
            .integer(WorkloadTable.count(object, "status", "currentReplicas")), WorkloadTable.age(of: object, now: now),
        ]
    }
}
