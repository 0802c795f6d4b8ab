public import KubernetesAPI

/// The names of a custom resource, as asked for in `spec.names` or accepted in `status.acceptedNames`.
public struct DefinitionNames: Hashable, Sendable {
    public var plural: String
    public var singular: String
    public var kind: String
    public var listKind: String
    public var shortNames: [String]
    public var categories: [String]

    public init(json: JSONValue?) {
        func text(_ field: String) -> String { json?[field]?.string ?? "" }
        func texts(_ field: String) -> [String] { (json?[field]?.array ?? []).compactMap(\.string) }
        plural = text("plural")
        singular = text("singular")
        kind = text("kind")
        listKind = text("listKind")
        shortNames = texts("shortNames")
        categories = texts("categories")
    }

    /// The names as the API writes them: `plural` and `kind` always, others where there are any.
    public var json: JSONValue {
        var object: JSONObject = ["plural": .string(plural)]
        if !singular.isEmpty { object["singular"] = .string(singular) }
        if !shortNames.isEmpty { object["shortNames"] = .array(shortNames.map { .string($0) }) }
        object["kind"] = .string(kind)
        if !listKind.isEmpty { object["listKind"] = .string(listKind) }
        if !categories.isEmpty { object["categories"] = .array(categories.map { .string($0) }) }
        return .object(object)
    }

    /// What is wrong with the names that are there.
    func errors(at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        func check(_ name: String, _ path: FieldPath, mixedCase: Bool = false) {
            let violations = NameRule.dns1035Label.violations(in: mixedCase ? name.lowercased() : name)
            guard !violations.isEmpty else { return }
            let prefix = mixedCase ? "may have mixed case, but should otherwise match: " : ""
            errors.append(FieldError(.invalid, at: path, value: .string(name), prefix + violations.joined(separator: ",")))
        }
        if !plural.isEmpty { check(plural, path.field("plural")) }
        if !singular.isEmpty { check(singular, path.field("singular")) }
        if !kind.isEmpty { check(kind, path.field("kind"), mixedCase: true) }
        if !listKind.isEmpty { check(listKind, path.field("listKind"), mixedCase: true) }
        for (index, name) in shortNames.enumerated() { check(name, path.field("shortNames").index(index)) }
        if !kind.isEmpty, kind == listKind {
            errors.append(FieldError(.invalid, at: path.field("listKind"), value: .string(listKind), "kind and listKind may not be the same"))
        }
        for (index, category) in categories.enumerated() { check(category, path.field("categories").index(index)) }
        return errors
    }
}
