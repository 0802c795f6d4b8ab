import KubernetesAPI

/// What is wrong with a ValidatingAdmissionPolicy.
struct ValidatingAdmissionPolicyRules {
    /// What is wrong with its expressions, by their places.
    let problems: [FieldPath: String]

    func errors(in object: JSONObject, replacing old: JSONObject? = nil) -> [FieldError] {
        var spec = ObjectChecks(object["spec"], at: FieldPath("spec"))
        if spec.has("failurePolicy") { spec.oneOf("failurePolicy", ["Fail", "Ignore"]) } else { spec.required("failurePolicy") }
        if let kind = spec.inner("paramKind") { spec.add(parameterErrors(in: kind)) }
        if let match = spec.inner("matchConstraints") {
            spec.add(MatchResourcesRules.errors(in: match))
            if match.elements("resourceRules").isEmpty { spec.add([FieldError(.required, at: match.path.field("resourceRules"))]) }
        } else {
            spec.required("matchConstraints")
        }
        // Conditions that nobody touched are not looked at again.
        let isKept = old.map {
            spec["matchConditions"] == ($0["spec"]?["matchConditions"]).present && spec.has("paramKind") == ($0["spec"]?["paramKind"].present != nil)
        }
        if isKept != true { spec.add(conditionErrors(in: spec)) }
        checkVariables(&spec)
        if spec.elements("validations").isEmpty, spec.elements("auditAnnotations").isEmpty {
            for field in ["validations", "auditAnnotations"] {
                spec.required(field, "validations or auditAnnotations must contain at least one item")
            }
        } else {
            for (index, validation) in spec.elements("validations").enumerated() {
                let checks = ObjectChecks(validation, at: spec.path.field("validations").index(index))
                spec.add(validationErrors(in: checks))
            }
            checkAnnotations(&spec, policy: object["metadata"]?["name"]?.string ?? "")
        }
        return spec.errors
    }

    private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

    private func parameterErrors(in kind: ObjectChecks) -> [FieldError] {
        var kind = kind
        let version = kind.text("apiVersion")
        let parts = version == "/" ? [] : version.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let path = kind.path.field("apiVersion")
        func joined(_ rule: NameRule, _ text: String) -> String? {
            let violations = rule.violations(in: text)
            return violations.isEmpty ? nil : violations.joined(separator: ",")
        }
        if version.isEmpty {
            kind.required("apiVersion")
        } else if parts.count > 2 {
            kind.invalid("apiVersion", "unexpected GroupVersion string: \(version)")
        } else {
            if parts.count == 2, !parts[0].isEmpty, let detail = joined(.dns1123Subdomain, parts[0]) {
                kind.add([FieldError(.invalid, at: path, value: .string(parts[0]), detail)])
            }
            let number = parts.last ?? ""
            if number.isEmpty {
                kind.invalid("apiVersion", "version must be specified")
            } else if let detail = joined(.dns1035Label, number) {
                kind.add([FieldError(.invalid, at: path, value: .string(number), detail)])
            }
        }
        let name = kind.text("kind")
        if name.isEmpty {
            kind.required("kind")
        } else if let detail = joined(.dns1035Label, name.lowercased()) {
            kind.invalid("kind", "may have mixed case, but should otherwise match: \(detail)")
        }
        return kind.errors
    }

    private func conditionErrors(in spec: ObjectChecks) -> [FieldError] {
        let path = spec.path.field("matchConditions")
        let conditions = spec.elements("matchConditions")
        var errors: [FieldError] = []
        if conditions.count > 64 { errors.append(.tooMany(path, Int64(conditions.count), 64)) }
        var names: Set<String> = []
        for (index, condition) in conditions.enumerated() {
            var checks = ObjectChecks(condition, at: path.index(index))
            check(&checks, "expression", missing: "")
            let name = checks.text("name")
            if name.isEmpty { checks.required("name") } else { checks.invalid("name", NameRule.qualifiedName.violations(in: name)) }
            if !name.isEmpty, !names.insert(name).inserted { checks.add([FieldError(.duplicate, at: checks.path.field("name"), value: .string(name))]) }
            errors += checks.errors
        }
        return errors
    }

    /// Checks an expression that must be there.
    private func check(_ checks: inout ObjectChecks, _ field: String, missing: String) {
        guard !isBlank(checks.text(field)) else { return checks.required(field, missing) }
        if let detail = problems[checks.path.field(field)] { checks.invalid(field, detail) }
    }

    private func checkVariables(_ spec: inout ObjectChecks) {
        for (index, variable) in spec.elements("variables").enumerated() {
            var checks = ObjectChecks(variable, at: spec.path.field("variables").index(index))
            let name = checks.text("name")
            if isBlank(name) {
                checks.required("name", "name is not specified")
            } else if !Self.isIdentifier(name) {
                checks.invalid("name", "name is not a valid CEL identifier")
            }
            check(&checks, "expression", missing: "expression is not specified")
            spec.add(checks.errors)
        }
    }

    private static let reserved: Set<String> = [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
        "return", "var", "void", "while",
    ]

    private static func isIdentifier(_ name: String) -> Bool {
        let isWord = name.utf8.allSatisfy { byte in
            let scalar = Unicode.Scalar(byte)
            return scalar == "_" || scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        }
        return isWord && name.first?.isNumber == false && !reserved.contains(name)
    }

    private func validationErrors(in validation: ObjectChecks) -> [FieldError] {
        var validation = validation
        check(&validation, "expression", missing: "expression is not specified")
        let messageExpression = validation.text("messageExpression")
        if !messageExpression.isEmpty {
            if isBlank(messageExpression) {
                validation.invalid("messageExpression", "must be non-empty if specified")
            } else {
                check(&validation, "messageExpression", missing: "")
            }
        }
        let message = validation.text("message")
        if !message.isEmpty {
            if isBlank(message) {
                validation.invalid("message", "message must be non-empty if specified")
            } else if trimmed(message).contains(where: \.isNewline) {
                validation.invalid("message", "message must not contain line breaks")
            }
        }
        validation.oneOf("reason", ["Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized"])
        return validation.errors
    }

    private func trimmed(_ text: String) -> Substring {
        var rest = text[...].drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }

    private func checkAnnotations(_ spec: inout ObjectChecks, policy: String) {
        let annotations = spec.elements("auditAnnotations")
        let path = spec.path.field("auditAnnotations")
        if annotations.count > 20 {
            let value = JSONValue.array(annotations).withGoFieldNames
            spec.add([FieldError(.invalid, at: path, value: value, "must not have more than 20 auditAnnotations")])
        }
        var keys: Set<String> = []
        for (index, annotation) in annotations.enumerated() {
            var checks = ObjectChecks(annotation, at: path.index(index))
            let key = checks.text("key")
            if policy.isEmpty {
                checks.invalid("key", "requires metadata.name be non-empty")
            } else {
                let full = "\(policy)/\(key)"
                checks.add(NameRule.qualifiedName.violations(in: full).map { FieldError(.invalid, at: checks.path.field("key"), value: .string(full), $0) })
            }
            if checks.text("valueExpression").utf8.count > 5 << 10 {
                checks.required("valueExpression", "must not exceed \(5 << 10) bytes in length")
            } else {
                check(&checks, "valueExpression", missing: "valueExpression is not specified")
            }
            if !keys.insert(key).inserted { checks.add([FieldError(.duplicate, at: checks.path.field("key"), value: .string(key))]) }
            spec.add(checks.errors)
        }
    }
}
