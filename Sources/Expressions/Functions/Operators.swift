/// The operators: what the checker knows of them, and what they do.
enum Operators {
    typealias Binary = @Sendable (ExpressionValue, ExpressionValue) throws(EvaluationFailure) -> ExpressionValue
    typealias Unary = @Sendable (ExpressionValue) throws(EvaluationFailure) -> ExpressionValue

    enum BinaryCost: Sendable {
        case one
        /// A tenth of the smaller operand's size.
        case smaller
        /// A tenth of both sizes for text.
        case both
        case rightElements
    }

    /// The types that an operator or function is declared with.
    struct Signature: Sendable {
        let isMember: Bool
        let parameters: [ExpressionType]
        let result: ExpressionType

        init(_ parameters: [ExpressionType], _ result: ExpressionType) { (isMember, self.parameters, self.result) = (false, parameters, result) }
        init(_ overload: ExpressionFunction.Overload) { (isMember, parameters, result) = (overload.isMember, overload.parameters, overload.result) }
    }

    static let unary: [String: Unary] = ["!_": not, "-_": negate]

    static let binary: [String: (Binary, BinaryCost)] = [
        "_==_": ({ (left, right) throws(EvaluationFailure) in .bool(try left.isEqualWithinLimit(to: right)) }, .smaller),
        "_!=_": ({ (left, right) throws(EvaluationFailure) in .bool(try !left.isEqualWithinLimit(to: right)) }, .smaller),
        "_<_": ({ (left, right) throws(EvaluationFailure) in .bool(try left.compare(to: right) == .less) }, .smaller),
        "_<=_": (
            { (left, right) throws(EvaluationFailure) in
                let order = try left.compare(to: right)
                return .bool(order == .less || order == .equal)
            }, .smaller
        ),
        "_>_": ({ (left, right) throws(EvaluationFailure) in .bool(try left.compare(to: right) == .greater) }, .smaller),
        "_>=_": (
            { (left, right) throws(EvaluationFailure) in
                let order = try left.compare(to: right)
                return .bool(order == .greater || order == .equal)
            }, .smaller
        ),
        "_+_": (Arithmetic.add, .both), "_-_": (Arithmetic.subtract, .one), "_*_": (Arithmetic.multiply, .one),
        "_/_": (Arithmetic.divide, .one), "_%_": (Arithmetic.remainder, .one),
        "@in": (contains, .rightElements), "_[_]": (element, .one), "_[?_]": (optionalElement, .one),
    ]

    static let declarations: [String: [Signature]] = {
        let (a, b) = (ExpressionType.parameter("A"), ExpressionType.parameter("B"))
        let numbers: [ExpressionType] = [.int, .uint, .double]
        var order = numbers.flatMap { left in numbers.map { Signature([left, $0], .bool) } }
        order += [ExpressionType.bool, .string, .bytes, .timestamp, .duration].map { Signature([$0, $0], .bool) }
        func same(_ types: [ExpressionType]) -> [Signature] { types.map { Signature([$0, $0], $0) } }
        let equal = [Signature([a, a], .bool)]
        return [
            "_==_": equal, "_!=_": equal, "_<_": order, "_<=_": order, "_>_": order, "_>=_": order,
            "_+_": same(numbers + [.string, .bytes, .list(a), .duration])
                + [Signature([.timestamp, .duration], .timestamp), Signature([.duration, .timestamp], .timestamp)],
            "_-_": same(numbers + [.duration]) + [Signature([.timestamp, .timestamp], .duration), Signature([.timestamp, .duration], .timestamp)],
            "_*_": same(numbers), "_/_": same(numbers), "_%_": same([.int, .uint]),
            "@in": [Signature([a, .list(a)], .bool), Signature([a, .map(a, b)], .bool)],
            "_[_]": [
                Signature([.list(a), .int], a), Signature([.map(a, b), a], b),
                Signature([.optional(.list(a)), .int], .optional(a)), Signature([.optional(.map(a, b)), a], .optional(b)),
            ],
            "_[?_]": [
                Signature([.list(a), .int], .optional(a)), Signature([.map(a, b), a], .optional(b)),
                Signature([.optional(.list(a)), .int], .optional(a)), Signature([.optional(.map(a, b)), a], .optional(b)),
            ],
            "_&&_": [Signature([.bool, .bool], .bool)], "_||_": [Signature([.bool, .bool], .bool)],
            "_?_:_": [Signature([.bool, a, a], a)], "!_": [Signature([.bool], .bool)], "-_": [Signature([.int], .int), Signature([.double], .double)],
        ]
    }()

    private static let not: Unary = { value throws(EvaluationFailure) in
        guard case .bool(let value) = value else { throw .noSuchOverload }
        return .bool(!value)
    }

    private static let negate: Unary = { value throws(EvaluationFailure) in
        switch value {
        case .int(let value):
            guard value != .min else { throw Arithmetic.overflow("integer") }
            return .int(-value)
        case .double(let value): return .double(-value)
        default: throw .noSuchOverload
        }
    }

    private static let contains: Binary = { element, container throws(EvaluationFailure) in
        switch container {
        case .list(let list):
            for index in 0..<list.count where try list[index].isEqualWithinLimit(to: element) { return .bool(true) }
            return .bool(false)
        case .map(let map): return .bool(map.value(forKey: element) != nil)
        default: throw .noSuchOverload
        }
    }

    private static let element: Binary = { container, key throws(EvaluationFailure) in
        switch container {
        case .list(let list):
            let index = try position(key)
            guard index >= 0, index < list.count else { throw EvaluationFailure("index out of bounds: \(key.displayText)") }
            return list[index]
        case .map(let map):
            guard let value = map.value(forKey: key) else { throw EvaluationFailure("no such key: \(key.displayText)") }
            return value
        case .optional(let content):
            guard let content else { return container }
            return try optionalElement(content, key)
        default: throw .noSuchOverload
        }
    }

    private static let optionalElement: Binary = { container, key throws(EvaluationFailure) in
        switch container {
        case .list(let list):
            let index = try position(key)
            return .optional(index >= 0 && index < list.count ? list[index] : nil)
        case .map(let map): return .optional(map.value(forKey: key))
        case .optional(.some(.list(let list))):
            let index = try position(key)
            return .optional(index >= 0 && index < list.count ? list[index] : nil)
        case .optional(.some(.map(let map))): return .optional(map.value(forKey: key))
        case .optional(nil): return container
        default: throw .noSuchOverload
        }
    }

    private static func position(_ key: ExpressionValue) throws(EvaluationFailure) -> Int {
        switch key {
        case .int(let value): return Int(value)
        case .uint(let value): return Int(clamping: value)
        case .double(let value):
            guard let index = Int(exactly: value) else { throw EvaluationFailure("unsupported index value: \(value)") }
            return index
        default: throw EvaluationFailure("unsupported index type '\(key.type.runtimeName)' in list")
        }
    }
}
