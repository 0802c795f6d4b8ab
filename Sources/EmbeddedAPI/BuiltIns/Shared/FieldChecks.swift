import KubernetesAPI

/// Checks of single fields that many kinds share, in Kubernetes' words.
enum FieldChecks {
    static func name(_ rule: NameRule, _ text: String, at path: FieldPath) -> [FieldError] {
        rule.violations(in: text).map { FieldError(.invalid, at: path, value: .string(text), $0) }
    }

    /// A text that must be there and obey a rule.
    static func requiredName(_ rule: NameRule, _ text: String, at path: FieldPath, _ detail: String = "") -> [FieldError] {
        text.isEmpty ? [FieldError(.required, at: path, detail)] : name(rule, text, at: path)
    }

    static func oneOf(_ supported: [String], _ text: String, at path: FieldPath) -> [FieldError] {
        supported.contains(text) ? [] : [.notSupported(path, .string(text), supported)]
    }

    /// As ``oneOf(_:_:at:)``, but a missing text is called that.
    static func requiredOneOf(_ supported: [String], _ text: String, at path: FieldPath) -> [FieldError] {
        text.isEmpty ? [FieldError(.required, at: path)] : oneOf(supported, text, at: path)
    }

    static func port(_ number: Int64, at path: FieldPath) -> [FieldError] {
        (1...65535).contains(number) ? [] : [FieldError(.invalid, at: path, value: .integer(number), "must be between 1 and 65535, inclusive")]
    }

    /// A port by its number or its name.
    static func portOrName(_ value: JSONValue?, at path: FieldPath) -> [FieldError] {
        if let name = value?.string { return self.name(.portName, name, at: path) }
        return port(value?.integer ?? 0, at: path)
    }

    static func labels(_ labels: JSONObject, at path: FieldPath) -> [FieldError] {
        labels.flatMap { key, value in name(.qualifiedName, key, at: path) + name(.labelValue, value.string ?? "", at: path) }
    }

    static func selector(_ selector: JSONObject?, at path: FieldPath) -> [FieldError] {
        do {
            _ = try Selector(structured: selector, at: path)
            return []
        } catch {
            return error.errors
        }
    }

    /// A field that must be as it was.
    static func unchanged(_ new: JSONValue?, _ old: JSONValue?, at path: FieldPath) -> [FieldError] {
        let value = new.present ?? .null
        return value == old.present ?? .null ? [] : [FieldError(.invalid, at: path, value: value, "field is immutable")]
    }

    /// Whether an amount has no fraction.
    static func isWhole(_ quantity: Quantity) -> Bool { Quantity(quantity.value()) == quantity }

    /// `kubernetes`, `orphan` and `foregroundDeletion` are the finalizers without a domain.
    static func isKnownFinalizer(_ name: String) -> Bool {
        name.contains("/") || ["kubernetes", "orphan", "foregroundDeletion"].contains(name)
    }

    static func finalizer(_ name: String, at path: FieldPath) -> [FieldError] {
        isKnownFinalizer(name)
            ? [] : [FieldError(.invalid, at: path, value: .string(name), "name is neither a standard finalizer name nor is it fully qualified")]
    }
}
