import KubernetesAPI

/// What is wrong with the spec of a HorizontalPodAutoscaler.
enum AutoscalerRules {
    static func errors(in object: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        let (least, most) = (spec.integer("minReplicas"), spec.integer("maxReplicas") ?? 0)
        if let least, least < 1 { spec.invalid("minReplicas", "must be greater than or equal to 1") }
        if most < 1 { spec.required("maxReplicas", "must be set and greater than 0") }
        if let least, most < least { spec.invalid("maxReplicas", "must be greater than or equal to `minReplicas`") }
        let target = spec.part("scaleTargetRef")
        spec.add(referenceErrors(in: target, needsGroup: target.text("kind") != "ReplicationController"))
        for (index, metric) in spec.elements("metrics").enumerated() {
            spec.add(MetricRules.errors(in: ObjectChecks(metric, at: spec.path.field("metrics").index(index))))
        }
        for field in ["scaleUp", "scaleDown"] {
            guard let rules = spec.inner("behavior")?.inner(field) else { continue }
            spec.add(scalingErrors(in: rules))
        }
        return spec.errors
    }

    /// What is wrong with a reference to another object.
    static func referenceErrors(in reference: ObjectChecks, needsGroup: Bool) -> [FieldError] {
        var reference = reference
        for field in ["kind", "name"] {
            if reference.text(field).isEmpty {
                reference.required(field)
            } else {
                reference.invalid(field, NameRule.pathSegment.violations(in: reference.text(field)))
            }
        }
        let version = reference.text("apiVersion")
        let value = JSONValue.string(version)
        let slashes = version.utf8.filter { $0 == UInt8(ascii: "/") }.count
        if version != "/", slashes > 1 {
            let detail = "unexpected GroupVersion string: \(version)"
            reference.add([FieldError(.invalid, at: reference.path.field("apiVersion"), value: value, detail)])
        } else if needsGroup, slashes == 0 || version.hasPrefix("/") {
            reference.add([FieldError(.invalid, at: reference.path.field("apiVersion"), value: value, "apiVersion must specify API group")])
        }
        return reference.errors
    }

    private static func scalingErrors(in rules: ObjectChecks) -> [FieldError] {
        var rules = rules
        if let window = rules.integer("stabilizationWindowSeconds") {
            if window < 0 { rules.invalid("stabilizationWindowSeconds", "must be greater than or equal to zero") }
            if window > 3600 { rules.invalid("stabilizationWindowSeconds", "must be less than or equal to 3600") }
        }
        rules.oneOf("selectPolicy", ["Disabled", "Max", "Min"])
        let policies = rules.elements("policies")
        if policies.isEmpty { rules.required("policies", "must specify at least one Policy") }
        for (index, policy) in policies.enumerated() {
            var checks = ObjectChecks(policy, at: rules.path.field("policies").index(index))
            if !["Percent", "Pods"].contains(checks.text("type")) { checks.unsupported("type", ["Percent", "Pods"]) }
            if checks.integer("value") ?? 0 <= 0 { checks.invalid("value", "must be greater than zero") }
            let period = checks.integer("periodSeconds") ?? 0
            if period <= 0 { checks.invalid("periodSeconds", "must be greater than zero") }
            if period > 1800 { checks.invalid("periodSeconds", "must be less than or equal to 1800") }
            rules.add(checks.errors)
        }
        if let tolerance = rules["tolerance"].flatMap({ Quantity(json: $0) }), tolerance.isNegative {
            let error = FieldError(.invalid, at: rules.path.field("tolerance"), value: tolerance.json, ObjectChecks.notNegative)
            rules.add([error])
        }
        return rules.errors
    }
}
