public import KubernetesAPI

/// `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicyBinding.
public struct ValidatingAdmissionPolicyBindingKind: BuiltInKind {
    public init() {}

    public var type: any Resource.Type { ValidatingAdmissionPolicyBinding.self }
    public var hasGeneration: Bool { true }
    public var allowsUnconditionalUpdate: Bool { false }
    public var emptyObject: JSONObject { ["spec": [:]] }

    public func applyDefaults(to object: inout JSONObject) {
        object.edit("spec") { spec in
            if spec["matchResources"].present != nil { spec.edit("matchResources", MatchResourcesRules.applyDefaults(to:)) }
        }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        let policy = spec.text("policyName")
        if policy.isEmpty { spec.required("policyName") } else { spec.invalid("policyName", NameRule.dns1123Subdomain.violations(in: policy)) }
        if let reference = spec.inner("paramRef") { spec.add(parameterErrors(in: reference)) }
        if let match = spec.inner("matchResources") { spec.add(MatchResourcesRules.errors(in: match)) }
        checkActions(&spec)
        return spec.errors
    }

    private func parameterErrors(in reference: ObjectChecks) -> [FieldError] {
        var reference = reference
        let name = reference.text("name")
        let isNamed = !name.isEmpty
        if isNamed {
            reference.invalid("name", NameRule.pathSegment.violations(in: name))
            if reference.has("selector") { reference.forbidden("name", "name and selector are mutually exclusive") }
        }
        if reference.has("selector") {
            reference.selector("selector")
            if isNamed { reference.forbidden("selector", "name and selector are mutually exclusive") }
        }
        if !isNamed, !reference.has("selector") {
            reference.add([FieldError(.required, at: reference.path, "one of name or selector must be specified")])
        }
        if reference.text("parameterNotFoundAction").isEmpty {
            reference.required("parameterNotFoundAction")
        } else {
            reference.oneOf("parameterNotFoundAction", ["Deny", "Allow"])
        }
        return reference.errors
    }

    private func checkActions(_ spec: inout ObjectChecks) {
        let actions = spec.elements("validationActions").map { $0.string ?? "" }
        let path = spec.path.field("validationActions")
        var seen: Set<String> = []
        for (index, action) in actions.enumerated() {
            let known = ["Audit", "Deny", "Warn"]
            if !known.contains(action) { spec.add([.notSupported(path.index(index), .string(action), known)]) }
            if !seen.insert(action).inserted { spec.add([FieldError(.duplicate, at: path.index(index), value: .string(action))]) }
        }
        if seen.contains("Deny"), seen.contains("Warn") {
            let why = "repeating the same validation failure information in the API response and headers serves no purpose"
            spec.invalid("validationActions", "must not contain both Deny and Warn (\(why))")
        }
        if seen.isEmpty { spec.required("validationActions", "at least one validation action is required") }
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("PolicyName", "PolicyName indicates the policy definition which the policy binding binded to"),
            TableColumn("ParamRef", "ParamRef indicates the param resource which sets the configration param"), .age,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let reference = object["spec"]?["paramRef"]
        var parameters = "<unset>"
        if let name = reference?["name"]?.string, !name.isEmpty {
            let namespace = reference?["namespace"]?.string ?? ""
            parameters = "\(namespace.isEmpty ? "*" : namespace)/\(name)"
        } else if let selector = (reference?["selector"]).present {
            parameters = Self.text(of: selector)
        }
        return [
            WorkloadTable.name(of: object), object["spec"]?["policyName"] ?? "", .string(parameters), WorkloadTable.age(of: object, now: now),
        ]
    }

    /// A selector as Go prints it, which is what Kubernetes shows here.
    private static func text(of selector: JSONValue) -> String {
        let labels = (selector["matchLabels"]?.object ?? JSONObject()).sortedByKey().map { "\($0.key): \($0.value.string ?? "")," }.joined()
        let expressions = (selector["matchExpressions"]?.array ?? []).map { expression in
            let values = (expression["values"]?.array ?? []).map { $0.string ?? "" }.joined(separator: " ")
            return "LabelSelectorRequirement{Key:\(expression["key"]?.string ?? ""),Operator:\(expression["operator"]?.string ?? ""),Values:[\(values)],},"
        }
        return "&LabelSelector{MatchLabels:map[string]string{\(labels)},MatchExpressions:[]LabelSelectorRequirement{\(expressions.joined())},}"
    }
}
