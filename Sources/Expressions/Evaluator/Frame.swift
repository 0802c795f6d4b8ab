/// The state of one evaluation.
final class Frame {
    let bindings: any ExpressionBindings
    /// The variables of macros; the planner gives each its place.
    var locals: [ExpressionValue]
    private(set) var cost: UInt64 = 0
    private let costLimit: UInt64
    private let isCancelled: (@Sendable () -> Bool)?
    private var iterations = 0

    init(bindings: any ExpressionBindings, localCount: Int, costLimit: UInt64, isCancelled: (@Sendable () -> Bool)?) {
        self.bindings = bindings
        locals = localCount == 0 ? [] : Array(repeating: .null, count: localCount)
        self.costLimit = costLimit
        self.isCancelled = isCancelled
    }

    @inline(__always)
    func charge(_ units: UInt64) throws(EvaluationFailure) {
        cost &+= units
        if cost > costLimit || cost < units { throw EvaluationFailure("operation cancelled: actual cost limit exceeded", kind: .costLimit) }
    }

    /// Called for each element that a macro visits.
    func countIteration() throws(EvaluationFailure) {
        iterations += 1
        if iterations % 100 == 0, let isCancelled, isCancelled() { throw EvaluationFailure("operation interrupted", kind: .cancelled) }
    }
}

/// A part of an expression that is ready to be evaluated.
protocol Step: Sendable {
    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue
}
