/// How expressions of Kubernetes write the names of properties that are no identifiers of the language.
///
/// Source: <https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules>, "escaping".
public enum PropertyName {
    private static let reserved: Set<String> = [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
        "return", "var", "void", "while",
    ]
    private static let escapes: [(name: String, text: String)] = [("underscores", "__"), ("dot", "."), ("dash", "-"), ("slash", "/")]

    /// The identifier that stands for a property: `a-b` is `a__dash__b`, `if` is `__if__`. Nil for names that expressions cannot reach.
    public static func escaped(_ name: String) -> String? {
        guard let first = name.unicodeScalars.first, !first.isDigit else { return nil }
        if reserved.contains(name) { return "__\(name)__" }
        var result = ""
        var rest = name.unicodeScalars[...]
        while let scalar = rest.first {
            if scalar == "_", rest.dropFirst().first == "_" {
                result += "__underscores__"
                rest = rest.dropFirst(2)
                continue
            }
            switch scalar {
            case ".": result += "__dot__"
            case "-": result += "__dash__"
            case "/": result += "__slash__"
            default:
                guard scalar.isNameStart || scalar.isDigit else { return nil }
                result.unicodeScalars.append(scalar)
            }
            rest = rest.dropFirst()
        }
        return result
    }

    /// The property that an identifier stands for; nil where it is no identifier that ``escaped(_:)`` makes.
    public static func unescaped(_ identifier: String) -> String? {
        if identifier.hasPrefix("__"), identifier.hasSuffix("__"), identifier.utf8.count > 4 {
            let word = String(identifier.dropFirst(2).dropLast(2))
            if reserved.contains(word) { return word }
        }
        var result = ""
        var rest = identifier[...]
        while !rest.isEmpty {
            if rest.hasPrefix("__") {
                guard let escape = escapes.first(where: { rest.hasPrefix("__\($0.name)__") }) else { return nil }
                result += escape.text
                rest = rest.dropFirst(escape.name.count + 4)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return escaped(result) == identifier ? result : nil
    }
}
