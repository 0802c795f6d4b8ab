extension Selector {
    /// Reads the structured form, `metav1.LabelSelector`: `matchLabels` and `matchExpressions`.
    ///
    /// - Parameters:
    ///   - selector: nil chooses nothing and an empty object everything, as in Kubernetes.
    ///   - path: where it stands, for the errors, such as `spec.selector`.
    /// - Throws: all that is wrong with it, in Kubernetes' words, in the order in which it stands there.
    public init(structured selector: JSONObject?, at path: FieldPath = FieldPath()) throws(FieldErrors) {
        guard let selector else {
            self = .nothing
            return
        }
        var reader = StructuredSelectorReader()
        reader.readLabels(selector["matchLabels"], at: path.field("matchLabels"))
        reader.readExpressions(selector["matchExpressions"], at: path.field("matchExpressions"))
        guard reader.errors.isEmpty else { throw FieldErrors(reader.errors) }
        self.init(reader.requirements)
    }
}

private struct StructuredSelectorReader {
    var requirements: [LabelRequirement] = []
    var errors: [FieldError] = []

    mutating func readLabels(_ json: JSONValue?, at path: FieldPath) {
        guard let labels = object(json, at: path) else { return }
        for (key, value) in labels {
            errors += NameRule.qualifiedName.violations(in: key).map { FieldError(.invalid, at: path, value: .string(key), $0) }
            guard let value = string(value, at: path.key(key)) else { continue }
            errors += NameRule.labelValue.violations(in: value).map { FieldError(.invalid, at: path, value: .string(value), $0) }
            if errors.isEmpty { requirements.append(LabelRequirement(validated: key, .equals, [value])) }
        }
    }

    mutating func readExpressions(_ json: JSONValue?, at path: FieldPath) {
        guard let expressions = array(json, at: path) else { return }
        for (index, expression) in expressions.enumerated() {
            guard case .object(let expression) = expression else {
                refuseType(expression, "object", at: path.index(index))
                continue
            }
            readExpression(expression, at: path.index(index))
        }
    }

    private mutating func readExpression(_ expression: JSONObject, at path: FieldPath) {
        let valuesPath = path.field("values")
        let values = (array(expression["values"], at: valuesPath) ?? []).enumerated().compactMap { string($1, at: valuesPath.index($0)) }
        let name = string(expression["operator"] ?? "", at: path.field("operator")) ?? ""
        let comparison: LabelRequirement.Operator?
        switch name {
        case "In", "NotIn":
            comparison = name == "In" ? .isIn : .isNotIn
            if values.isEmpty { errors.append(FieldError(.required, at: valuesPath, "must be specified when `operator` is 'In' or 'NotIn'")) }
        case "Exists", "DoesNotExist":
            comparison = name == "Exists" ? .exists : .doesNotExist
            if !values.isEmpty { errors.append(FieldError(.forbidden, at: valuesPath, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")) }
        default:
            comparison = nil
            errors.append(FieldError(.invalid, at: path.field("operator"), value: .string(name), "not a valid selector operator"))
        }
        let key = string(expression["key"] ?? "", at: path.field("key")) ?? ""
        errors += NameRule.qualifiedName.violations(in: key).map { FieldError(.invalid, at: path.field("key"), value: .string(key), $0) }
        for (index, value) in values.enumerated() {
            errors += NameRule.labelValue.violations(in: value).map { FieldError(.invalid, at: valuesPath.index(index), value: .string(value), $0) }
        }
        if let comparison, errors.isEmpty { requirements.append(LabelRequirement(validated: key, comparison, values)) }
    }

    private mutating func object(_ json: JSONValue?, at path: FieldPath) -> JSONObject? {
        switch json {
        case nil, .null?: return nil
        case .object(let object)?: return object
        case let other?:
            refuseType(other, "object", at: path)
            return nil
        }
    }

    private mutating func array(_ json: JSONValue?, at path: FieldPath) -> [JSONValue]? {
        switch json {
        case nil, .null?: return nil
        case .array(let elements)?: return elements
        case let other?:
            refuseType(other, "array", at: path)
            return nil
        }
    }

    private mutating func string(_ json: JSONValue, at path: FieldPath) -> String? {
        if case .string(let string) = json { return string }
        refuseType(json, "string", at: path)
        return nil
    }

    private mutating func refuseType(_ json: JSONValue, _ expected: String, at path: FieldPath) {
        errors.append(FieldError(.typeInvalid, at: path, value: .string(json.typeName), "must be of type \(expected)"))
    }
}
