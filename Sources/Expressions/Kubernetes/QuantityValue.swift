/// An amount such as `500Mi` or `0.5`, exact to the nano: <https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>.
public struct QuantityValue: OpaqueValue, CustomStringConvertible {
    static let unit: Int128 = 1_000_000_000
    /// Larger amounts are capped when they are read, as Kubernetes does.
    private static let limit = Int128(Int64.max) * unit

    /// In billionths.
    let nanos: Int128

    public var type: ExpressionType { .opaque("kubernetes.Quantity") }
    public func isEqual(to other: any OpaqueValue) -> Bool { (other as? QuantityValue)?.nanos == nanos }

    public var description: String {
        let (whole, rest) = nanos.magnitude.quotientAndRemainder(dividingBy: Self.unit.magnitude)
        var text = (nanos < 0 ? "-" : "") + String(whole)
        if rest != 0 {
            let digits = String(rest)
            var fraction = String(repeating: "0", count: 9 - digits.count) + digits
            while fraction.hasSuffix("0") { fraction.removeLast() }
            text += "." + fraction
        }
        return text
    }

    init(nanos: Int128) { self.nanos = nanos }

    /// Reads a quantity; nil for other text. What is smaller than a billionth is rounded away from zero.
    public init?(parsing text: String) {
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == 45
        if rest.first == 45 || rest.first == 43 { rest.removeFirst() }
        let whole = rest.prefix { (48...57).contains($0) }
        rest = rest.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if rest.first == 46 {
            rest.removeFirst()
            fraction = rest.prefix { (48...57).contains($0) }
            rest = rest.dropFirst(fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty, whole.count + fraction.count <= 1000 else { return nil }
        guard let (base, exponent) = Self.scale(String(decoding: rest, as: UTF8.self)) else { return nil }
        // digits × base^exponent × 10^(9 − fraction digits), in nanos.
        let digits = (whole + fraction).drop { $0 == 48 }
        if digits.isEmpty {
            nanos = 0
            return
        }
        let power = 9 - fraction.count + (base == 10 ? exponent : 0)
        let factor: Int128 = base == 2 ? Int128(1) << Int128(exponent) : 1
        guard let value = Self.scaled(digits, power: power, factor: factor) else { return nil }
        nanos = isNegative ? -value : value
    }

    /// The digits times ten to the `power` times `factor`, rounded up and capped.
    private static func scaled(_ digits: ArraySlice<UInt8>, power: Int, factor: Int128) -> Int128? {
        // 30 digits are beyond the cap whatever follows; digits dropped by a negative power only count for rounding.
        let kept = digits.count + min(0, power)
        if digits.count + power > 30 { return limit }
        if factor == 1 {
            var value: Int128 = 0
            for digit in digits.prefix(max(0, kept)) { value = value * 10 + Int128(digit - 48) }
            for _ in 0..<max(0, power) { value *= 10 }
            if digits.dropFirst(max(0, kept)).contains(where: { $0 != 48 }) { value += 1 }
            return min(value, limit)
        }
        // A binary factor does not shift the point: the product is made first, with as many digits as it can hold.
        var numerator: Int128 = 0
        var power = power
        var isInexact = false
        for (index, digit) in digits.enumerated() {
            if numerator > (Int128.max / factor - 9) / 10 {
                power += digits.count - index
                isInexact = digits.dropFirst(index).contains { $0 != 48 }
                break
            }
            numerator = numerator * 10 + Int128(digit - 48)
        }
        var value = numerator * factor
        while power > 0 {
            if value > limit { return limit }
            value *= 10
            power -= 1
        }
        while power < 0 {
            if value % 10 != 0 { isInexact = true }
            value /= 10
            power += 1
        }
        return min(isInexact ? value + 1 : value, limit)
    }

    private static func scale(_ suffix: String) -> (base: Int, exponent: Int)? {
        switch suffix {
        case "": return (10, 0)
        case "n": return (10, -9)
        case "u": return (10, -6)
        case "m": return (10, -3)
        case "k": return (10, 3)
        case "M": return (10, 6)
        case "G": return (10, 9)
        case "T": return (10, 12)
        case "P": return (10, 15)
        case "E": return (10, 18)
        case "Ki": return (2, 10)
        case "Mi": return (2, 20)
        case "Gi": return (2, 30)
        case "Ti": return (2, 40)
        case "Pi": return (2, 50)
        case "Ei": return (2, 60)
        default:
            guard suffix.hasPrefix("e") || suffix.hasPrefix("E"), suffix.utf8.count <= 6, let exponent = Int(suffix.dropFirst()) else { return nil }
            return (10, exponent)
        }
    }

    /// The amount as a whole number, where it is one that fits.
    var integer: Int64? { nanos % Self.unit == 0 ? Int64(exactly: nanos / Self.unit) : nil }
}

extension ExpressionLibrary {
    private static let quantity = ExpressionType.opaque("kubernetes.Quantity")

    /// <https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-quantity-library>
    public static let quantities = ExpressionLibrary(
        functions: [
            ExpressionFunction(
                "quantity",
                [
                    .function([.string], quantity, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                        let text = try arguments.string(0)
                        guard let value = QuantityValue(parsing: text) else {
                            throw EvaluationFailure(
                                "quantity \(text.quotedForMessage) is not valid: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
                            )
                        }
                        return .opaque(value)
                    }
                ]),
            ExpressionFunction(
                "isQuantity",
                [
                    .function([.string], .bool, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                        .bool(QuantityValue(parsing: try arguments.string(0)) != nil)
                    }
                ]),
            ExpressionFunction(
                "isInteger",
                [
                    .member([quantity], .bool) { (arguments) throws(EvaluationFailure) in
                        .bool(try arguments.opaque(0, as: QuantityValue.self).integer != nil)
                    }
                ]),
            ExpressionFunction(
                "asInteger",
                [
                    .member([quantity], .int) { (arguments) throws(EvaluationFailure) in
                        guard let value = try arguments.opaque(0, as: QuantityValue.self).integer else {
                            throw EvaluationFailure("cannot convert value to integer")
                        }
                        return .int(value)
                    }
                ]),
            ExpressionFunction(
                "asApproximateFloat",
                [
                    .member([quantity], .double) { (arguments) throws(EvaluationFailure) in
                        // The text has all digits, so that the nearest double is read.
                        .double(Double(try arguments.opaque(0, as: QuantityValue.self).description) ?? 0)
                    }
                ]),
            ExpressionFunction(
                "sign",
                [
                    .member([quantity], .int) { (arguments) throws(EvaluationFailure) in
                        .int(Int64(try arguments.opaque(0, as: QuantityValue.self).nanos.signum()))
                    }
                ]),
            sum("add") { $0.addingReportingOverflow($1) }, sum("sub") { $0.subtractingReportingOverflow($1) },
            comparison("compareTo", .int) { $0 == $1 ? .int(0) : .int($0 < $1 ? -1 : 1) },
            comparison("isLessThan", .bool) { .bool($0 < $1) }, comparison("isGreaterThan", .bool) { .bool($0 > $1) },
        ], types: [quantity])

    private static func sum(_ name: String, _ operation: @escaping @Sendable (Int128, Int128) -> (partialValue: Int128, overflow: Bool)) -> ExpressionFunction {
        ExpressionFunction(
            name,
            [ExpressionType.int, quantity].map { other in
                .member([quantity, other], quantity) { (arguments) throws(EvaluationFailure) in
                    let right: Int128
                    if case .int(let value) = arguments[1] {
                        right = Int128(value) * QuantityValue.unit
                    } else {
                        right = try arguments.opaque(1, as: QuantityValue.self).nanos
                    }
                    let (value, overflow) = operation(try arguments.opaque(0, as: QuantityValue.self).nanos, right)
                    if overflow { throw Arithmetic.overflow("quantity") }
                    return .opaque(QuantityValue(nanos: value))
                }
            })
    }

    private static func comparison(
        _ name: String, _ result: ExpressionType, _ compare: @escaping @Sendable (Int128, Int128) -> ExpressionValue
    ) -> ExpressionFunction {
        ExpressionFunction(
            name,
            [
                .member([quantity, quantity], result) { (arguments) throws(EvaluationFailure) in
                    compare(try arguments.opaque(0, as: QuantityValue.self).nanos, try arguments.opaque(1, as: QuantityValue.self).nanos)
                }
            ])
    }
}
