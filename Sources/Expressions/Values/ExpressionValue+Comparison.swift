extension ExpressionValue {
    enum Order { case less, equal, greater, unordered }

    /// `==` of the language: numbers by their worth whatever their type, and values of different types are never equal.
    public func isEqual(to other: ExpressionValue) -> Bool {
        var work = Int.max
        return isEqual(to: other, work: &work)
    }

    /// How many parts `==` of an expression compares: nested lists that hold the same list again and again have no other bound.
    private static let workLimit = 5_000_000

    func isEqualWithinLimit(to other: ExpressionValue) throws(EvaluationFailure) -> Bool {
        var work = Self.workLimit
        let isEqual = isEqual(to: other, work: &work)
        if work <= 0 { throw EvaluationFailure("operation cancelled: actual cost limit exceeded", kind: .costLimit) }
        return isEqual
    }

    /// Counts `work` down and gives up, with any answer, when it is used up.
    private func isEqual(to other: ExpressionValue, work: inout Int) -> Bool {
        work -= 1
        guard work > 0 else { return false }
        switch (self, other) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.int(let left), .int(let right)): return left == right
        case (.string(let left), .string(let right)): return left.hasSameCodePoints(as: right)
        case (.bytes(let left), .bytes(let right)): return left == right
        case (.int, .uint), (.int, .double), (.uint, .int), (.uint, .uint), (.uint, .double), (.double, .int), (.double, .uint), (.double, .double):
            return compareNumbers(to: other) == .equal
        case (.list(let left), .list(let right)):
            guard left.count == right.count else { return false }
            if let isEqual = left.equality(to: right) ?? right.equality(to: left) { return isEqual }
            for index in 0..<left.count where !left[index].isEqual(to: right[index], work: &work) { return false }
            return true
        case (.map(let left), .map(let right)):
            guard left.count == right.count else { return false }
            for key in left.keys {
                guard let member = left.value(forKey: key), let other = right.value(forKey: key), member.isEqual(to: other, work: &work) else { return false }
            }
            return true
        case (.type(let left), .type(let right)): return left.runtimeName == right.runtimeName
        case (.timestamp(let left), .timestamp(let right)): return left == right
        case (.duration(let left), .duration(let right)): return left == right
        case (.optional(nil), .optional(nil)): return true
        case (.optional(.some(let left)), .optional(.some(let right))): return left.isEqual(to: right, work: &work)
        case (.opaque(let left), .opaque(let right)): return left.isEqual(to: right)
        default: return false
        }
    }

    /// The order of two values that can be ordered.
    func compare(to other: ExpressionValue) throws(EvaluationFailure) -> Order {
        switch (self, other) {
        case (.bool(let left), .bool(let right)): return Self.order(left ? 1 : 0, right ? 1 : 0)
        case (.int(let left), .int(let right)): return Self.order(left, right)
        case (.string(let left), .string(let right)):
            if left.hasSameCodePoints(as: right) { return .equal }
            // The order of code points is that of UTF-8.
            return left.utf8.lexicographicallyPrecedes(right.utf8) ? .less : .greater
        case (.bytes(let left), .bytes(let right)): return left == right ? .equal : left.lexicographicallyPrecedes(right) ? .less : .greater
        case (.timestamp(let left), .timestamp(let right)): return Self.order(left, right)
        case (.duration(let left), .duration(let right)): return Self.order(left, right)
        default:
            guard let order = compareNumbers(to: other) else { throw .noSuchOverload }
            return order
        }
    }

    private func compareNumbers(to other: ExpressionValue) -> Order? {
        switch (self, other) {
        case (.int(let left), .int(let right)): Self.order(left, right)
        case (.uint(let left), .uint(let right)): Self.order(left, right)
        case (.double(let left), .double(let right)): Self.order(left, orUnordered: right)
        case (.int(let left), .uint(let right)): left < 0 ? .less : Self.order(UInt64(left), right)
        case (.uint(let left), .int(let right)): right < 0 ? .greater : Self.order(left, UInt64(right))
        // Rounded to a double first, as cel-go compares them.
        case (.int(let left), .double(let right)): Self.order(Double(left), orUnordered: right)
        case (.uint(let left), .double(let right)): Self.order(Double(left), orUnordered: right)
        case (.double(let left), .int(let right)): Self.order(left, orUnordered: Double(right))
        case (.double(let left), .uint(let right)): Self.order(left, orUnordered: Double(right))
        default: nil
        }
    }

    private static func order<T: Comparable>(_ left: T, _ right: T) -> Order { left < right ? .less : left == right ? .equal : .greater }

    private static func order(_ left: Double, orUnordered right: Double) -> Order { left.isNaN || right.isNaN ? .unordered : order(left, right) }
}
