import KubernetesAPI

/// The requests that a policy or its binding is about: defaults, and what is wrong with them.
enum MatchResourcesRules {
    static func applyDefaults(to match: inout JSONObject) {
        match.setDefault("matchPolicy", "Equivalent")
        match.setDefault("namespaceSelector", [:])
        match.setDefault("objectSelector", [:])
        for list in ["resourceRules", "excludeResourceRules"] {
            match.editItems(list) { $0.setDefault("scope", "*") }
        }
    }

    static func errors(in match: ObjectChecks) -> [FieldError] {
        var match = match
        if match.has("matchPolicy") { match.oneOf("matchPolicy", ["Equivalent", "Exact"]) } else { match.required("matchPolicy") }
        for field in ["namespaceSelector", "objectSelector"] {
            if match.has(field) { match.selector(field) } else { match.required(field) }
        }
        for list in ["resourceRules", "excludeResourceRules"] {
            for (index, rule) in match.elements(list).enumerated() {
                match.add(ruleErrors(in: ObjectChecks(rule, at: match.path.field(list).index(index))))
            }
        }
        return match.errors
    }

    private static func ruleErrors(in rule: ObjectChecks) -> [FieldError] {
        var rule = rule
        var names: Set<String> = []
        for (index, name) in texts(rule, "resourceNames").enumerated() {
            let path = rule.path.field("resourceNames").index(index)
            rule.add(NameRule.pathSegment.violations(in: name).map { FieldError(.invalid, at: path, value: .string(name), $0) })
            if !names.insert(name).inserted { rule.add([FieldError(.duplicate, at: path, value: .string(name))]) }
        }
        checkList(&rule, "operations", "operations")
        let operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"]
        for (index, operation) in texts(rule, "operations").enumerated() where !operations.contains(operation) {
            rule.add([.notSupported(rule.path.field("operations").index(index), .string(operation), operations)])
        }
        checkList(&rule, "apiGroups", "API groups")
        checkList(&rule, "apiVersions", "API versions")
        for (index, version) in texts(rule, "apiVersions").enumerated() where version.isEmpty {
            rule.add([FieldError(.required, at: rule.path.field("apiVersions").index(index))])
        }
        rule.add(resourceErrors(in: texts(rule, "resources"), at: rule.path.field("resources")))
        rule.oneOf("scope", ["*", "Cluster", "Namespaced"])
        return rule.errors
    }

    private static func texts(_ rule: ObjectChecks, _ field: String) -> [String] { rule.elements(field).map { $0.string ?? "" } }

    private static func checkList(_ rule: inout ObjectChecks, _ field: String, _ others: String) {
        let list = texts(rule, field)
        if list.isEmpty { rule.required(field) }
        if list.count > 1, list.contains("*") { rule.invalid(field, "if '*' is present, must not specify other \(others)") }
    }

    private static func resourceErrors(in resources: [String], at path: FieldPath) -> [FieldError] {
        guard !resources.isEmpty else { return [FieldError(.required, at: path)] }
        var errors: [FieldError] = []
        var (allSubresourcesOf, subresourceOfAll): (Set<String>, Set<String>) = ([], [])
        for (index, resource) in resources.enumerated() {
            guard !resource.isEmpty else {
                errors.append(FieldError(.required, at: path.index(index)))
                continue
            }
            let parts = resource.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { continue }
            func refuse(_ wildcard: String) {
                let detail = "if '\(wildcard)' is present, must not specify \(resource)"
                errors.append(FieldError(.invalid, at: path.index(index), value: .string(resource), detail))
            }
            if allSubresourcesOf.contains(parts[0]) { refuse("\(parts[0])/*") }
            if subresourceOfAll.contains(parts[1]) { refuse("*/\(parts[1])") }
            if parts[1] == "*" { allSubresourcesOf.insert(parts[0]) }
            if parts[0] == "*" { subresourceOfAll.insert(parts[1]) }
        }
        let value = JSONValue.array(resources.map { .string($0) })
        if resources.count > 1, resources.contains("*/*") {
            errors.append(FieldError(.invalid, at: path, value: value, "if '*/*' is present, must not specify other resources"))
        }
        if resources.contains("*"), resources.contains(where: { $0 != "*" && !$0.isEmpty && !$0.contains("/") }) {
            let detail = "if '*' is present, must not specify other resources without subresources"
            errors.append(FieldError(.invalid, at: path, value: value, detail))
        }
        return errors
    }
}
