import Expressions
import KubernetesAPI

/// What one policy says about one request with one set of parameters.
///
/// Source: <https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/validator.go>.
struct PolicyEvaluation {
    /// Why a request is not to pass.
    struct Refusal: Hashable, Sendable {
        var message: String
        /// The reason of the status.
        var reason = "Invalid"
    }

    /// What came of an evaluation.
    struct Findings: Sendable {
        /// Everything that is wrong with the request, in the order of the validations.
        var refusals: [Refusal] = []
        /// Annotations of audit events that could not be computed, which refuses the request whatever the binding says.
        var annotationErrors: [String] = []
    }

    /// What ends the evaluation of a list of expressions.
    private struct Stop: Error { let message: String }

    private static let budget: Int64 = 10_000_000
    private static let conditionBudget: Int64 = budget / 4
    private static let messageLimit = 5 * 1024

    let expressions: PolicyExpressions
    /// Whether errors count as refusals.
    let failsClosed: Bool
    let variables: [String: ExpressionValue]

    func findings() -> Findings {
        var findings = Findings()
        do throws(Stop) {
            guard try conditionsHold() else { return findings }
            let bindings = PolicyBindings(variables, variables: expressions.variables)
            var budget = Self.budget
            var results: [Result<ExpressionValue, Stop>] = []
            for validation in expressions.validations { results.append(try evaluate(validation.compiled, validation.text, bindings, &budget)) }
            let messages = messages(results, bindings, &budget)
            for (index, validation) in expressions.validations.enumerated() {
                switch results[index] {
                case .success(.bool(true)): break
                case .success: findings.refusals.append(Refusal(message: messages[index] ?? validation.ownMessage, reason: validation.reason ?? "Invalid"))
                case .failure(let stop): if failsClosed { findings.refusals.append(Refusal(message: stop.message)) }
                }
            }
            for annotation in expressions.annotations {
                if case .failure(let stop) = try evaluate(annotation.compiled, annotation.text, bindings, &budget), failsClosed {
                    findings.annotationErrors.append(stop.message)
                }
            }
        } catch {
            if failsClosed { findings.refusals.append(Refusal(message: error.message)) }
        }
        return findings
    }

    /// Whether the policy is about the request at all. One condition that does not hold decides, whatever the others come to.
    private func conditionsHold() throws(Stop) -> Bool {
        guard !expressions.conditions.isEmpty else { return true }
        var variables = variables
        variables["namespaceObject"] = .null
        let bindings = PolicyBindings(variables)
        var budget = Self.conditionBudget
        var errors: [String] = []
        var holds = true
        do throws(Stop) {
            for condition in expressions.conditions {
                switch try evaluate(condition.compiled, condition.text, bindings, &budget) {
                case .success(.bool(false)): holds = false
                case .success: break
                case .failure(let stop): errors.append(stop.message)
                }
            }
        } catch {
            guard failsClosed else { return false }
            throw error
        }
        guard holds, let first = errors.first else { return holds }
        guard failsClosed else { return false }
        throw Stop(message: errors.count == 1 ? first : "[\(errors.joined(separator: ", "))]")
    }

    private func evaluate(
        _ compiled: PolicyExpressions.Compiled, _ text: String, _ bindings: PolicyBindings, _ budget: inout Int64
    ) throws(Stop) -> Result<ExpressionValue, Stop> {
        let expression: CompiledExpression
        switch compiled {
        case .success(let compiled): expression = compiled
        case .failure(let problem): return .failure(Stop(message: "compilation error: \(problem.detail)"))
        }
        var cost: UInt64 = 0
        let result = Result { () throws(ExpressionError) in try expression.evaluate(bindings, cost: &cost) }
        guard let spent = Int64(exactly: cost.addingOrMaximum(bindings.takeCost())), spent <= budget else {
            throw Stop(message: "validation failed due to running out of cost budget, no further validation rules will be run")
        }
        budget -= spent
        return result.mapError { Stop(message: "expression '\(text)' resulted in error: \($0.message)") }
    }

    /// The computed messages of the validations that failed; nil where there is none that can be used.
    private func messages(_ results: [Result<ExpressionValue, Stop>], _ bindings: PolicyBindings, _ budget: inout Int64) -> [String?] {
        zip(expressions.validations, results).map { validation, result in
            guard case .success(let value) = result, !value.isEqual(to: .bool(true)), let message = validation.messageExpression else { return nil }
            guard
                case .success(.success(.string(let text))) = Result(catching: { () throws(Stop) in
                    try evaluate(message, validation.messageText, bindings, &budget)
                })
            else { return nil }
            let trimmed = String(text.trimmingWhitespace)
            return trimmed.isEmpty || trimmed.utf8.count > Self.messageLimit || trimmed.contains("\n") ? nil : trimmed
        }
    }
}

extension PolicyExpressions.Validation {
    /// What is said when nothing was computed.
    fileprivate var ownMessage: String {
        let message = String(self.message.trimmingWhitespace)
        return message.isEmpty ? "failed expression: \(text.trimmingWhitespace)" : message
    }
}
