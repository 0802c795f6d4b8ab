import KubernetesAPI

/// What is wrong with a metric of a HorizontalPodAutoscaler: it has the details of its type, and only these.
enum MetricRules {
    private static let types = ["ContainerResource", "External", "Object", "Pods", "Resource"]
    /// The fields with details in the order in which Kubernetes looks at them.
    private static let sources = ["object", "external", "pods", "resource", "containerResource"]

    static func errors(in metric: ObjectChecks) -> [FieldError] {
        var metric = metric
        let type = metric.text("type")
        if type.isEmpty { metric.required("type", "must specify a metric source type") }
        if !types.contains(type) { metric.unsupported("type", types) }
        let present = sources.filter { metric.has($0) }
        if let first = present.first { metric.add(sourceErrors(in: metric.part(first), first)) }
        if let expected = AutoscalerMetrics.fields[type] {
            if !metric.has(expected) { metric.required(expected, "must populate information for the given metric source") }
        } else {
            metric.unsupported("type", types)
        }
        guard present.count != 1 else { return metric.errors }
        for source in present where source != AutoscalerMetrics.fields[type] {
            metric.forbidden(source, "must populate the given metric source only")
        }
        return metric.errors
    }

    private static func sourceErrors(in source: ObjectChecks, _ name: String) -> [FieldError] {
        var source = source
        switch name {
        case "object":
            source.add(AutoscalerRules.referenceErrors(in: source.part("describedObject"), needsGroup: false))
            source.add(identifierErrors(in: source.part("metric")) + targetErrors(in: source.part("target")))
            var target = source.part("target")
            if !target.has("value"), !target.has("averageValue") { target.required("averageValue", "must set either a target value or averageValue") }
            source.add(target.errors)
        case "external":
            source.add(identifierErrors(in: source.part("metric")) + targetErrors(in: source.part("target")))
            var target = source.part("target")
            switch (target.has("value"), target.has("averageValue")) {
            case (false, false): target.required("averageValue", "must set either a target value for metric or a per-pod target")
            case (true, true): target.forbidden("value", "may not set both a target value for metric and a per-pod target")
            default: break
            }
            source.add(target.errors)
        case "pods":
            source.add(identifierErrors(in: source.part("metric")) + targetErrors(in: source.part("target")))
            var target = source.part("target")
            if !target.has("averageValue") { target.required("averageValue", "must specify a positive target averageValue") }
            source.add(target.errors)
        default: checkResource(&source, ofContainer: name == "containerResource")
        }
        return source.errors
    }

    private static func checkResource(_ source: inout ObjectChecks, ofContainer: Bool) {
        if source.text("name").isEmpty { source.required("name", "must specify a resource name") }
        if ofContainer {
            if source.text("container").isEmpty {
                source.required("container", "must specify a container")
            } else {
                source.invalid("container", NameRule.dns1123Label.violations(in: source.text("container")))
            }
        }
        source.add(targetErrors(in: source.part("target")))
        var target = source.part("target")
        switch (target.has("averageUtilization"), target.has("averageValue")) {
        case (false, false): target.required("averageUtilization", "must set either a target raw value or a target utilization")
        case (true, true): target.forbidden("averageValue", "may not set both a target raw value and a target utilization")
        default: break
        }
        source.add(target.errors)
    }

    private static func identifierErrors(in metric: ObjectChecks) -> [FieldError] {
        var metric = metric
        if metric.text("name").isEmpty {
            metric.required("name", "must specify a metric name")
        } else {
            metric.invalid("name", NameRule.pathSegment.violations(in: metric.text("name")))
        }
        metric.selector("selector")
        return metric.errors
    }

    private static func targetErrors(in target: ObjectChecks) -> [FieldError] {
        var target = target
        let type = target.text("type")
        if type.isEmpty { target.required("type", "must specify a metric target type") }
        if !["Utilization", "Value", "AverageValue"].contains(type) {
            let value = JSONValue.string(type)
            target.add([FieldError(.invalid, at: target.path.field("type"), value: value, "must be either Utilization, Value, or AverageValue")])
        }
        for field in ["value", "averageValue"] {
            guard let quantity = target[field].flatMap({ Quantity(json: $0) }), quantity.isZero || quantity.isNegative else { continue }
            target.add([FieldError(.invalid, at: target.path.field(field), value: quantity.json, "must be positive")])
        }
        if let utilization = target.integer("averageUtilization"), utilization < 1 { target.invalid("averageUtilization", "must be greater than 0") }
        return target.errors
    }
}
