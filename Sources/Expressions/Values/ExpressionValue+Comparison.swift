extension ExpressionValue {
    enum Order { case less, equal, greater, unordered }

    /// `==` of the language: numbers by their worth whatever their type, and values of different types are never equal.
    public func isEqual(to other: ExpressionValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameCodePoints(as: right)
        case (.bytes(let left), .bytes(let right)): left == right
        case (.int, .uint), (.int, .double), (.uint, .int), (.uint, .uint), (.uint, .double), (.double, .int), (.double, .uint), (.double, .double):
            compareNumbers(to: other) == .equal
        case (.list(let left), .list(let right)):
            left.count == right.count && (0..<left.count).allSatisfy { left[$0].isEqual(to: right[$0]) }
        case (.map(let left), .map(let right)): left.count == right.count && Self.haveSameMembers(left, right)
        case (.type(let left), .type(let right)): left.runtimeName == right.runtimeName
        case (.timestamp(let left), .timestamp(let right)): left == right
        case (.duration(let left), .duration(let right)): left == right
        case (.optional(nil), .optional(nil)): true
        case (.optional(.some(let left)), .optional(.some(let right))): left.isEqual(to: right)
        case (.opaque(let left), .opaque(let right)): left.isEqual(to: right)
        default: false
        }
    }

    private static func haveSameMembers(_ left: any ExpressionMap, _ right: any ExpressionMap) -> Bool {
        for key in left.keys {
            guard let member = left.value(forKey: key), let other = right.value(forKey: key), member.isEqual(to: other) else { return false }
        }
        return true
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
