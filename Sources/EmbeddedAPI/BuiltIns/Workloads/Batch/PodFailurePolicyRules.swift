import KubernetesAPI

/// What is wrong with `podFailurePolicy` of a job.
enum PodFailurePolicyRules {
    static func errors(in policy: ObjectChecks, of spec: ObjectChecks) -> [FieldError] {
        var policy = policy
        let rules = policy.elements("rules")
        if rules.count > 20 { policy.add([.tooMany(policy.path.field("rules"), Int64(rules.count), 20)]) }
        let pod = spec["template"]?["spec"]
        let containers = ((pod?["containers"]?.array ?? []) + (pod?["initContainers"]?.array ?? [])).compactMap { $0["name"]?.string }
        for (index, rule) in rules.enumerated() {
            let checks = ObjectChecks(rule, at: policy.path.field("rules").index(index))
            policy.add(errors(in: checks, hasLimitPerIndex: spec.has("backoffLimitPerIndex"), containers: containers))
        }
        return policy.errors
    }

    private static func errors(in rule: ObjectChecks, hasLimitPerIndex: Bool, containers: [String]) -> [FieldError] {
        var rule = rule
        choice("action", ["Count", "FailIndex", "FailJob", "Ignore"], in: &rule)
        if rule.text("action") == "FailIndex", !hasLimitPerIndex { rule.invalid("action", "requires the backoffLimitPerIndex to be set") }
        let conditions = rule.elements("onPodConditions")
        if let codes = rule.inner("onExitCodes") { rule.add(exitCodeErrors(in: codes, containers: containers)) }
        if !conditions.isEmpty { rule.add(conditionErrors(in: conditions, at: rule.path.field("onPodConditions"))) }
        switch (rule.has("onExitCodes"), !conditions.isEmpty) {
        case (true, true): rule.add([FieldError(.invalid, at: rule.path, "specifying both OnExitCodes and OnPodConditions is not supported")])
        case (false, false): rule.add([FieldError(.invalid, at: rule.path, "specifying one of OnExitCodes and OnPodConditions is required")])
        default: break
        }
        return rule.errors
    }

    private static func exitCodeErrors(in codes: ObjectChecks, containers: [String]) -> [FieldError] {
        var codes = codes
        choice("operator", ["In", "NotIn"], in: &codes)
        if let container = codes["containerName"]?.string, !containers.contains(container) {
            codes.invalid("containerName", "must be one of the container or initContainer names in the pod template")
        }
        let values = codes.elements("values").compactMap(\.integer)
        let path = codes.path.field("values")
        if values.isEmpty { codes.invalid("values", "at least one value is required") }
        if values.count > 255 { codes.add([.tooMany(path, Int64(values.count), 255)]) }
        var seen: Set<Int64> = []
        for (index, value) in values.enumerated() {
            if value == 0, codes.text("operator") == "In" {
                codes.add([FieldError(.invalid, at: path.index(index), value: 0, "must not be 0 for the In operator")])
            }
            if !seen.insert(value).inserted { codes.add([FieldError(.duplicate, at: path.index(index), value: .integer(value))]) }
        }
        if zip(values, values.dropFirst()).contains(where: { $0 > $1 }) { codes.invalid("values", "must be ordered") }
        return codes.errors
    }

    private static func conditionErrors(in conditions: [JSONValue], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if conditions.count > 20 { errors.append(.tooMany(path, Int64(conditions.count), 20)) }
        for (index, condition) in conditions.enumerated() {
            var checks = ObjectChecks(condition, at: path.index(index))
            checks.add(
                NameRule.qualifiedName.violations(in: checks.text("type")).map {
                    FieldError(.invalid, at: checks.path.field("type"), value: .string(checks.text("type")), $0)
                })
            choice("status", ["False", "True", "Unknown"], in: &checks)
            errors += checks.errors
        }
        return errors
    }

    /// A text that must be there and be one of these.
    private static func choice(_ field: String, _ supported: [String], in checks: inout ObjectChecks) {
        if checks.text(field).isEmpty {
            checks.required(field, "valid values: [" + supported.map(\.quotedAsGo).joined(separator: " ") + "]")
        } else {
            checks.oneOf(field, supported)
        }
    }
}
