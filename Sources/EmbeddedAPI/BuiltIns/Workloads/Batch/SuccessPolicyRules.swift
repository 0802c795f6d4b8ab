import KubernetesAPI

/// What is wrong with `successPolicy` of an indexed job.
enum SuccessPolicyRules {
    static func errors(in policy: ObjectChecks, completions: Int64) -> [FieldError] {
        var policy = policy
        let rules = policy.elements("rules")
        if rules.isEmpty { policy.required("rules", "at least one rules must be specified when the successPolicy is specified") }
        if rules.count > 20 { policy.add([.tooMany(policy.path.field("rules"), Int64(rules.count), 20)]) }
        for (index, rule) in rules.enumerated() {
            policy.add(errors(in: ObjectChecks(rule, at: policy.path.field("rules").index(index)), of: completions))
        }
        return policy.errors
    }

    private static func errors(in rule: ObjectChecks, of completions: Int64) -> [FieldError] {
        var rule = rule
        if !rule.has("succeededCount"), !rule.has("succeededIndexes") {
            rule.add([FieldError(.required, at: rule.path, "at least one of succeededCount or succeededIndexes must be specified")])
        }
        var indexCount: Int64 = 0
        if let indexes = rule["succeededIndexes"]?.string {
            if indexes.utf8.count > 64 << 10 { rule.add([.tooLong(rule.path.field("succeededIndexes"), 64 << 10)]) }
            do throws(IndexRanges.Problem) {
                indexCount = try IndexRanges(parsing: indexes, below: completions).count
            } catch {
                rule.invalid("succeededIndexes", "error parsing succeededIndexes: \(error.text)")
            }
        }
        guard let count = rule.integer("succeededCount") else { return rule.errors }
        rule.nonnegative("succeededCount")
        if count > completions {
            rule.invalid("succeededCount", "must be less than or equal to \(completions) (the number of specified completions)")
        }
        if rule.has("succeededIndexes"), count > indexCount {
            let detail = "must be less than or equal to \(indexCount) (the number of indexes in the specified succeededIndexes field)"
            rule.invalid("succeededCount", detail)
        }
        return rule.errors
    }
}
