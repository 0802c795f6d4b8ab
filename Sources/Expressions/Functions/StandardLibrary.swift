extension ExpressionLibrary {
    /// What every CEL has: <https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions>.
    public static let standard = ExpressionLibrary(functions: sizes + texts + conversions + timeGetters + optionals)

    private static let sizes: [ExpressionFunction] = [
        ExpressionFunction(
            "size",
            [ExpressionType.string, .bytes, .list(.parameter("A")), .map(.parameter("A"), .parameter("B"))].flatMap { type -> [ExpressionFunction.Overload] in
                let body: ExpressionFunction.Body = { (arguments) throws(EvaluationFailure) in
                    .int(Int64(arguments[0].size))
                }
                return [.function([type], .int, body), .member([type], .int, body)]
            })
    ]

    private static func predicate(
        _ name: String, cost: ExpressionFunction.Cost, _ test: @escaping @Sendable (String, String) -> Bool
    ) -> ExpressionFunction {
        ExpressionFunction(
            name,
            [
                .member([.string, .string], .bool, cost: cost) { (arguments) throws(EvaluationFailure) in
                    .bool(test(try arguments.string(0), try arguments.string(1)))
                }
            ])
    }

    private static let texts: [ExpressionFunction] = [
        predicate("startsWith", cost: .traversal([1])) { $0.utf8.starts(with: $1.utf8) },
        predicate("endsWith", cost: .traversal([1])) { $0.utf8.count >= $1.utf8.count && $0.utf8.suffix($1.utf8.count).elementsEqual($1.utf8) },
        predicate("contains", cost: .search(0, 1)) { TextSearch.first($1, in: $0) != nil },
        ExpressionFunction("matches", [matches(isMember: false), matches(isMember: true)]),
    ]

    private static func matches(isMember: Bool) -> ExpressionFunction.Overload {
        .pattern([.string, .string], .bool, isMember: isMember) { expression, arguments throws(EvaluationFailure) in
            .bool(expression.matches(try arguments.string(0)))
        }
    }

    private static let optionals: [ExpressionFunction] = {
        let a = ExpressionType.parameter("A")
        return [
            ExpressionFunction("optional.of", [.function([a], .optional(a)) { (arguments) throws(EvaluationFailure) in .optional(arguments[0]) }]),
            ExpressionFunction("optional.none", [.function([], .optional(a)) { (_) throws(EvaluationFailure) in .optional(nil) }]),
            ExpressionFunction(
                "optional.ofNonZeroValue",
                [.function([a], .optional(a)) { (arguments) throws(EvaluationFailure) in .optional(arguments[0].isZero ? nil : arguments[0]) }]),
            ExpressionFunction(
                "hasValue", [.member([.optional(a)], .bool) { (arguments) throws(EvaluationFailure) in .bool(try arguments.optional(0) != nil) }]),
            ExpressionFunction(
                "value",
                [
                    .member([.optional(a)], a) { (arguments) throws(EvaluationFailure) in
                        guard let value = try arguments.optional(0) else { throw EvaluationFailure("optional.none() dereference") }
                        return value
                    }
                ]),
            ExpressionFunction(
                "or",
                [
                    .member([.optional(a), .optional(a)], .optional(a)) { (arguments) throws(EvaluationFailure) in
                        try arguments.optional(0) != nil ? arguments[0] : arguments[1]
                    }
                ]),
            ExpressionFunction(
                "orValue", [.member([.optional(a), a], a) { (arguments) throws(EvaluationFailure) in try arguments.optional(0) ?? arguments[1] }]),
        ]
    }()
}

extension ExpressionFunction.Overload {
    /// A call with a regular expression as its second argument, which is compiled once where it is a literal.
    static func pattern(
        _ parameters: [ExpressionType], _ result: ExpressionType, isMember: Bool,
        _ body: @escaping @Sendable (LinearRegex, [ExpressionValue]) throws(EvaluationFailure) -> ExpressionValue
    ) -> ExpressionFunction.Overload {
        var overload = ExpressionFunction.Overload(isMember: isMember, parameters: parameters, result: result, cost: .regex(text: 0, pattern: 1)) {
            (arguments) throws(EvaluationFailure) in
            try body(try LinearRegex(checking: try arguments.string(1)), arguments)
        }
        overload.prepare = { (literals) throws(EvaluationFailure) in
            guard case .string(let pattern)? = literals[1] else { return nil }
            let expression = try LinearRegex(checking: pattern)
            return { (arguments) throws(EvaluationFailure) in try body(expression, arguments) }
        }
        return overload
    }
}

extension LinearRegex {
    init(checking pattern: String) throws(EvaluationFailure) {
        do { try self.init(pattern) } catch { throw EvaluationFailure("error parsing regexp: \(error.message)") }
    }
}

/// Arguments of functions by their types. The dispatcher has looked at them, so a failure here means that an overload was declared wrongly.
extension [ExpressionValue] {
    func string(_ index: Int) throws(EvaluationFailure) -> String {
        guard case .string(let value) = self[index] else { throw .noSuchOverload }
        return value
    }

    func int(_ index: Int) throws(EvaluationFailure) -> Int64 {
        guard case .int(let value) = self[index] else { throw .noSuchOverload }
        return value
    }

    func list(_ index: Int) throws(EvaluationFailure) -> any ExpressionList {
        guard case .list(let value) = self[index] else { throw .noSuchOverload }
        return value
    }

    func optional(_ index: Int) throws(EvaluationFailure) -> ExpressionValue? {
        guard case .optional(let value) = self[index] else { throw .noSuchOverload }
        return value
    }

    func opaque<T: OpaqueValue>(_ index: Int, as type: T.Type = T.self) throws(EvaluationFailure) -> T {
        guard case .opaque(let value) = self[index], let value = value as? T else { throw .noSuchOverload }
        return value
    }
}
