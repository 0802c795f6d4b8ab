/// A function of the language with everything that it can be applied to.
public struct ExpressionFunction: Sendable {
    public let name: String
    public var overloads: [Overload]

    public init(_ name: String, _ overloads: [Overload]) { (self.name, self.overloads) = (name, overloads) }

    public typealias Body = @Sendable ([ExpressionValue]) throws(EvaluationFailure) -> ExpressionValue

    /// One way to call a function.
    public struct Overload: Sendable {
        /// Called as `a.f(b)`; the receiver is the first parameter.
        public let isMember: Bool
        public let parameters: [ExpressionType]
        public let result: ExpressionType
        public let cost: Cost
        public let body: Body
        /// Prepares a call some of whose arguments are literals (nil for the others); nil where that gains nothing.
        var prepare: (@Sendable ([ExpressionValue?]) throws(EvaluationFailure) -> Body?)?

        public static func function(_ parameters: [ExpressionType], _ result: ExpressionType, cost: Cost = .one, _ body: @escaping Body) -> Overload {
            Overload(isMember: false, parameters: parameters, result: result, cost: cost, body: body)
        }

        public static func member(_ parameters: [ExpressionType], _ result: ExpressionType, cost: Cost = .one, _ body: @escaping Body) -> Overload {
            Overload(isMember: true, parameters: parameters, result: result, cost: cost, body: body)
        }

        /// Whether values of these types can be passed, as far as their outermost parts tell.
        func accepts(_ arguments: [ExpressionValue]) -> Bool {
            for (parameter, argument) in zip(parameters, arguments) where !parameter.accepts(argument) { return false }
            return true
        }
    }

    /// What a call costs, in the units of cel-go.
    public enum Cost: Sendable {
        case one
        case fixed(UInt64)
        /// A tenth of the size of these arguments together.
        case traversal([Int])
        /// A fifth of the argument's size: it is read, and a result of that size is built.
        case rebuilding(Int)
        /// A fifth of the result's size.
        case result
        /// As many as this argument has elements.
        case elements(Int)
        /// One for each value in the argument, for texts a tenth of their size.
        case contents(Int)
        /// The sizes of both arguments multiplied.
        case product(Int, Int)
        /// Tenths of the sizes of both arguments, multiplied.
        case search(Int, Int)
        /// A tenth of the text's size by a quarter of the pattern's.
        case regex(text: Int, pattern: Int)
        /// Whatever this says.
        case computed(@Sendable ([ExpressionValue]) -> UInt64)

        /// What is charged before the call.
        func units(_ arguments: [ExpressionValue]) -> UInt64 {
            switch self {
            case .one: 1
            case .fixed(let units): units
            case .traversal(let indices): Self.tenth(indices.reduce(0) { $0 + arguments[$1].size })
            case .rebuilding(let index): Self.tenth(2 * arguments[index].size)
            case .result: 0
            case .elements(let index): max(1, UInt64(arguments[index].size))
            case .contents(let index): Self.contents(of: arguments[index])
            case .product(let first, let second):
                max(1, Self.product(arguments[first].size, arguments[second].size))
            case .search(let first, let second): Self.tenth(arguments[first].size).multipliedOrMaximum(by: Self.tenth(arguments[second].size))
            case .regex(let text, let pattern): Self.pattern(size: arguments[pattern].size, in: arguments[text])
            case .computed(let units): units(arguments)
            }
        }

        /// What is charged for what came of the call.
        func units(of result: ExpressionValue) -> UInt64 {
            if case .result = self { Self.tenth(2 * result.size) } else { 0 }
        }

        static func pattern(size: Int, in text: ExpressionValue) -> UInt64 { product(Int(tenth(text.size + 1)), max(1, (size + 3) / 4)) }

        private static func contents(of value: ExpressionValue) -> UInt64 {
            switch value {
            // Bytes, of texts too: here alone Kubernetes does not count code points.
            case .string(let text): return UInt64(text.utf8.count / 10)
            case .bytes(let bytes): return UInt64(bytes.count / 10)
            case .list(let list):
                var total: UInt64 = 0
                for index in 0..<list.count { total = total.addingOrMaximum(contents(of: list[index])) }
                return total
            case .map(let map): return UInt64(max(1, map.count))
            default: return 1
            }
        }

        private static func product(_ left: Int, _ right: Int) -> UInt64 { UInt64(left).multipliedOrMaximum(by: UInt64(right)) }

        static func tenth(_ size: Int) -> UInt64 { UInt64((size + 9) / 10) }
    }
}

extension ExpressionType {
    /// Whether a value can be of this type, as far as its outermost part tells.
    func accepts(_ value: ExpressionValue) -> Bool {
        switch (self, value) {
        // The first element tells which of the overloads for lists is meant.
        case (.list(let element), .list(let list)): list.count == 0 || element.accepts(list[0])
        case (.dyn, _), (.parameter, _), (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.string, .string),
            (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration), (.map, .map), (.type, .type), (.optional, .optional),
            (.object, .map):
            true
        case (.opaque(let name), .opaque(let value)): value.type.runtimeName == name
        default: false
        }
    }
}

extension ExpressionValue {
    /// What `size()` answers and cost rules take as the value's size: code points of text, bytes, elements, or 1.
    var size: Int {
        switch self {
        case .string(let value): value.unicodeScalars.count
        case .bytes(let value): value.count
        case .list(let value): value.count
        case .map(let value): value.count
        default: 1
        }
    }
}
