import Expressions
import KubernetesAPI

/// Evaluates the rules of one value, in Kubernetes' order and words.
///
/// Source: `validateExpressions` in
/// <https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go>.
struct RuleEvaluation {
    let subject: ValidationRuleSubject
    /// What evaluation may still cost; below 0 when it ended early.
    var budget: Int64
    var findings = ValidationRuleFindings()
    private let plain: [String: ExpressionValue]

    /// The longest text that a message expression may come to, in bytes.
    private static let messageLimit = 5 * 1024
    private static let outOfBudget = "validation failed due to running out of cost budget, no further validation rules will be run"

    init(subject: ValidationRuleSubject, budget: Int64) {
        self.subject = subject
        self.budget = budget
        var bindings = ["self": TypedValue.of(subject.value, subject.schema, isResource: subject.isResource)]
        if let old = subject.oldValue { bindings["oldSelf"] = TypedValue.of(old, subject.schema, isResource: subject.isResource) }
        plain = bindings
    }

    mutating func run(_ rules: [CompiledRule]) {
        guard budget > 0 else { return end(Self.outOfBudget) }
        for rule in rules {
            if let problem = rule.problem {
                fail(at: subject.path, "rule compile error: \(problem)")
                continue
            }
            guard let expression = rule.expression else { continue }
            let isOptional = rule.rule.optionalOldSelf ?? false
            if rule.usesOldSelf, subject.oldValue == nil, !isOptional { continue }
            var bindings = plain
            if isOptional { bindings["oldSelf"] = .optional(plain["oldSelf"]) }
            guard evaluate(rule, expression, bindings) else { return }
        }
    }

    /// False where nothing more can be evaluated.
    private mutating func evaluate(_ rule: CompiledRule, _ expression: CompiledExpression, _ bindings: [String: ExpressionValue]) -> Bool {
        var cost: UInt64 = 0
        let result = Result { () throws(ExpressionError) in try expression.evaluate(bindings, costLimit: CompiledRule.costLimit, cost: &cost) }
        guard spend(cost) else {
            end(Self.outOfBudget)
            return false
        }
        switch result {
        case .success(.bool(true)): return true
        case .success: return report(rule)
        case .failure(let error) where error.kind == .costLimit:
            end("'\(error.message)': no further validation rules will be run due to call cost exceeds limit for rule: \(rule.name)")
            return false
        case .failure(let error) where error.message.hasPrefix("no such overload"):
            let detail = "'\(error.message)': call arguments did not match a supported operator, function or macro signature for rule: \(rule.name)"
            fail(at: subject.path, detail)
        case .failure(let error): fail(at: subject.path, "\(error.message) evaluating rule: \(rule.name)")
        }
        return true
    }

    private mutating func spend(_ cost: UInt64) -> Bool {
        guard let cost = Int64(exactly: cost), cost <= budget else { return false }
        budget -= cost
        return true
    }

    private mutating func end(_ detail: String) {
        fail(at: subject.path, detail)
        budget = -1
    }

    private mutating func fail(at path: FieldPath, _ detail: String) {
        findings.errors.append(FieldError(.invalid, at: shown(path), value: .string(subject.schema.type), detail))
    }

    /// An error about the whole object has no path.
    private func shown(_ path: FieldPath) -> FieldPath { path.elements.isEmpty ? .whole : path }

    // MARK: Values that break a rule

    private mutating func report(_ rule: CompiledRule) -> Bool {
        var detail = rule.ownMessage
        if let message = rule.message {
            switch text(of: message) {
            case .text(let text): detail = text
            case .failed: break
            case .outOfBudget:
                let path = FieldPath(subject.path.elements + rule.fieldPath.elements)
                let words = "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run"
                add(FieldError(.invalid, at: shown(path), value: .string(subject.schema.type), words), rule)
                budget = -1
                return false
            }
        }
        add(error(rule, detail), rule)
        return true
    }

    private mutating func add(_ error: FieldError, _ rule: CompiledRule) {
        if subject.isUnchanged, !rule.usesOldSelf { findings.warnings.append(error.description) } else { findings.errors.append(error) }
    }

    private func error(_ rule: CompiledRule, _ detail: String) -> FieldError {
        let path = shown(FieldPath(subject.path.elements + rule.fieldPath.elements))
        // Only values that fit on a line are shown.
        var value: JSONValue?
        switch subject.value {
        case .object, .array: break
        case let scalar: value = scalar
        }
        switch rule.rule.reason {
        case "FieldValueForbidden": return FieldError(.forbidden, at: path, detail)
        case "FieldValueRequired": return FieldError(.required, at: path, detail)
        case "FieldValueDuplicate": return FieldError(.duplicate, at: path, value: value)
        default: return FieldError(.invalid, at: path, value: value, detail)
        }
    }

    private enum Message { case text(String), failed, outOfBudget }

    /// The message that an expression computes. It sees `oldSelf` as it is, also where the rule sees an optional.
    private mutating func text(of expression: CompiledExpression) -> Message {
        var cost: UInt64 = 0
        let result = Result { () throws(ExpressionError) in try expression.evaluate(plain, costLimit: CompiledRule.costLimit, cost: &cost) }
        guard spend(cost) else { return .outOfBudget }
        guard case .success(.string(let value)) = result else { return .failed }
        let text = String(value.trimmingWhitespace)
        guard !text.isEmpty, text.utf8.count <= Self.messageLimit, !text.contains(where: \.isNewline) else { return .failed }
        return .text(text)
    }
}
