/// Sums, differences, products and quotients, which fail rather than wrap.
enum Arithmetic {
    static func overflow(_ kind: String) -> EvaluationFailure { EvaluationFailure("\(kind) overflow") }

    private static func exact<Number>(_ result: (partialValue: Number, overflow: Bool), _ kind: String) throws(EvaluationFailure) -> Number {
        if result.overflow { throw overflow(kind) }
        return result.partialValue
    }

    static let add: Operators.Binary = { (left, right) throws(EvaluationFailure) in
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try exact(left.addingReportingOverflow(right), "integer"))
        case (.uint(let left), .uint(let right)): return .uint(try exact(left.addingReportingOverflow(right), "unsigned integer"))
        case (.double(let left), .double(let right)): return .double(left + right)
        case (.string(let left), .string(let right)): return .string(left + right)
        case (.bytes(let left), .bytes(let right)): return .bytes(left + right)
        case (.list(let left), .list(let right)): return .list(left.joined(with: right) ?? ConcatenatedList.joining(left, right))
        case (.duration(let left), .duration(let right)): return .duration(nanoseconds: try exact(left.addingReportingOverflow(right), "duration"))
        case (.timestamp(let time), .duration(let delta)), (.duration(let delta), .timestamp(let time)):
            guard let sum = time.adding(nanoseconds: delta) else { throw overflow("timestamp") }
            return .timestamp(sum)
        default: throw .noSuchOverload
        }
    }

    static let subtract: Operators.Binary = { (left, right) throws(EvaluationFailure) in
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try exact(left.subtractingReportingOverflow(right), "integer"))
        case (.uint(let left), .uint(let right)): return .uint(try exact(left.subtractingReportingOverflow(right), "unsigned integer"))
        case (.double(let left), .double(let right)): return .double(left - right)
        case (.duration(let left), .duration(let right)): return .duration(nanoseconds: try exact(left.subtractingReportingOverflow(right), "duration"))
        case (.timestamp(let time), .duration(let delta)):
            guard delta != .min, let difference = time.adding(nanoseconds: -delta) else { throw overflow("timestamp") }
            return .timestamp(difference)
        case (.timestamp(let left), .timestamp(let right)):
            guard let difference = left.nanoseconds(since: right) else { throw overflow("timestamp") }
            return .duration(nanoseconds: difference)
        default: throw .noSuchOverload
        }
    }

    static let multiply: Operators.Binary = { (left, right) throws(EvaluationFailure) in
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try exact(left.multipliedReportingOverflow(by: right), "integer"))
        case (.uint(let left), .uint(let right)): return .uint(try exact(left.multipliedReportingOverflow(by: right), "unsigned integer"))
        case (.double(let left), .double(let right)): return .double(left * right)
        default: throw .noSuchOverload
        }
    }

    static let divide: Operators.Binary = { (left, right) throws(EvaluationFailure) in
        switch (left, right) {
        case (.int(_), .int(0)), (.uint(_), .uint(0)): throw EvaluationFailure("division by zero")
        case (.int(let left), .int(let right)): return .int(try exact(left.dividedReportingOverflow(by: right), "integer"))
        case (.uint(let left), .uint(let right)): return .uint(left / right)
        case (.double(let left), .double(let right)): return .double(left / right)
        default: throw .noSuchOverload
        }
    }

    static let remainder: Operators.Binary = { (left, right) throws(EvaluationFailure) in
        switch (left, right) {
        case (.int(_), .int(0)), (.uint(_), .uint(0)): throw EvaluationFailure("modulus by zero")
        case (.int(let left), .int(let right)): return .int(try exact(left.remainderReportingOverflow(dividingBy: right), "integer"))
        case (.uint(let left), .uint(let right)): return .uint(left % right)
        default: throw .noSuchOverload
        }
    }
}

/// Two lists one after the other, without a copy as long as they are large and few.
struct ConcatenatedList: ExpressionList {
    let left: any ExpressionList
    let right: any ExpressionList
    let count: Int

    subscript(index: Int) -> ExpressionValue { index < left.count ? left[index] : right[index - left.count] }

    static func joining(_ left: any ExpressionList, _ right: any ExpressionList) -> any ExpressionList {
        if left.count == 0 { return right }
        if right.count == 0 { return left }
        // A chain of these would make every access slow.
        if left is ConcatenatedList || right is ConcatenatedList || left.count + right.count < 64 {
            return ArrayList(left.elements + right.elements)
        }
        return ConcatenatedList(left: left, right: right, count: left.count + right.count)
    }
}

extension ExpressionList {
    /// All elements, made.
    public var elements: [ExpressionValue] { (0..<count).map { self[$0] } }
}
