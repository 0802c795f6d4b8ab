extension ExpressionLibrary {
    /// Kubernetes' functions on patterns: <https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-regex-library>.
    public static let regularExpressions = ExpressionLibrary(functions: [
        ExpressionFunction(
            "find",
            [
                .pattern([.string, .string], .string, isMember: true) { expression, arguments throws(EvaluationFailure) in
                    .string(expression.find(in: try arguments.string(0)) ?? "")
                }
            ]),
        ExpressionFunction(
            "findAll",
            [
                .pattern([.string, .string], .list(.string), isMember: true) { expression, arguments throws(EvaluationFailure) in
                    .list(expression.findAll(in: try arguments.string(0), limit: .max).map { .string($0) })
                },
                .pattern([.string, .string, .int], .list(.string), isMember: true) { expression, arguments throws(EvaluationFailure) in
                    let limit = try arguments.int(2)
                    return .list(expression.findAll(in: try arguments.string(0), limit: limit < 0 ? .max : Int(limit)).map { .string($0) })
                },
            ]),
    ])
}
