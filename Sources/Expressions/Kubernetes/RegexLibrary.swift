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
                    try findAll(expression, try arguments.string(0), limit: .max)
                },
                .pattern([.string, .string, .int], .list(.string), isMember: true) { expression, arguments throws(EvaluationFailure) in
                    let limit = try arguments.int(2)
                    return try findAll(expression, try arguments.string(0), limit: limit < 0 ? .max : Int(limit))
                },
            ]),
    ])
    private static func findAll(_ expression: LinearRegex, _ text: String, limit: Int) throws(EvaluationFailure) -> ExpressionValue {
        guard let matches = expression.findAll(in: text, limit: limit) else {
            throw EvaluationFailure("finding all matches of the pattern takes too long in this text")
        }
        return .list(matches.map { .string($0) })
    }
}
