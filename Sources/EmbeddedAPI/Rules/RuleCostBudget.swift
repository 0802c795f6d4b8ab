import Expressions
import Foundation
import KubernetesAPI

/// Adds up what the rules of a definition's version cost by the estimate, and refuses what costs too much.
struct RuleCostBudget {
    /// For one rule or message.
    static let expressionLimit: UInt64 = 10_000_000
    /// For all of a version.
    static let schemaLimit: UInt64 = 100_000_000
    /// How many of the most expensive are named.
    private static let named = 4

    private var total: UInt64 = 0
    private var expensive: [(path: FieldPath, cost: UInt64)] = []

    /// Counts an expression; an error where it costs too much by itself.
    mutating func spend(_ cost: UInt64, _ what: String, at path: FieldPath) -> FieldError? {
        total = total.addingOrMaximum(cost)
        if cost >= Self.schemaLimit / 100 {
            let position = expensive.firstIndex { $0.cost < cost } ?? expensive.endIndex
            expensive.insert((path, cost), at: position)
            if expensive.count > Self.named { expensive.removeLast() }
        }
        guard cost > Self.expressionLimit else { return nil }
        return FieldError(.forbidden, at: path, Self.message("estimated \(what) cost", cost, Self.expressionLimit))
    }

    /// What is wrong with all expressions together.
    func errors(schemaPath: FieldPath) -> [FieldError] {
        guard total > Self.schemaLimit else { return [] }
        let detail = "contributed to estimated rule & messageExpression cost total exceeding cost limit for entire OpenAPIv3 schema"
        let whole = "x-kubernetes-validations estimated rule & messageExpression cost total for entire OpenAPIv3 schema"
        return expensive.map { FieldError(.forbidden, at: $0.path, detail) }
            + [FieldError(.forbidden, at: schemaPath, Self.message(whole, total, Self.schemaLimit))]
    }

    private static func message(_ what: String, _ cost: UInt64, _ limit: UInt64) -> String {
        let factor = Double(cost) / Double(limit)
        let text = factor > 100 ? "more than 100x" : factor < 1.5 ? String(format: "%fx", factor) : String(format: "%.1fx", factor)
        return "\(what) exceeds budget by factor of \(text) (try simplifying the rule, or adding maxItems, maxProperties, and maxLength "
            + "where arrays, maps, and strings are declared)"
    }
}
