import Expressions
import KubernetesAPI
import Synchronization

/// The variables of a policy for one request. The policy's own ones are computed when they are asked for, once.
final class PolicyBindings: ExpressionBindings, Sendable {
    private struct Computed {
        var values: [String: Result<ExpressionValue, EvaluationFailure>] = [:]
        var cost: UInt64 = 0
    }

    private let given: [String: ExpressionValue]
    private let variables: [String: PolicyExpressions.Variable]
    private let computed = Mutex(Computed())

    init(_ given: [String: ExpressionValue], variables: [PolicyExpressions.Variable] = []) {
        self.given = given
        self.variables = Dictionary(variables.map { ("variables.\($0.name)", $0) }) { $1 }
    }

    func value(of name: String) throws(EvaluationFailure) -> ExpressionValue? {
        if let value = given[name] { return value }
        if name == "variables" { return .map(VariableMap(bindings: self)) }
        guard let variable = variables[name] else { return nil }
        if let known = computed.withLock({ $0.values[name] }) { return try known.get() }
        let result = Result { () throws(EvaluationFailure) in try compute(variable) }
        computed.withLock { $0.values[name] = result }
        return try result.get()
    }

    private func compute(_ variable: PolicyExpressions.Variable) throws(EvaluationFailure) -> ExpressionValue {
        switch variable.compiled {
        case .failure(let problem): throw EvaluationFailure("composited variable \(variable.name.quotedAsGo) fails to compile: \(problem.detail)")
        case .success(let expression):
            var cost: UInt64 = 0
            defer { computed.withLock { $0.cost = $0.cost.addingOrMaximum(cost) } }
            do {
                return try expression.evaluate(self, cost: &cost)
            } catch {
                throw EvaluationFailure("composited variable \(variable.name.quotedAsGo) fails to evaluate: \(error.message)")
            }
        }
    }

    /// What the computation of variables has cost since it was asked last.
    func takeCost() -> UInt64 {
        computed.withLock { computed in
            defer { computed.cost = 0 }
            return computed.cost
        }
    }

    var names: [String] { variables.values.map(\.name).sorted() }

    /// `variables` as a whole, for `has(variables.x)` and the like.
    private struct VariableMap: ExpressionMap {
        let bindings: PolicyBindings

        var count: Int { bindings.names.count }
        var keys: [ExpressionValue] { bindings.names.map { .string($0) } }
        func value(named name: String) -> ExpressionValue? { try? bindings.value(of: "variables.\(name)") }
    }
}
