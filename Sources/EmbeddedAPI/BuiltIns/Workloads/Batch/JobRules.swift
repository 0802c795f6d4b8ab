import KubernetesAPI

/// What is wrong with a job's spec, and with that of a CronJob's template.
enum JobRules {
    private static let parallelismLimit: Int64 = 100_000
    private static let failedIndexesLimit: Int64 = 100_000
    /// From this many completions on, retries of single indexes are limited further.
    private static let manyCompletions: Int64 = 100_000
    private static let limitForManyCompletions: Int64 = 10_000

    /// What is wrong with a job but for what a generated selector must be like.
    static func errors(in object: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        check(&spec)
        if spec.has("selector") { spec.selector("selector") } else { spec.required("selector") }
        spec.add(PodTemplateOwner.selectorErrors(spec))
        return spec.errors
    }

    /// Checks a job's spec but for its selector.
    static func check(_ spec: inout ObjectChecks) {
        spec.nonnegative("parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished", "backoffLimitPerIndex")
        spec.nonnegative("maxFailedIndexes")
        if spec.has("maxFailedIndexes"), !spec.has("backoffLimitPerIndex") { spec.required("backoffLimitPerIndex", "when maxFailedIndexes is specified") }
        checkManager(&spec)
        checkCompletionMode(&spec)
        if let policy = spec.inner("podFailurePolicy") { spec.add(PodFailurePolicyRules.errors(in: policy, of: spec)) }
        if let policy = spec.inner("successPolicy") {
            if spec.text("completionMode") == "Indexed" {
                spec.add(SuccessPolicyRules.errors(in: policy, completions: spec.integer("completions") ?? 0))
            } else {
                let value = JSONValue.object(policy.object).withGoFieldNames
                spec.add([FieldError(.invalid, at: policy.path, value: value, "requires indexed completion mode")])
            }
        }
        spec.oneOf("podReplacementPolicy", spec.has("podFailurePolicy") ? ["Failed"] : ["Failed", "TerminatingOrFailed"])
        spec.add(PodTemplateRules.errors(in: spec["template"]?.object ?? JSONObject(), at: spec.path.field("template")))
        checkRestartPolicy(&spec)
    }

    private static func checkManager(_ spec: inout ObjectChecks) {
        guard let manager = spec["managedBy"]?.string else { return }
        spec.add(domainPrefixedPathErrors(manager, at: spec.path.field("managedBy")))
        if manager.utf8.count > 63 { spec.add([.tooLong(spec.path.field("managedBy"), 63)]) }
    }

    private static func domainPrefixedPathErrors(_ text: String, at path: FieldPath) -> [FieldError] {
        guard !text.isEmpty else { return [FieldError(.required, at: path)] }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return [FieldError(.invalid, at: path, value: .string(text), "must be a domain-prefixed path (such as \"acme.io/foo\")")]
        }
        var errors = NameRule.dns1123Subdomain.violations(in: parts[0]).map { FieldError(.invalid, at: path, value: .string(parts[0]), $0) }
        let allowed = "/-._~%!$&'()*+,;=:".unicodeScalars
        let isPath = parts[1].unicodeScalars.allSatisfy { allowed.contains($0) || $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        if !isPath {
            let detail = #"Invalid path (regex used for validation is '[A-Za-z0-9/\-._~%!$&'()*+,;=:]+')"#
            errors.append(FieldError(.invalid, at: path, value: .string(parts[1]), detail))
        }
        return errors
    }

    private static func checkCompletionMode(_ spec: inout ObjectChecks) {
        spec.oneOf("completionMode", ["NonIndexed", "Indexed"])
        if spec.text("completionMode") == "Indexed" { checkIndexed(&spec) }
        guard ["", "NonIndexed"].contains(spec.text("completionMode")) else { return }
        for field in ["backoffLimitPerIndex", "maxFailedIndexes"] where spec.has(field) { spec.invalid(field, "requires indexed completion mode") }
    }

    private static func checkIndexed(_ spec: inout ObjectChecks) {
        let (completions, failed) = (spec.integer("completions"), spec.integer("maxFailedIndexes"))
        let parallelism = spec.integer("parallelism") ?? 0
        if completions == nil { spec.required("completions", "when completion mode is Indexed") }
        if parallelism > parallelismLimit {
            spec.invalid("parallelism", "must be less than or equal to \(parallelismLimit) when completion mode is Indexed")
        }
        if let completions, let failed, failed > completions { spec.invalid("maxFailedIndexes", "must be less than or equal to completions") }
        if let failed, failed > failedIndexesLimit { spec.invalid("maxFailedIndexes", "must be less than or equal to \(failedIndexesLimit)") }
        guard let completions, completions > manyCompletions, spec.has("backoffLimitPerIndex") else { return }
        if failed == nil { spec.required("maxFailedIndexes", "must be specified when completions is above \(manyCompletions)") }
        let condition = "when completions are above \(manyCompletions) and used with backoff limit per index"
        let limit = "must be less than or equal to \(limitForManyCompletions) \(condition)"
        if parallelism > limitForManyCompletions { spec.invalid("parallelism", limit) }
        if let failed, failed > limitForManyCompletions { spec.invalid("maxFailedIndexes", limit) }
    }

    private static func checkRestartPolicy(_ spec: inout ObjectChecks) {
        var pod = ObjectChecks(spec["template"]?["spec"], at: spec.path.field("template").field("spec"))
        switch pod.text("restartPolicy") {
        case "", "Always": pod.required("restartPolicy", "valid values: \"OnFailure\", \"Never\"")
        case "Never": break
        case "OnFailure":
            if spec.has("podFailurePolicy") { pod.invalid("restartPolicy", "only \"Never\" is supported when podFailurePolicy is specified") }
        default: pod.unsupported("restartPolicy", ["OnFailure", "Never"])
        }
        spec.add(pod.errors)
    }

    /// What has changed in a job and must not.
    static func immutabilityErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        let before = old["spec"]
        if spec.text("completionMode") == "Indexed" {
            if let completions = spec.integer("completions"), completions != before?["completions"]?.integer, completions != spec.integer("parallelism") {
                spec.invalid("completions", "can only be modified in tandem with spec.parallelism")
            }
        } else {
            spec.immutable("completions", since: before)
        }
        spec.immutable("selector", since: before)
        spec.add(templateErrors(in: object, replacing: old))
        spec.immutable("completionMode", since: before)
        let policy = FieldError(
            .invalid, at: spec.path.field("podFailurePolicy"), value: spec["podFailurePolicy"]?.withGoFieldNames ?? .null, "field is immutable")
        if spec["podFailurePolicy"] != (before?["podFailurePolicy"]).present { spec.add([policy]) }
        spec.immutable("backoffLimitPerIndex", since: before)
        spec.immutable("managedBy", since: before)
        if spec["successPolicy"] != (before?["successPolicy"]).present {
            let value = spec["successPolicy"]?.withGoFieldNames ?? .null
            spec.add([FieldError(.invalid, at: spec.path.field("successPolicy"), value: value, "field is immutable")])
        }
        return spec.errors
    }

    /// What has changed in the template and must not: a job that has not started may be told other nodes.
    private static func templateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let template = object["spec"]?["template"]?.object ?? JSONObject()
        var before = old["spec"]?["template"]?.object ?? JSONObject()
        let isSuspended = old["spec"]?["suspend"]?.bool == true
        let hasStarted = old["status"]?["startTime"].present != nil && !old.hasTrueCondition("Suspended")
        if isSuspended, !hasStarted { takeSchedulingDirectives(of: template, into: &before) }
        return ["metadata", "spec"].compactMap { part in
            guard template[part] != before[part] else { return nil }
            let value = template[part]?.withGoFieldNames ?? .null
            return FieldError(.invalid, at: FieldPath("spec", "template", part), value: value, "field is immutable")
        }
    }

    private static func takeSchedulingDirectives(of template: JSONObject, into before: inout JSONObject) {
        before["metadata"] = withFields(["annotations", "labels"], of: template["metadata"], in: before["metadata"])
        before["spec"] = withFields(["nodeSelector", "tolerations", "schedulingGates"], of: template["spec"], in: before["spec"])
        let affinity = template["spec"]?["affinity"].present
        before.edit("spec") { spec in
            var merged = spec["affinity"]?.object ?? JSONObject()
            merged["nodeAffinity"] = affinity?["nodeAffinity"]
            spec["affinity"] = affinity == nil && merged.isEmpty ? JSONValue?.none : .object(merged)
            // Resources of a suspended job's containers may change, too.
            for list in ["containers", "initContainers"] {
                let changed = template["spec"]?[list]?.array ?? []
                guard let containers = spec[list]?.array, containers.count == changed.count else { continue }
                spec[list] = .array(zip(containers, changed).map { withFields(["resources"], of: $1, in: $0) ?? $0 })
            }
        }
    }

    private static func withFields(_ fields: [String], of source: JSONValue?, in value: JSONValue?) -> JSONValue? {
        guard var object = value?.object else { return source }
        for field in fields { object[field] = source?[field] }
        return .object(object)
    }

    /// - Parameter path: where the job's spec stands.
    static func warnings(for spec: JSONValue?, at path: FieldPath) -> [String] {
        var warnings: [String] = []
        if spec?["completionMode"]?.string == "Indexed", spec?["completions"]?.integer ?? 0 > manyCompletions,
            spec?["parallelism"]?.integer ?? 0 > limitForManyCompletions
        {
            let rule = """
                In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track \
                completedIndexes when a big number of indexes fail
                """
            warnings.append("\(path): \(rule)")
        }
        return warnings + PodTemplateRules.warnings(in: spec?["template"]?.object ?? JSONObject(), at: path.field("template"))
    }
}
