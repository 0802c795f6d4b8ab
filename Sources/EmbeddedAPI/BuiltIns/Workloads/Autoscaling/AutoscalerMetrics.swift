import KubernetesAPI

/// The metrics of an autoscaler as `kubectl get` shows them: `cpu: 12%/80%, memory: <unknown>/1Gi`.
enum AutoscalerMetrics {
    /// The field in which the details of a metric of each type stand.
    static let fields = [
        "ContainerResource": "containerResource", "External": "external", "Object": "object", "Pods": "pods", "Resource": "resource",
    ]
    private static let unknown = "<unknown>"

    /// - Parameter current: what was measured of each metric, in the same order; may be shorter.
    static func text(_ metrics: [JSONValue], current: [JSONValue]) -> String {
        guard !metrics.isEmpty else { return "<none>" }
        let texts = metrics.enumerated().map { text($1, current: current.indices.contains($0) ? current[$0] : .null) }
        let shown = texts.prefix(2).joined(separator: ", ")
        return texts.count > 2 ? "\(shown) + \(texts.count - 2) more..." : shown
    }

    private static func text(_ metric: JSONValue, current: JSONValue) -> String {
        let type = metric["type"]?.string ?? ""
        guard let field = fields[type] else { return "<unknown type>" }
        let (target, measured) = (metric[field]?["target"], current[field]?["current"])
        let average = quantity(target?["averageValue"])
        switch type {
        case "External", "Object":
            if let average { return "\(quantity(measured?["averageValue"]) ?? unknown)/\(average) (avg)" }
            return "\(quantity(measured?["value"]) ?? unknown)/\(quantity(target?["value"]) ?? "<nil>")"
        case "Pods": return "\(quantity(measured?["averageValue"]) ?? unknown)/\(average ?? "<nil>")"
        default:
            let name = metric[field]?["name"]?.string ?? ""
            if let average { return "\(name): \(quantity(measured?["averageValue"]) ?? unknown)/\(average)" }
            return "\(name): \(percentage(measured) ?? unknown)/\(percentage(target) ?? "<auto>")"
        }
    }

    private static func quantity(_ value: JSONValue?) -> String? { value.present.flatMap { Quantity(json: $0)?.description } }
    private static func percentage(_ value: JSONValue?) -> String? { value?["averageUtilization"]?.integer.map { "\($0)%" } }
}
