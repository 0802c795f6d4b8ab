/// Where an expression gets its variables from.
public protocol ExpressionBindings: Sendable {
    func value(of variable: String) -> ExpressionValue?
}

extension Dictionary: ExpressionBindings where Key == String, Value == ExpressionValue {
    public func value(of variable: String) -> ExpressionValue? { self[variable] }
}

/// An expression that is ready to be evaluated any number of times, from any thread.
public struct CompiledExpression: Sendable {
    let source: Source
    let step: any Step
    let localCount: Int
    /// What the checker derived; `dyn` when it did not run.
    public let type: ExpressionType

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
        let frame = Frame(bindings: bindings, localCount: localCount, costLimit: costLimit, isCancelled: isCancelled)
        do {
            let value = try step.evaluate(frame)
            return Outcome(value: value, cost: frame.cost)
        } catch {
            throw ExpressionError(kind: error.kind, issues: [source.issue(error.message, at: error.offset ?? 0)])
        }
    }
}
