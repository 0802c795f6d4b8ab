public import KubernetesAPI

/// HorizontalPodAutoscalers as `autoscaling/v1` has them: it knows the utilization of CPU, and keeps all else in annotations.
public enum AutoscalerVersionOne {
    private static let metrics = "autoscaling.alpha.kubernetes.io/metrics"
    private static let currentMetrics = "autoscaling.alpha.kubernetes.io/current-metrics"
    private static let conditions = "autoscaling.alpha.kubernetes.io/conditions"
    private static let behavior = "autoscaling.alpha.kubernetes.io/behavior"

    /// The `autoscaling/v1` form of an object of `autoscaling/v2`.
    public static func object(from object: JSONObject) -> JSONObject {
        var annotations = (object["metadata"]?["annotations"]?.object ?? JSONObject())
        var spec: JSONObject = [:]
        for field in ["scaleTargetRef", "minReplicas", "maxReplicas"] { spec[field] = object["spec"]?[field] }
        let all = object["spec"]?["metrics"]?.array ?? []
        spec["targetCPUUtilizationPercentage"] = all.firstIndex(where: isCPU).flatMap { all[$0]["resource"]?["target"]?["averageUtilization"] }
        keep(all.filter { !isCPU($0) }, as: metrics, in: &annotations)
        if let rules = (object["spec"]?["behavior"]).present { annotations[behavior] = .string(text(rules)) }

        var status: JSONObject = [:]
        for field in ["observedGeneration", "lastScaleTime"] { status[field] = (object["status"]?[field]).present }
        for field in ["currentReplicas", "desiredReplicas"] { status[field] = (object["status"]?[field]).present ?? 0 }
        let measured = object["status"]?["currentMetrics"]?.array ?? []
        status["currentCPUUtilizationPercentage"] = measured.first { $0["resource"]?["name"]?.string == "cpu" }
            .flatMap { $0["resource"]?["current"]?["averageUtilization"] }
        keep(measured, as: currentMetrics, in: &annotations)
        keep(object["status"]?["conditions"]?.array ?? [], as: conditions, in: &annotations)

        var converted = object
        converted["apiVersion"] = "autoscaling/v1"
        converted.edit("metadata") { $0["annotations"] = annotations.isEmpty ? JSONValue?.none : .object(annotations) }
        converted["spec"] = .object(spec)
        converted["status"] = .object(status)
        return converted
    }

    /// The `autoscaling/v2` form of an object of `autoscaling/v1`.
    public static func object(toVersionTwo object: JSONObject) -> JSONObject {
        var annotations = object["metadata"]?["annotations"]?.object ?? JSONObject()
        func taken(_ key: String) -> JSONValue? {
            annotations.removeValue(forKey: key)?.string.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
        }
        var spec: JSONObject = [:]
        for field in ["scaleTargetRef", "minReplicas", "maxReplicas"] { spec[field] = object["spec"]?[field] }
        var all = taken(metrics)?.array ?? []
        if let percentage = (object["spec"]?["targetCPUUtilizationPercentage"]).present {
            all.append(
                ["type": "Resource", "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": percentage]]])
        }
        if !all.isEmpty { spec["metrics"] = .array(all) }
        spec["behavior"] = taken(behavior)
        var status = object["status"]?.object ?? JSONObject()
        status.removeValue(forKey: "currentCPUUtilizationPercentage")
        status["currentMetrics"] = taken(currentMetrics) ?? .null
        status["conditions"] = taken(conditions)

        var converted = object
        converted["apiVersion"] = "autoscaling/v2"
        converted.edit("metadata") { $0["annotations"] = annotations.isEmpty ? JSONValue?.none : .object(annotations) }
        converted["spec"] = .object(spec)
        converted["status"] = .object(status)
        return converted
    }

    private static func isCPU(_ metric: JSONValue) -> Bool {
        metric["type"]?.string == "Resource" && metric["resource"]?["name"]?.string == "cpu"
            && metric["resource"]?["target"]?["averageUtilization"].present != nil
    }

    private static func keep(_ list: [JSONValue], as key: String, in annotations: inout JSONObject) {
        if !list.isEmpty { annotations[key] = .string(text(.array(list))) }
    }

    private static func text(_ value: JSONValue) -> String { String(decoding: value.serialized(), as: UTF8.self) }
}
