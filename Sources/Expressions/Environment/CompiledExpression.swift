/// Where an expression gets its variables from.
public protocol ExpressionBindings: Sendable {
    /// The value; nil where the variable has none. What is thrown ends the evaluation that asked.
    func value(of variable: String) throws(EvaluationFailure) -> ExpressionValue?
}

extension Dictionary: ExpressionBindings where Key == String, Value == ExpressionValue {
    public func value(of variable: String) -> ExpressionValue? { self[variable] }
}

/// An expression that is ready to be evaluated any number of times, from any thread.
public struct CompiledExpression: Sendable {
    let source: Source
    let node: SyntaxNode
    /// Nil when the checker did not run.
    let facts: CheckedFacts?
    let step: any Step
    let localCount: Int

    /// What the checker derived; `dyn` when it did not run.
    public var type: ExpressionType { facts?.type ?? .dyn }

    /// Whether the checker met the variable in the expression.
    public func uses(_ variable: String) -> Bool { facts?.references.contains(variable) ?? false }

    /// A result with what it cost.
    public struct Outcome: Sendable {
        public let value: ExpressionValue
        /// In the units of cel-go's runtime cost.
        public let cost: UInt64
    }

    /// What Kubernetes lets one evaluation cost.
    public static let defaultCostLimit: UInt64 = 1_000_000

    /// Evaluates the expression.
    ///
    /// - Parameters:
    ///   - costLimit: what evaluation may cost, in the units of cel-go's runtime cost.
    ///   - isCancelled: asked every hundred iterations of macros.
    /// - Throws: ``ExpressionError`` of kind `evaluation`, `costLimit` or `cancelled`.
    public func evaluate(
        _ bindings: any ExpressionBindings = [String: ExpressionValue](), costLimit: UInt64 = defaultCostLimit, isCancelled: (@Sendable () -> Bool)? = nil
    ) throws(ExpressionError) -> Outcome {
        var cost: UInt64 = 0
        return Outcome(value: try evaluate(bindings, costLimit: costLimit, isCancelled: isCancelled, cost: &cost), cost: cost)
    }

    /// Evaluates the expression and says what that cost, also where it fails.
    public func evaluate(
        _ bindings: any ExpressionBindings, costLimit: UInt64 = defaultCostLimit, isCancelled: (@Sendable () -> Bool)? = nil, cost: inout UInt64
    ) throws(ExpressionError) -> ExpressionValue {
        let frame = Frame(bindings: bindings, localCount: localCount, costLimit: costLimit, isCancelled: isCancelled)
        defer { cost = frame.cost }
        do {
            return try step.evaluate(frame)
        } catch {
            throw ExpressionError(kind: error.kind, issues: [source.issue(error.message, at: error.offset ?? 0)])
        }
    }
}
