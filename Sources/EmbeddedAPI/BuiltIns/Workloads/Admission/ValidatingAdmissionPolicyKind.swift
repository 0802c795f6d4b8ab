public import KubernetesAPI

/// `admissionregistration.k8s.io/v1` ValidatingAdmissionPolicy.
public struct ValidatingAdmissionPolicyKind: WorkloadKind {
    public init() {}

    public var type: any Resource.Type { ValidatingAdmissionPolicy.self }
    public var allowsUnconditionalUpdate: Bool { false }
    var emptyStatus: JSONObject { [:] }
    public var emptyObject: JSONObject { ["spec": [:], "status": [:]] }

    public func applyDefaults(to object: inout JSONObject) {
        object.edit("spec") { spec in
            spec.setDefault("failurePolicy", "Fail")
            if spec["matchConstraints"].present != nil { spec.edit("matchConstraints", MatchResourcesRules.applyDefaults(to:)) }
        }
        completeStatus(of: &object)
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        ValidatingAdmissionPolicyRules(problems: problems(in: object)).errors(in: object)
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        // Expressions that were accepted once stay so.
        let problems = object["spec"] == old["spec"] ? [:] : problems(in: object)
        return ValidatingAdmissionPolicyRules(problems: problems).errors(in: object, replacing: old)
    }

    private func problems(in object: JSONObject) -> [FieldPath: String] {
        Dictionary(AdmissionPolicyRules.expressionErrors(in: object).map { ($0.path, $0.detail) }) { first, _ in first }
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var status = ObjectChecks(object["status"], at: FieldPath("status"))
        let warnings = status.part("typeChecking")
        for (index, warning) in warnings.elements("expressionWarnings").enumerated() {
            var checks = ObjectChecks(warning, at: warnings.path.field("expressionWarnings").index(index))
            if checks.text("warning").isEmpty { checks.required("warning") }
            if checks.text("fieldRef").allSatisfy(\.isWhitespace) { checks.required("fieldRef") }
            status.add(checks.errors)
        }
        status.add(ConditionRules.errors(in: status.elements("conditions"), at: status.path.field("conditions")))
        return status.errors
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Validations", type: "integer", "Validations indicates the number of validation rules defined in this configuration"),
            TableColumn("ParamKind", "ParamKind specifies the kind of resources used to parameterize this policy"), .age,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let parameters = object["spec"]?["paramKind"]?.object
        let kind = parameters.map { "\($0["apiVersion"]?.string ?? "")/\($0["kind"]?.string ?? "")" }
        return [
            WorkloadTable.name(of: object), .integer(Int64(object["spec"]?["validations"]?.array?.count ?? 0)), .string(kind ?? "<unset>"),
            WorkloadTable.age(of: object, now: now),
        ]
    }
}
