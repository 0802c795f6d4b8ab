extension ExpressionLibrary {
    /// <https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-json-patch-library>, as far as it makes no patches.
    public static let jsonPatches = ExpressionLibrary(functions: [
        ExpressionFunction(
            "jsonpatch.escapeKey",
            [
                .function([.string], .string, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                    var escaped = String.UnicodeScalarView()
                    for scalar in try arguments.string(0).unicodeScalars {
                        switch scalar {
                        case "~": escaped.append(contentsOf: "~0".unicodeScalars)
                        case "/": escaped.append(contentsOf: "~1".unicodeScalars)
                        default: escaped.append(scalar)
                        }
                    }
                    return .string(String(escaped))
                }
            ])
    ])
}
