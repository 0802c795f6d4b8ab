public import KubernetesAPI

/// What Kubernetes requires of the expressions in a ValidatingAdmissionPolicy.
///
/// Only expressions that are there are looked at: that they must be is for the rules of the kind, as are names and messages.
public enum AdmissionPolicyRules {
    /// Expressions that do not compile or come to a value of another type than they must, in the order in which Kubernetes finds them.
    ///
    /// - Parameter policy: the whole object.
    public static func expressionErrors(in policy: JSONObject) -> [FieldError] {
        let expressions = PolicyExpressions(spec: policy["spec"])
        let spec = FieldPath("spec")
        var errors: [FieldError] = []
        func check(_ text: String, _ compiled: PolicyExpressions.Compiled, _ path: FieldPath) {
            guard !text.trimmingWhitespace.isEmpty, case .failure(let problem) = compiled else { return }
            errors.append(FieldError(.invalid, at: path, value: .string(text), problem.detail))
        }
        for (index, condition) in expressions.conditions.enumerated() {
            check(condition.text, condition.compiled, spec.field("matchConditions").index(index).field("expression"))
        }
        for (index, variable) in expressions.variables.enumerated() {
            check(variable.text, variable.compiled, spec.field("variables").index(index).field("expression"))
        }
        for (index, validation) in expressions.validations.enumerated() {
            let path = spec.field("validations").index(index)
            check(validation.text, validation.compiled, path.field("expression"))
            if let message = validation.messageExpression { check(validation.messageText, message, path.field("messageExpression")) }
        }
        for (index, annotation) in expressions.annotations.enumerated() {
            check(annotation.text, annotation.compiled, spec.field("auditAnnotations").index(index).field("valueExpression"))
        }
        return errors
    }
}
