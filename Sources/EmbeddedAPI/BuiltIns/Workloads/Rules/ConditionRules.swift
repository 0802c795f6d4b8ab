import KubernetesAPI

/// What Kubernetes requires of a list of `metav1.Condition`.
enum ConditionRules {
    static func errors(in conditions: [JSONValue], at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var types: Set<String> = []
        for (index, condition) in conditions.enumerated() {
            var checks = ObjectChecks(condition, at: path.index(index))
            let type = checks.text("type")
            if !types.insert(type).inserted { checks.add([FieldError(.duplicate, at: checks.path.field("type"), value: .string(type))]) }
            checks.add(NameRule.qualifiedName.violations(in: type).map { FieldError(.invalid, at: checks.path.field("type"), value: .string(type), $0) })
            if !["False", "True", "Unknown"].contains(checks.text("status")) { checks.unsupported("status", ["False", "True", "Unknown"]) }
            if (checks.integer("observedGeneration") ?? 0) < 0 { checks.invalid("observedGeneration", "must be greater than or equal to zero") }
            if checks.text("lastTransitionTime").isEmpty { checks.required("lastTransitionTime", "must be set") }
            let reason = checks.text("reason")
            if reason.isEmpty {
                checks.required("reason", "must be set")
            } else {
                checks.invalid("reason", NameRule.conditionReason.violations(in: reason))
                if reason.utf8.count > 1 << 10 { checks.add([.tooLong(checks.path.field("reason"), 1 << 10)]) }
            }
            if checks.text("message").utf8.count > 32 << 10 { checks.add([.tooLong(checks.path.field("message"), 32 << 10)]) }
            errors += checks.errors
        }
        return errors
    }
}

extension JSONObject {
    /// The condition of this type in the object's status.
    func condition(_ type: String) -> JSONValue? { self["status"]?["conditions"]?.array?.first { $0["type"]?.string == type } }
    func hasTrueCondition(_ type: String) -> Bool { condition(type)?["status"]?.string == "True" }

    /// Adds a `metav1.Condition` to a status or brings the one that it has up to date; its time changes with its status only.
    mutating func setCondition(_ type: String, isTrue: Bool, reason: String, message: String, generation: Int64, now: Time) {
        var conditions = self["conditions"]?.array ?? []
        let status: JSONValue = isTrue ? "True" : "False"
        let index = conditions.firstIndex { $0["type"]?.string == type }
        let since = index.flatMap { conditions[$0]["status"] == status ? conditions[$0]["lastTransitionTime"] : nil } ?? now.json
        var condition: JSONObject = ["type": .string(type), "status": status]
        if generation != 0 { condition["observedGeneration"] = .integer(generation) }
        condition["lastTransitionTime"] = since
        condition["reason"] = .string(reason)
        condition["message"] = .string(message)
        if let index { conditions[index] = .object(condition) } else { conditions.append(.object(condition)) }
        self["conditions"] = .array(conditions)
    }
}
